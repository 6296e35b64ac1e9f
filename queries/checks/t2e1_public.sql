-- rule:     T2E1-PUBLIC
-- title:    Not more disclosed than public
-- title_zh: 新公开不多于公开总数
-- question: Are the documents disclosed this year not more than all that are public?
-- question_zh: 本年新公开数量是否不多于对外公开总数量？
-- basis:    国办公开办函〔2019〕60号, table 二
-- since:    2019
-- severity: W
-- left:     本年新公开数量
-- left_zh:  本年新公开数量
-- right:    对外公开总数量
-- right_zh: 对外公开总数量
WITH by_row AS (
    SELECT report_id, row_id,
           max(value) FILTER (column_id = 'disclosed') AS a, max(value) FILTER (column_id = 'public_total') AS b,
           max(lenient) FILTER (column_id = 'disclosed') AS a_lenient, max(lenient) FILTER (column_id = 'public_total') AS b_lenient
    FROM v_figure
    WHERE table_id = 'proactive'::table_code AND form = '2019' AND row_id IN ('regulation'::row_code, 'normative_document'::row_code)
    GROUP BY report_id, row_id
)
SELECT report_id, 'proactive' AS table_id, row_id, 'disclosed' AS column_id, a_lenient AS left_value, b_lenient AS right_value,
       [address('proactive', row_id, 'disclosed')] AS left_cells, [address('proactive', row_id, 'public_total')] AS right_cells,
       verdict(a <= b) AS strict, verdict(a_lenient <= b_lenient) AS lenient
FROM by_row
