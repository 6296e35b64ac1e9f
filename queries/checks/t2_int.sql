-- rule:     T2-INT
-- title:    Whole numbers in table 二
-- title_zh: 表二数量为整数
-- question: Is every count of table 二 a whole number?
-- question_zh: 表二的每个数量是否为整数？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号: counts
-- severity: E
-- left:     the figure
-- left_zh:  该数
-- right:    its whole part
-- right_zh: 其整数部分
SELECT report_id, table_id, row_id, column_id, value AS left_value, value - value % 1 AS right_value,
       verdict(value % 1 = 0) AS strict, verdict(lenient % 1 = 0) AS lenient
FROM v_figure
WHERE table_id = 'proactive'::table_code AND column_id NOT IN ('amount'::column_code, 'amount_wan'::column_code) -- money has decimals
