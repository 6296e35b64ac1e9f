-- rule:     RU-LOWER
-- title:    A consolidated figure holds those below it
-- title_zh: 汇总数不小于下级之和
-- question: Is a government's consolidated total at least the sum over the agencies below it, all of which have reported?
-- question_zh: 下级机关全部已报告时，政府汇总数是否不小于各机关之和？
-- basis:    domain reference 3.5; 汇总 of the figures of departments and lower governments
-- severity: E
-- left:     consolidated total
-- left_zh:  汇总数
-- right:    sum over the agencies below
-- right_zh: 下级各机关之和

-- Never parents with children: each agency below counts with one report (v_child).
SELECT report_id, table_id, row_id, 'total' AS column_id, whole AS left_value, parts AS right_value, whole_cells AS left_cells, part_cells AS right_cells,
       'agencies below: ' || children || ', all with a report' AS detail,
       verdict(at_least(strict_whole, strict_parts, strict_known, observed)) AS strict, verdict(at_least(whole, parts, known, observed)) AS lenient
FROM v_rollup
WHERE observed = children
