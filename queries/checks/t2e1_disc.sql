-- rule:     T2E1-DISC
-- title:    Not more disclosed than made
-- title_zh: 新公开不多于新制作
-- question: Are the documents disclosed this year not more than those made?
-- question_zh: 本年新公开数量是否不多于本年新制作数量？
-- basis:    国办公开办函〔2019〕60号, table 二; older documents may be disclosed later
-- since:    2019
-- severity: I
-- left:     本年新公开数量
-- left_zh:  本年新公开数量
-- right:    本年新制作数量
-- right_zh: 本年新制作数量
WITH by_row AS (
    SELECT report_id, row_id,
           max(value) FILTER (column_id = 'disclosed') AS a, max(value) FILTER (column_id = 'made') AS b,
           max(lenient) FILTER (column_id = 'disclosed') AS a_lenient, max(lenient) FILTER (column_id = 'made') AS b_lenient
    FROM v_figure
    WHERE table_id = 'proactive'::table_code AND form = '2019' AND row_id IN ('regulation'::row_code, 'normative_document'::row_code)
    GROUP BY report_id, row_id
)
SELECT report_id, 'proactive' AS table_id, row_id, 'disclosed' AS column_id, a_lenient AS left_value, b_lenient AS right_value,
       [address('proactive', row_id, 'disclosed')] AS left_cells, [address('proactive', row_id, 'made')] AS right_cells,
       verdict(a <= b) AS strict, verdict(a_lenient <= b_lenient) AS lenient
FROM by_row
