-- rule:     T3-NEG
-- title:    No negative figures in table 三
-- question: Is every figure of table 三 zero or more?
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号: counts and amounts
-- severity: E
-- left:     the figure
-- right:    0
SELECT report_id, table_id, row_id, column_id, value AS left_value, 0::DECIMAL(18, 6) AS right_value,
       verdict(value >= 0) AS strict, verdict(lenient >= 0) AS lenient
FROM v_figure
WHERE table_id = 'requests'::table_code
