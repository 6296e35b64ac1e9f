-- rule:     TX-TEMPLATE
-- title:    No instructions of the blank form are left
-- title_zh: 没有残留填写说明
-- question: Is the text free of the form's own instructions?
-- question_zh: 正文是否没有残留格式自带的填写说明？
-- basis:    format notice; 敷衍塞责
-- severity: W
-- rests:    text
WITH odd AS (
    FROM issue WHERE code = 'template'
)
SELECT r.report_id, o.table_id, o.row_id, o.column_id, o.detail,
       verdict(o.report_id IS NULL) AS strict, verdict(o.report_id IS NULL) AS lenient
FROM report r LEFT JOIN odd o USING (report_id)
WHERE r.is_current
