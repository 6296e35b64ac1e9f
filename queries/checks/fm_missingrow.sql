-- rule:     FM-MISSINGROW
-- title:    No row or column is missing
-- title_zh: 行列无缺
-- question: Is every row and column of the form in the table?
-- question_zh: 格式规定的行和列是否都在表中？
-- basis:    format notice
-- severity: W
WITH odd AS (
    FROM issue WHERE code IN ('missing_row', 'missing_column')
)
SELECT r.report_id, o.table_id, o.row_id, o.column_id, o.detail,
       verdict(o.report_id IS NULL) AS strict, verdict(o.report_id IS NULL) AS lenient
FROM report r LEFT JOIN odd o USING (report_id)
WHERE r.is_current
