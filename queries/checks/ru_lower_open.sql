-- rule:     RU-LOWER-OPEN
-- title:    A consolidated figure holds those below it that are known
-- title_zh: 汇总数不小于已见下级之和
-- question: Is a government's consolidated total at least the sum over those agencies below it whose reports were found?
-- question_zh: 政府汇总数是否不小于已找到报告的下级机关之和？
-- basis:    domain reference 3.5; as RU-LOWER, where some agency below has no report
-- severity: W
-- left:     consolidated total
-- left_zh:  汇总数
-- right:    sum over the agencies below whose reports were found
-- right_zh: 已找到报告的下级机关之和
SELECT report_id, table_id, row_id, 'total' AS column_id, whole AS left_value, parts AS right_value, whole_cells AS left_cells, part_cells AS right_cells,
       'agencies below: ' || children || ', with a report: ' || observed AS detail,
       verdict(at_least(strict_whole, strict_parts, strict_known, observed)) AS strict, verdict(at_least(whole, parts, known, observed)) AS lenient
FROM v_rollup
WHERE observed BETWEEN 1 AND children - 1
