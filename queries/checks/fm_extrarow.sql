-- rule:     FM-EXTRAROW
-- title:    No row is added
-- title_zh: 没有增加的行
-- question: Has the table only the rows of the form?
-- question_zh: 表格是否只有格式规定的行？
-- basis:    format notice
-- severity: I
SELECT r.report_id, e.table_id, e.label AS detail, verdict(e.report_id IS NULL) AS strict, verdict(e.report_id IS NULL) AS lenient
FROM report r LEFT JOIN extra_row e USING (report_id)
WHERE r.is_current
