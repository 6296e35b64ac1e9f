-- rule:     T3-SUM
-- title:    Outcomes add up to their total
-- question: Do the results （一） to （六） add up to （七）总计, in every column?
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 三
-- severity: E
-- left:     sum of the results
-- right:    （七）总计
SELECT report_id, table_id, row_id, column_id, left_value, right_value, equation_id, detail,
       verdict(strict) AS strict, verdict(lenient) AS lenient
FROM evaluated('requests', 'sum')
