-- rule:     T3-INT
-- title:    Whole numbers in table 三
-- question: Is every count of table 三 a whole number?
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号: counts
-- severity: E
-- left:     the figure
-- right:    its whole part
SELECT report_id, table_id, row_id, column_id, value AS left_value, value - value % 1 AS right_value,
       verdict(value % 1 = 0) AS strict, verdict(lenient % 1 = 0) AS lenient
FROM v_figure
WHERE table_id = 'requests'::table_code
