-- rule:     T4-NEG
-- title:    No negative figures in table 四
-- title_zh: 表四没有负数
-- question: Is every figure of table 四 zero or more?
-- question_zh: 表四的每个数是否不小于零？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号: counts and amounts
-- severity: E
-- left:     the figure
-- left_zh:  该数
-- right:    0
-- right_zh: 0
SELECT report_id, table_id, row_id, column_id, value AS left_value, 0::DECIMAL(18, 6) AS right_value,
       verdict(value >= 0) AS strict, verdict(lenient >= 0) AS lenient
FROM v_figure
WHERE table_id = 'disputes'::table_code
