-- rule:     TX-LIC
-- title:    Licences agree with the text
-- title_zh: 行政许可文表一致
-- question: Are the 行政许可 decisions that the text gives those of table 二?
-- question_zh: 正文所述行政许可数是否与表二一致？
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- left_zh:  正文
-- right:    处理决定数量
-- right_zh: 处理决定数量
SELECT s.report_id, c.table_id, c.row_id, c.column_id, s.stated AS left_value, c.lenient AS right_value,
       [address(c.table_id, c.row_id, c.column_id)] AS right_cells, s.sentence AS detail,
       verdict(s.stated = c.value) AS strict, verdict(s.stated = c.lenient) AS lenient
FROM stated('licence') s
JOIN v_figure c ON c.report_id = s.report_id AND c.table_id = 'proactive'::table_code AND c.row_id = 'licence'::row_code AND c.column_id = 'decisions'::column_code
