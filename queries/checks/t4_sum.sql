-- rule:     T4-SUM
-- title:    Results of disputes add up to their total
-- question: Do 维持, 纠正, 其他 and 尚未审结 add up to 总计, for each kind of dispute?
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 四
-- severity: E
-- left:     维持 + 纠正 + 其他 + 尚未审结
-- right:    总计
SELECT report_id, table_id, row_id, column_id, left_value, right_value, equation_id, detail,
       verdict(strict) AS strict, verdict(lenient) AS lenient
FROM evaluated('disputes', 'row')
