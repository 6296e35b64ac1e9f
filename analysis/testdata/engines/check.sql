-- The check T3-BAL: requests in are requests out, in every column.
SELECT c.report_id, t.equation_id, CAST(sum(CASE WHEN t.side = 0 THEN c.value ELSE -c.value END) AS BIGINT) AS difference
FROM cell c
JOIN equation_term t ON t.table_id = c.table_id AND t.row_id = c.row_id AND t.column_id = c.column_id
WHERE t.identity = 'balance'
GROUP BY c.report_id, t.equation_id
HAVING sum(CASE WHEN t.side = 0 THEN c.value ELSE -c.value END) <> 0
ORDER BY c.report_id, t.equation_id;
