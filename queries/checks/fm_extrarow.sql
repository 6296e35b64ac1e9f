-- rule:     FM-EXTRAROW
-- title:    No row is added
-- question: Has the table only the rows of the form?
-- basis:    format notice
-- severity: I
SELECT r.report_id, e.table_id, e.label AS detail, verdict(e.report_id IS NULL) AS strict, verdict(e.report_id IS NULL) AS lenient
FROM report r LEFT JOIN extra_row e USING (report_id)
WHERE r.is_current
