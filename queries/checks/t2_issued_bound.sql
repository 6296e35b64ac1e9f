-- rule:     T2-ISSUED-BOUND
-- title:    What was issued is in force or repealed
-- title_zh: 制发的文件或有效或废止
-- question: Are 现行有效 and 废止 together at least 制发?
-- question_zh: 现行有效与废止之和是否不少于制发？
-- basis:    国办公开办函〔2021〕30号, table 二; documents that expired within the year are an exception
-- since:    2021
-- severity: W
-- left:     现行有效 + 废止
-- left_zh:  现行有效 + 废止
-- right:    制发
-- right_zh: 制发
WITH by_row AS (
    SELECT report_id, row_id,
           max(value) FILTER (column_id = 'issued') AS issued,
           max(value) FILTER (column_id = 'in_force') + max(value) FILTER (column_id = 'repealed') AS kept,
           max(lenient) FILTER (column_id = 'issued') AS issued_lenient,
           max(lenient) FILTER (column_id = 'in_force') + max(lenient) FILTER (column_id = 'repealed') AS kept_lenient
    FROM v_figure
    WHERE table_id = 'proactive'::table_code AND form = '2021' AND row_id IN ('regulation'::row_code, 'normative_document'::row_code)
    GROUP BY report_id, row_id
)
SELECT report_id, 'proactive' AS table_id, row_id, 'issued' AS column_id, kept_lenient AS left_value, issued_lenient AS right_value,
       [address('proactive', row_id, c) FOR c IN ['in_force', 'repealed']] AS left_cells,
       [address('proactive', row_id, 'issued')] AS right_cells,
       verdict(kept >= issued) AS strict, verdict(kept_lenient >= issued_lenient) AS lenient
FROM by_row
