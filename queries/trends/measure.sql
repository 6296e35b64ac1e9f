-- title:    A measure over the years
-- title_zh: 一个指标的历年变化
-- question: How did one measure develop, agency by agency, and how far are the years comparable?
-- question_zh: 各机关一个指标如何变化，各年可比到什么程度？
-- basis:    domain reference 2.6
-- param measure: requests_received — id of the measure, as in table measure
-- param agency: — agency_key or name, its years under other names come along; empty for all agencies
-- column agency_key: the agency
-- column agency: its name
-- column scope: whose figures
-- column year: the fiscal year
-- column form: the form its figures stand in
-- column value: the figure; null if a part of it is not known
-- column change: against the year before of the same scope, also under another name; null if there is none or the agency was merged, split or given other work
-- column break_before: what changed between the year before and this one; change across it says little
-- column comparable: how far the measure can be compared
WITH reports AS (
    SELECT r.report_id, r.agency_key, r.agency, r.scope, r.year, coalesce(s.series, r.agency_key) AS series
    FROM report r LEFT JOIN agency_series s USING (agency_key)
    WHERE r.is_current
), wanted AS (
    FROM reports
    WHERE $agency = '' OR series IN (SELECT series FROM reports WHERE agency_key = $agency OR agency = $agency)
), asked AS (
    SELECT w.*, f.form, f.value, m.comparable, count(*) OVER same AS reports, count(*) OVER before AS reports_before, sum(f.value) OVER before AS value_before
    FROM wanted w
    JOIN measured f ON f.report_id = w.report_id AND f.measure = TRY_CAST($measure AS measure_code)
    JOIN measure m USING (measure)
    WINDOW same AS (PARTITION BY series, scope, year), before AS (PARTITION BY series, scope ORDER BY year RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING)
)
SELECT agency_key, agency, scope, year, form, value, CASE WHEN reports = 1 AND reports_before = 1 AND a.reason IS NULL THEN value - value_before END::DECIMAL(18, 6) AS change,
       nullif(concat_ws('; ', a.reason, break_before(year, contains(comparable, 'FY2024'))), '') AS break_before, comparable
FROM asked LEFT JOIN v_anew a USING (series, year)
ORDER BY series, scope, year, report_id
