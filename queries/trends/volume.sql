-- title:    Volumes over the years, by level and kind of agency
-- title_zh: 按层级和类别的历年总量
-- question: How much was there in all, from how many agencies, and what would it be for those that reported in both years?
-- question_zh: 总量多少，来自多少机关，两年均有报告的机关合计多少？
-- basis:    domain reference 2.6 and 4.4; own and consolidated figures are never added
-- param measure: requests_received — id of the measure, as in table measure; empty for all
-- column measure: the measure
-- column title: its name
-- column level: level of the agencies; null if not registered
-- column type: kind of the agencies; null if not registered
-- column scope: whose figures
-- column year: the fiscal year
-- column agencies: agencies whose figure is known
-- column unknown: agencies with a report but without a known figure
-- column total: sum of the known figures
-- column median: the figure of the agency in the middle
-- column zero: agencies with 0
-- column both_years: agencies known in this year and the one before
-- column change: of these, total against the year before; null if there are none
-- column ratio: of these, total over the total of the year before
-- column break_before: what changed between the year before and this one; change across it says little
-- column comparable: how far the measure can be compared

-- A total moves with the agencies that were found; change and ratio do not. An
-- agency is the same under another name; merged or split it is not.
WITH one AS (
    SELECT f.measure, r.level, r.type, r.scope, r.year, coalesce(s.series, r.agency_key) AS series, f.value
    FROM measured f JOIN v_registered_report r USING (report_id)
    LEFT JOIN agency_series s USING (agency_key)
    WHERE r.year IS NOT NULL AND ($measure = '' OR f.measure = TRY_CAST($measure AS measure_code))
), sole AS (
    SELECT measure, series, scope, year, any_value(value) AS value FROM one
    WHERE NOT starts_with(series, 'document:')
    GROUP BY ALL HAVING count(*) = 1
), paired AS (
    SELECT t.*, CASE WHEN a.reason IS NULL THEN p.value END AS prior
    FROM one t
    LEFT JOIN sole p ON p.measure = t.measure AND p.series = t.series AND p.scope = t.scope AND p.year = t.year - 1
    LEFT JOIN v_anew a ON a.series = t.series AND a.year = t.year
)
SELECT measure::VARCHAR AS measure, title, level, type, scope, year, count(value) AS agencies, count(*) - count(value) AS unknown, sum(value) AS total, median(value)::DECIMAL(18, 6) AS median,
       count(*) FILTER (value = 0) AS zero, count(value + prior) AS both_years, sum(value - prior) AS change,
       (sum(value) FILTER (prior IS NOT NULL) / nullif(sum(prior) FILTER (value IS NOT NULL), 0))::DECIMAL(18, 6) AS ratio,
       break_before(year, contains(comparable, 'FY2024')) AS break_before,
       comparable
FROM paired JOIN measure USING (measure)
GROUP BY measure, title, level, type, scope, year, comparable
ORDER BY measure::VARCHAR, level, type, scope, year
