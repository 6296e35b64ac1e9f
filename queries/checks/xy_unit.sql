-- rule:     XY-UNIT
-- title:    Fees stay in the same unit
-- title_zh: 收费单位前后一致
-- question: Is the fee of 行政事业性收费 not ten thousand times, or a ten-thousandth of, last year's?
-- question_zh: 行政事业性收费是否并非上年的一万倍或万分之一？
-- basis:    国办公开办函〔2021〕30号, table 二: 万元
-- since:    2022
-- severity: W
-- left:     收费金额
-- left_zh:  收费金额
-- right:    收费金额 of last year
-- right_zh: 上年收费金额
SELECT report_id, prior_report_id AS other_report_id, table_id, row_id, column_id, this_value AS left_value, prior_value AS right_value,
       this_cell AS left_cells, prior_cell AS right_cells,
       verdict(same_unit) AS strict, verdict(same_unit) AS lenient
FROM (SELECT *, CASE WHEN this_value > 0 AND prior_value > 0
                     THEN NOT (this_value / prior_value BETWEEN 9500 AND 10500 OR prior_value / this_value BETWEEN 9500 AND 10500) END AS same_unit
      FROM year_rows('proactive', 'fee', 'fee'))
WHERE column_id = 'amount_wan' AND this_value <> 0 AND prior_value <> 0
