-- rule:     T3-SUBSET
-- title:    A part is not more than the whole
-- question: Is no result more than （七）总计, and 结转下年度 not more than what there was to do?
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 三
-- severity: E
-- left:     one result, or 结转下年度
-- right:    （七）总计, or 本年新收 + 上年结转

-- Implied by the identities, but it can be tested where some cells are missing:
-- the largest result of a column stands for all that are not more.
WITH by_column AS (
    SELECT report_id, column_id,
           max(value) FILTER (leaf) AS most,
           max(value) FILTER (row_id = 'processed_total') AS processed,
           max(value) FILTER (row_id = 'carried_out') AS carried_out,
           CASE WHEN count(value) FILTER (intake) = 2 THEN sum(value) FILTER (intake) END AS intake,
           CASE WHEN count(lenient) FILTER (intake) = 2 THEN sum(lenient) FILTER (intake) END AS intake_lenient
    FROM (SELECT *, row_id IN ('new_received', 'carried_in') AS intake,
                 row_id NOT IN ('new_received', 'carried_in', 'processed_total', 'carried_out') AS leaf
          FROM v_figure WHERE table_id = 'requests')
    GROUP BY report_id, column_id
), excess AS (
    SELECT b.report_id, v.row_id, b.column_id, v.value, b.processed
    FROM by_column b
    JOIN v_figure v ON v.report_id = b.report_id AND v.column_id = b.column_id AND v.table_id = 'requests' AND v.value > b.processed
    WHERE b.most > b.processed AND v.row_id NOT IN ('new_received', 'carried_in', 'processed_total', 'carried_out')
)
SELECT report_id, 'requests' AS table_id, row_id::VARCHAR AS row_id, column_id, value AS left_value, processed AS right_value,
       [address('requests', row_id, column_id)] AS left_cells, [address('requests', 'processed_total', column_id)] AS right_cells,
       'FAIL' AS strict, 'FAIL' AS lenient
FROM excess
UNION ALL
SELECT report_id, 'requests', NULL, column_id, most, processed, NULL, NULL, verdict(most <= processed), verdict(most <= processed)
FROM by_column
WHERE coalesce(most <= processed, true)
UNION ALL
SELECT report_id, 'requests', 'carried_out', column_id, carried_out, intake_lenient,
       CASE WHEN carried_out > intake_lenient THEN [address('requests', 'carried_out', column_id)] END,
       CASE WHEN carried_out > intake_lenient THEN [address('requests', r, column_id) FOR r IN ['new_received', 'carried_in']] END,
       verdict(carried_out <= intake), verdict(carried_out <= intake_lenient)
FROM by_column
