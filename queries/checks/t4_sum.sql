-- rule:     T4-SUM
-- title:    Results of disputes add up to their total
-- title_zh: 复议诉讼结果之和等于总计
-- question: Do 维持, 纠正, 其他 and 尚未审结 add up to 总计, for each kind of dispute?
-- question_zh: 每类复议、诉讼中，维持、纠正、其他、尚未审结之和是否等于总计？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 四
-- severity: E
-- left:     维持 + 纠正 + 其他 + 尚未审结
-- left_zh:  维持 + 纠正 + 其他 + 尚未审结
-- right:    总计
-- right_zh: 总计
SELECT report_id, table_id, row_id, column_id, left_value, right_value, equation_id, detail,
       verdict(strict) AS strict, verdict(lenient) AS lenient
FROM evaluated('disputes', 'row')
