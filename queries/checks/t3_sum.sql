-- rule:     T3-SUM
-- title:    Outcomes add up to their total
-- title_zh: 各项结果之和等于总计
-- question: Do the results （一） to （六） add up to （七）总计, in every column?
-- question_zh: 每一列中，（一）至（六）各项结果之和是否等于（七）总计？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 三
-- severity: E
-- left:     sum of the results
-- left_zh:  各项结果之和
-- right:    （七）总计
-- right_zh: （七）总计
SELECT report_id, table_id, row_id, column_id, left_value, right_value, equation_id, detail,
       verdict(strict) AS strict, verdict(lenient) AS lenient
FROM evaluated('requests', 'sum')
