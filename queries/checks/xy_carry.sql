-- rule:     XY-CARRY
-- title:    What was carried out is carried in
-- title_zh: 上年结转与上年报告一致
-- question: Is 上年结转 what the last report gave as 结转下年度?
-- question_zh: 上年结转总计是否等于上年报告的结转下年度？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, rows 二 and 四 of table 三
-- since:    2020
-- severity: E
-- left:     上年结转
-- left_zh:  上年结转
-- right:    结转下年度 of last year
-- right_zh: 上年报告的结转下年度
SELECT report_id, prior_report_id AS other_report_id, table_id, row_id, column_id, this_value AS left_value, prior_value AS right_value,
       this_cell AS left_cells, prior_cell AS right_cells,
       verdict(this_strict = prior_strict) AS strict, verdict(this_value = prior_value) AS lenient
FROM year_rows('requests', 'carried_in', 'carried_out')
WHERE column_id = 'total'
