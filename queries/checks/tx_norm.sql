-- rule:     TX-NORM
-- title:    Normative documents agree with the text
-- title_zh: 规范性文件文表一致
-- question: Are the 规范性文件 that the text says were issued those of table 二?
-- question_zh: 正文所述制发规范性文件数是否与表二一致？
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- left_zh:  正文
-- right:    制发
-- right_zh: 制发
SELECT s.report_id, c.table_id, c.row_id, c.column_id, s.stated AS left_value, c.lenient AS right_value,
       [address(c.table_id, c.row_id, c.column_id)] AS right_cells, s.sentence AS detail,
       verdict(s.stated = c.value) AS strict, verdict(s.stated = c.lenient) AS lenient
FROM stated('normative_documents_issued') s
JOIN v_figure c ON c.report_id = s.report_id AND c.table_id = 'proactive'::table_code AND c.row_id = 'normative_document'::row_code AND c.column_id IN ('issued'::column_code, 'made'::column_code)
