-- rule:     TX-COUT
-- title:    What was carried out agrees with the text
-- title_zh: 结转下年度文表一致
-- question: Is what the text says is carried on 结转下年度?
-- question_zh: 正文所述结转下年度数是否与表格一致？
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- left_zh:  正文
-- right:    结转下年度
-- right_zh: 结转下年度
SELECT s.report_id, t.table_id, t.row_id, 'total' AS column_id, s.stated AS left_value, t.value AS right_value,
       t.cells AS right_cells, s.sentence AS detail,
       verdict(s.stated = t.strict_value) AS strict, verdict(s.stated = t.value) AS lenient
FROM stated('carried_out') s
JOIN v_total t ON t.report_id = s.report_id AND t.table_id = 'requests'::table_code AND t.row_id = 'carried_out'::row_code
