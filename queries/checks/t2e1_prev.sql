-- rule:     T2E1-PREV
-- title:    No fewer than zero items are left
-- title_zh: 项目数不为负
-- question: Is 上一年项目数量 with 本年增/减 zero or more?
-- question_zh: 上一年项目数量加本年增减是否不小于零？
-- basis:    国办公开办函〔2019〕60号, table 二
-- since:    2019
-- severity: E
-- left:     上一年项目数量 + 本年增/减
-- left_zh:  上一年项目数量 + 本年增/减
-- right:    0
-- right_zh: 0
WITH by_row AS (
    SELECT report_id, row_id,
           CASE WHEN count(value) = 2 THEN sum(value) END AS items, CASE WHEN count(lenient) = 2 THEN sum(lenient) END AS items_lenient
    FROM v_figure
    WHERE table_id = 'proactive'::table_code AND column_id IN ('items_prev'::column_code, 'items_change'::column_code)
    GROUP BY report_id, row_id
)
SELECT report_id, 'proactive' AS table_id, row_id, 'items_change' AS column_id, items_lenient AS left_value, 0::DECIMAL(18, 6) AS right_value,
       [address('proactive', row_id, c) FOR c IN ['items_prev', 'items_change']] AS left_cells,
       verdict(items >= 0) AS strict, verdict(items_lenient >= 0) AS lenient
FROM by_row
