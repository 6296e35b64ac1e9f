-- rule:     FM-BLANKTOTAL
-- title:    Totals are filled in
-- title_zh: 总计均已填写
-- question: Is no total left blank beside parts that are filled?
-- question_zh: 分项已填的，总计是否也已填写？
-- basis:    layout of tables 三 and 四
-- severity: W
-- right:    sum of the parts
-- right_zh: 分项之和
SELECT r.report_id, b.table_id, b.row_id, b.column_id, b.parts AS right_value, verdict(b.report_id IS NULL) AS strict, verdict(b.report_id IS NULL) AS lenient
FROM report r LEFT JOIN (FROM v_figure WHERE blank_total) b USING (report_id)
WHERE r.is_current
