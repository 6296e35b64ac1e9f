-- rule:     XY-E1-ITEMS
-- title:    Items follow from last year's
-- title_zh: 项目数与上年衔接
-- question: Is 上一年项目数量 what the last report gave with its 增/减?
-- question_zh: 上一年项目数量是否等于上年报告的数量加增减？
-- basis:    国办公开办函〔2019〕60号, table 二; lists may have been set up anew
-- since:    2020
-- severity: W
-- left:     上一年项目数量
-- left_zh:  上一年项目数量
-- right:    上一年项目数量 + 增/减 of last year
-- right_zh: 上年报告的上一年项目数量 + 增/减
WITH items AS (
    SELECT report_id, row_id,
           max(value) FILTER (column_id = 'items_prev') AS before, sum(value) AS after, count(value) AS figures,
           max(lenient) FILTER (column_id = 'items_prev') AS before_lenient, sum(lenient) AS after_lenient, count(lenient) AS known
    FROM v_figure
    WHERE table_id = 'proactive'::table_code AND form = '2019' AND column_id IN ('items_prev'::column_code, 'items_change'::column_code)
    GROUP BY report_id, row_id
)
SELECT p.report_id, p.prior_report_id AS other_report_id, 'proactive' AS table_id, t.row_id, 'items_prev' AS column_id,
       t.before_lenient AS left_value, b.after_lenient AS right_value,
       [address('proactive', t.row_id, 'items_prev')] AS left_cells,
       ['prior:' || address('proactive', t.row_id, c) FOR c IN ['items_prev', 'items_change']] AS right_cells,
       verdict(CASE WHEN NOT p.ambiguous AND b.figures = 2 THEN t.before = b.after END) AS strict,
       verdict(CASE WHEN NOT p.ambiguous AND b.known = 2 THEN t.before_lenient = b.after_lenient END) AS lenient
FROM v_year_pair p
JOIN items t ON t.report_id = p.report_id
JOIN items b ON b.report_id = p.prior_report_id AND b.row_id = t.row_id
