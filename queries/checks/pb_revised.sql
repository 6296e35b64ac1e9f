-- rule:     PB-REVISED
-- title:    Figures were not changed afterwards
-- title_zh: 公布后数字未变
-- question: Have all versions of the report the same figures?
-- question_zh: 报告的各个版本数字是否相同？
-- basis:    corrections are legitimate if they are announced
-- severity: I
-- left:     versions
-- left_zh:  版本数
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
