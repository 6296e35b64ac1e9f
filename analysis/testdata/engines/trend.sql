-- The trend of volumes: one measure by level and kind of agency and year.
SELECT a.level, a.type, r.year, count(*) AS agencies, CAST(sum(c.value) AS BIGINT) AS total,
       CAST(sum(CASE WHEN c.value = 0 THEN 1 ELSE 0 END) AS BIGINT) AS zero
FROM measure_term m
JOIN cell c ON c.table_id = m.table_id AND c.row_id = m.row_id AND c.column_id = m.column_id
JOIN report r ON r.report_id = c.report_id
JOIN agency a ON a.agency_id = r.agency_id
WHERE m.measure = 'requests_received'
GROUP BY a.level, a.type, r.year
ORDER BY a.level, a.type, r.year;
