-- rule:     TX-RECV
-- title:    Requests received agree with the text
-- title_zh: 收到申请数文表一致
-- question: Is what the text says was received 本年新收, or 本年新收 with 上年结转?
-- question_zh: 正文所述收到申请数是否等于本年新收，或等于本年新收与上年结转之和？
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- left_zh:  正文
-- right:    本年新收
-- right_zh: 本年新收

-- Both uses are met: with and without what was carried in.
SELECT s.report_id, 'requests' AS table_id, 'new_received' AS row_id, 'total' AS column_id,
       s.stated AS left_value, n.value AS right_value, n.cells || c.cells AS right_cells, s.sentence AS detail,
       verdict(CASE WHEN s.stated = n.strict_value THEN true ELSE s.stated = n.strict_value + c.strict_value END) AS strict,
       verdict(CASE WHEN s.stated = n.value THEN true ELSE s.stated = n.value + c.value END) AS lenient
FROM stated('received') s
JOIN v_total n ON n.report_id = s.report_id AND n.table_id = 'requests'::table_code AND n.row_id = 'new_received'::row_code
JOIN v_total c ON c.report_id = s.report_id AND c.table_id = 'requests'::table_code AND c.row_id = 'carried_in'::row_code
WHERE s.stated > 0
