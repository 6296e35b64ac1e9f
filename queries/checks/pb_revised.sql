-- rule:     PB-REVISED
-- title:    Figures were not changed afterwards
-- question: Have all versions of the report the same figures?
-- basis:    corrections are legitimate if they are announced
-- severity: I
-- left:     versions
WITH vectors AS (
    SELECT report_id, bit_xor(hash(hash(table_id, row_id, column_id, value))) AS vector -- twice, see v_table_vector
    FROM cell SEMI JOIN (FROM report WHERE revisions > 1) USING (report_id)
    GROUP BY report_id
), versions AS (
    SELECT identity, count(DISTINCT vector) AS contents, arg_max(report_id, revision) FILTER (NOT is_current) AS before
    FROM report JOIN vectors USING (report_id)
    WHERE tables > 0
    GROUP BY identity
)
SELECT r.report_id, v.before AS other_report_id, r.revisions::DECIMAL(18, 6) AS left_value,
       verdict(coalesce(v.contents, 1) = 1) AS strict, verdict(coalesce(v.contents, 1) = 1) AS lenient
FROM report r LEFT JOIN versions v USING (identity)
WHERE r.is_current
