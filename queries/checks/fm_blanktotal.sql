-- rule:     FM-BLANKTOTAL
-- title:    Totals are filled in
-- question: Is no total left blank beside parts that are filled?
-- basis:    layout of tables 三 and 四
-- severity: W
-- right:    sum of the parts
SELECT r.report_id, b.table_id, b.row_id, b.column_id, b.parts AS right_value, verdict(b.report_id IS NULL) AS strict, verdict(b.report_id IS NULL) AS lenient
FROM report r LEFT JOIN (FROM v_figure WHERE blank_total) b USING (report_id)
WHERE r.is_current
