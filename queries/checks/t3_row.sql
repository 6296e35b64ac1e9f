-- rule:     T3-ROW
-- title:    Applicants add up to the total
-- question: Do the six kinds of applicant add up to 总计, in every row?
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 三
-- severity: E
-- left:     sum of the applicants
-- right:    总计
SELECT report_id, table_id, row_id, column_id, left_value, right_value, equation_id, detail,
       verdict(strict) AS strict, verdict(lenient) AS lenient
FROM evaluated('requests', 'row')
