-- rule:     RU-LOWER
-- title:    A consolidated figure holds those below it
-- question: Is a government's consolidated total at least the sum over the agencies below it, all of which have reported?
-- basis:    domain reference 3.5; 汇总 of the figures of departments and lower governments
-- severity: E
-- left:     consolidated total
-- right:    sum over the agencies below

-- Never parents with children: each agency below counts with one report (v_child).
SELECT report_id, table_id, row_id, 'total' AS column_id, whole AS left_value, parts AS right_value, whole_cells AS left_cells, part_cells AS right_cells,
       'agencies below: ' || children || ', all with a report' AS detail,
       verdict(at_least(strict_whole, strict_parts, strict_known, observed)) AS strict, verdict(at_least(whole, parts, known, observed)) AS lenient
FROM v_rollup
WHERE observed = children
