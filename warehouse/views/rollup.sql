-- Consolidated reports beside those below them. What views and columns mean is said in comments.txt.

-- The agencies whose figures a consolidated report holds, those that had to
-- publish for its year, and of each the one report that stands for it: a
-- government's consolidated one, or else its own. Vertical systems belong to
-- another tree.
CREATE VIEW v_child AS
WITH below AS (
    SELECT p.series AS parent, c.series, bool_or(a.type = 'government') AS government, bool_or(a.type = 'government_office') AS office
    FROM agency a
    JOIN v_agency_key c ON c.agency_key = a.agency_id
    JOIN v_agency_key p ON p.agency_key = a.parent
    WHERE coalesce(a.type, '') NOT IN ('vertical', 'public_service')
    GROUP BY ALL
), due AS (
    SELECT b.*, o.year FROM below b JOIN v_obliged o USING (series)
), candidate AS (
    SELECT d.parent, d.series, d.year, r.scope, min(r.report_id) AS report_id, sum(r.reports) AS reports
    FROM due d
    JOIN v_agency_key k USING (series)
    JOIN v_series_report r ON r.agency_key = k.agency_key AND r.year = d.year
    WHERE r.scope = 'own' OR r.scope = 'consolidated' AND d.government
    GROUP BY ALL
), chosen AS (
    SELECT parent, series, year, arg_min(report_id, scope = 'own') AS report_id, arg_min(reports, scope = 'own') AS reports
    FROM candidate GROUP BY ALL
), listed AS (
    SELECT DISTINCT k.series AS parent, o.year FROM obliged o JOIN v_agency_key k ON k.agency_key = o.government WHERE o.complete
)
SELECT p.report_id, d.series, coalesce(d.office, false) AS office, l.parent IS NOT NULL AS listed, c.report_id AS child_report_id
FROM v_series_report p
JOIN v_agency_key k USING (agency_key)
JOIN due d ON d.parent = k.series AND d.year = p.year
LEFT JOIN listed l ON l.parent = d.parent AND l.year = d.year
LEFT JOIN chosen c ON c.parent = d.parent AND c.series = d.series AND c.year = d.year AND c.reports = 1
WHERE p.scope = 'consolidated';

-- Totals of a consolidated report beside the sums over the reports below it.
CREATE VIEW v_rollup AS
SELECT k.report_id, t.table_id, t.row_id, t.strict_value AS strict_whole, t.value AS whole, t.cells AS whole_cells,
       sum(c.strict_value) AS strict_parts, sum(c.value) AS parts, count(c.strict_value) AS strict_known, count(c.value) AS known,
       count(*) AS children, count(k.child_report_id) AS observed, bool_or(k.office AND k.child_report_id IS NOT NULL) AS office, bool_and(k.listed) AS listed,
       flatten(list(list_transform(c.cells, lambda a: k.child_report_id || '/' || a) ORDER BY k.series) FILTER (c.value IS NOT NULL)) AS part_cells
FROM v_child k
JOIN v_total t ON t.report_id = k.report_id
LEFT JOIN v_total c ON c.report_id = k.child_report_id AND c.table_id = t.table_id AND c.row_id = t.row_id
WHERE t.table_id = 'disputes'::table_code OR t.table_id = 'requests'::table_code AND t.row_id IN ('new_received'::row_code, 'carried_in'::row_code, 'processed_total'::row_code, 'carried_out'::row_code)
GROUP BY k.report_id, t.table_id, t.row_id, t.strict_value, t.value, t.cells;

-- Whether a whole is at least the sum of what is known of n parts.
CREATE MACRO at_least(whole, parts, known, n) AS
    CASE WHEN whole < parts THEN false WHEN known = n THEN whole >= parts END;
