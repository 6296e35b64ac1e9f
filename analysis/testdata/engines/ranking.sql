-- The heart of D4: of every report of a year, the identities tested and those that fail.
SELECT report_id, count(*) AS tested, CAST(sum(CASE WHEN difference <> 0 THEN 1 ELSE 0 END) AS BIGINT) AS failed
FROM (
    SELECT c.report_id, t.equation_id, sum(CASE WHEN t.side = 0 THEN c.value ELSE -c.value END) AS difference
    FROM report r
    JOIN cell c ON c.report_id = r.report_id
    JOIN equation_term t ON t.table_id = c.table_id AND t.row_id = c.row_id AND t.column_id = c.column_id
    WHERE r.year = 2022
    GROUP BY c.report_id, t.equation_id
) AS tested
GROUP BY report_id
ORDER BY report_id;
