-- rule:     XY-CARRY-MERGE
-- title:    What merged agencies carried out is carried in
-- title_zh: 合并机关的结转一致
-- question: Is 上年结转 of an agency that others were merged into the sum of what all of them gave as 结转下年度?
-- question_zh: 由多个机关合并而成的机关，其上年结转是否等于各机关上年结转下年度之和？
-- basis:    国办公开办函〔2019〕14号: the receiving agency takes over the requests; domain reference 5.3
-- since:    2020
-- severity: W
-- left:     上年结转
-- left_zh:  上年结转
-- right:    结转下年度 of last year, over the agencies that were merged
-- right_zh: 被合并各机关上年报告的结转下年度之和

-- If one of them was split or given other work in that year, it cannot be tested.
WITH party AS (
    SELECT coalesce(n.series, e.successor) AS series, e.first_year AS year, coalesce(o.series, e.part) AS part, bool_or(e.merged) AS merged
    FROM (SELECT first_year, successors[1] AS successor, unnest(predecessors) AS part, true AS merged FROM agency_event WHERE type = 'merge'
          UNION ALL SELECT first_year, successors[1], successors[1], false FROM agency_event WHERE type = 'merge') e
    LEFT JOIN agency_series n ON n.agency_key = e.successor
    LEFT JOIN agency_series o ON o.agency_key = e.part
    GROUP BY ALL
), otherwise AS (
    SELECT DISTINCT coalesce(s.series, e.agency_key) AS part, e.first_year AS year
    FROM (SELECT first_year, unnest(predecessors || successors) AS agency_key FROM agency_event WHERE type IN ('split', 'transfer')) e
    LEFT JOIN agency_series s USING (agency_key)
), carried AS (
    SELECT t.report_id, sum(c.strict_value) AS strict_value, sum(c.value) AS value,
           count(*) FILTER (p.merged OR b.report_id IS NOT NULL) AS parts, count(c.strict_value) AS strict_known, count(c.value) AS known,
           bool_and(t.reports = 1 AND coalesce(b.reports, 1) = 1 AND o.part IS NULL) AS clear,
           flatten(list(list_transform(c.cells, lambda a: c.report_id || '/' || a) ORDER BY p.part) FILTER (c.report_id IS NOT NULL)) AS cells
    FROM v_series_report t
    JOIN party p ON p.series = t.series AND p.year = t.year
    LEFT JOIN v_series_report b ON b.series = p.part AND b.scope = t.scope AND b.year = t.year - 1
    LEFT JOIN v_total c ON c.report_id = b.report_id AND c.table_id = 'requests'::table_code AND c.row_id = 'carried_out'::row_code
    LEFT JOIN otherwise o ON o.part = p.part AND o.year = p.year
    GROUP BY t.report_id
)
SELECT t.report_id, t.table_id, t.row_id, 'total' AS column_id, t.value AS left_value, c.value AS right_value, t.cells AS left_cells, c.cells AS right_cells,
       'merged: ' || c.parts || ' agencies, with a report of the year before: ' || c.known AS detail,
       verdict(CASE WHEN clear AND c.strict_known = c.parts THEN t.strict_value = c.strict_value END) AS strict,
       verdict(CASE WHEN clear AND c.known = c.parts THEN t.value = c.value END) AS lenient
FROM carried c
JOIN v_total t ON t.report_id = c.report_id AND t.table_id = 'requests'::table_code AND t.row_id = 'carried_in'::row_code
