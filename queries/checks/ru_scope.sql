-- rule:     RU-SCOPE
-- title:    A report said to be the government's own is of its size
-- title_zh: 本级报告的规模相称
-- question: Has a government's report on itself alone fewer than three times the requests of its office?
-- question_zh: 标明为政府本级的报告，其申请数是否少于其办公室的三倍？
-- basis:    domain reference 3.5; figures of departments and lower governments under the label of one office
-- severity: I
-- left:     本年新收
-- left_zh:  本年新收
-- right:    本年新收 of the government's office
-- right_zh: 办公室的本年新收

-- By fewer than 10 requests it is no matter.
WITH office AS (
    SELECT coalesce(g.series, a.parent) AS government, r.year, min(r.report_id) AS report_id, count(*) AS offices
    FROM agency a
    LEFT JOIN agency_series g ON g.agency_key = a.parent
    LEFT JOIN agency_series s ON s.agency_key = a.agency_id
    JOIN v_series_report r ON r.series = coalesce(s.series, a.agency_id) AND r.scope = 'own' AND r.reports = 1
    WHERE a.type = 'government_office'
    GROUP BY ALL
)
SELECT t.report_id, f.report_id AS other_report_id, t.table_id, t.row_id, 'total' AS column_id, t.value AS left_value, b.value AS right_value,
       t.cells AS left_cells, list_transform(b.cells, lambda a: 'prior:' || a) AS right_cells,
       verdict(t.strict_value < greatest(3 * b.strict_value, b.strict_value + 10)) AS strict, verdict(t.value < greatest(3 * b.value, b.value + 10)) AS lenient
FROM v_series_report p
JOIN office f ON f.government = p.series AND f.year = p.year AND f.offices = 1
JOIN v_total t ON t.report_id = p.report_id AND t.table_id = 'requests'::table_code AND t.row_id = 'new_received'::row_code
JOIN v_total b ON b.report_id = f.report_id AND b.table_id = 'requests'::table_code AND b.row_id = 'new_received'::row_code
WHERE p.scope = 'own' AND p.reports = 1
