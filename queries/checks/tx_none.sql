-- rule:     TX-NONE
-- title:    No requests, says the text
-- title_zh: 正文称未收到申请
-- question: If the text says that no request came, is 本年新收 zero?
-- question_zh: 正文称未收到申请的，本年新收是否为零？
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- left_zh:  正文
-- right:    本年新收
-- right_zh: 本年新收
SELECT s.report_id, t.table_id, t.row_id, 'total' AS column_id, s.stated AS left_value, t.value AS right_value,
       t.cells AS right_cells, s.sentence AS detail,
       verdict(s.stated = t.strict_value) AS strict, verdict(s.stated = t.value) AS lenient
FROM stated('received') s
JOIN v_total t ON t.report_id = s.report_id AND t.table_id = 'requests'::table_code AND t.row_id = 'new_received'::row_code
WHERE s.stated = 0
