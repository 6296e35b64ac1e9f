-- rule:     RU-EQUAL
-- title:    A consolidated figure is the sum of those below it
-- title_zh: 汇总数等于下级之和
-- question: If every agency of a complete 应公布 list has reported, the government's own office among them, is the consolidated total their sum?
-- question_zh: 应公布名单上的机关（含政府办公室）全部已报告时，汇总数是否等于各机关之和？
-- basis:    domain reference 3.5; units without a report of their own and joint documents may be the reason
-- severity: W
-- left:     consolidated total
-- left_zh:  汇总数
-- right:    sum over the agencies below
-- right_zh: 下级各机关之和

-- Without the office's report the government's own share is not known.
SELECT report_id, table_id, row_id, 'total' AS column_id, whole AS left_value, parts AS right_value, whole_cells AS left_cells, part_cells AS right_cells,
       'agencies below: ' || children || ', all with a report, the office among them' AS detail,
       verdict(CASE WHEN strict_known = children THEN strict_whole = strict_parts END) AS strict, verdict(CASE WHEN known = children THEN whole = parts END) AS lenient
FROM v_rollup
WHERE observed = children AND office AND listed
