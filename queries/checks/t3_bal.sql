-- rule:     T3-BAL
-- title:    Requests in equal requests out
-- title_zh: 收支相平
-- question: Do 本年新收 and 上年结转 add up to 办理结果总计 and 结转下年度, in every column?
-- question_zh: 每一列中，本年新收与上年结转之和是否等于办理结果总计与结转下年度之和？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, note in the form
-- severity: E
-- left:     本年新收 + 上年结转
-- left_zh:  本年新收 + 上年结转
-- right:    （七）总计 + 结转下年度
-- right_zh: （七）总计 + 结转下年度
SELECT report_id, table_id, row_id, column_id, left_value, right_value, equation_id, detail,
       verdict(strict) AS strict, verdict(lenient) AS lenient
FROM evaluated('requests', 'balance')
