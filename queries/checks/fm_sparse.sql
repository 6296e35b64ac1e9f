-- rule:     FM-SPARSE
-- title:    Applicants are filled in
-- title_zh: 申请人各列已填写
-- question: Are there figures of applicants wherever there is a total?
-- question_zh: 有总计的行是否也填写了各类申请人？
-- basis:    layout of table 三
-- severity: W
-- left:     rows with a total only
-- left_zh:  只填总计的行数
-- right:    0
-- right_zh: 0
WITH by_row AS (
    SELECT report_id, row_id, right_value > 0 AND left_figures = 0 AND right_figures = 1 AS sparse FROM evaluated('requests', 'row')
)
SELECT report_id, 'requests' AS table_id, count(*) FILTER (sparse)::DECIMAL(18, 6) AS left_value, 0::DECIMAL(18, 6) AS right_value,
       CASE WHEN bool_or(sparse) THEN string_agg(row_id::VARCHAR, ', ' ORDER BY row_id) FILTER (sparse) END AS detail,
       verdict(NOT coalesce(bool_or(sparse), false)) AS strict, verdict(NOT coalesce(bool_or(sparse), false)) AS lenient
FROM by_row
GROUP BY report_id
