-- rule:     T3-ROW
-- title:    Applicants add up to the total
-- title_zh: 申请人各列之和等于总计
-- question: Do the six kinds of applicant add up to 总计, in every row?
-- question_zh: 每一行中，六类申请人之和是否等于总计？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 三
-- severity: E
-- left:     sum of the applicants
-- left_zh:  各类申请人之和
-- right:    总计
-- right_zh: 总计
SELECT report_id, table_id, row_id, column_id, left_value, right_value, equation_id, detail,
       verdict(strict) AS strict, verdict(lenient) AS lenient
FROM evaluated('requests', 'row')
