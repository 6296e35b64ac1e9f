-- title:    Missing years
-- title_zh: 缺少的年度
-- question: How many agencies that reported before and after a year have no report for it, and which?
-- question_zh: 有多少机关前后年度都有报告而中间缺一年，是哪些？
-- basis:    Regulation Art. 50: a report for every year; domain reference 4.4
-- read:     found / (found + gap) is a lower bound of what was published: a gap was not found by us, it may lie in an old column of the site. The first and last years cannot have gaps. Ask the agency before you call a year unpublished; missing_years lists every gap.
-- column scope: whose figures
-- column year: fiscal year
-- column found: agencies with a report
-- column gap: agencies without one, but with one before and one after
-- column share: found / (found + gap)
-- column first_time: of those found, for how many it is the first year with a report
-- column ended: agencies whose last report is that of the year before; some were merged
-- column missing: the agencies with a gap, at most five

-- Renamed agencies are one agency (agency_series); without that every rename
-- would look like one that ended and one that began.
WITH reports AS (
    SELECT coalesce(s.series, r.agency_key) AS agency_key, r.scope, r.year, r.agency
    FROM v_current_report r LEFT JOIN agency_series s USING (agency_key)
    WHERE r.year IS NOT NULL AND NOT starts_with(r.agency_key, 'document:')
), agencies AS (
    SELECT agency_key, scope, arg_max(agency, year) AS agency, min(year) AS first, max(year) AS last, list(year) AS years
    FROM reports GROUP BY agency_key, scope
), years AS (
    SELECT DISTINCT scope, year FROM reports
    UNION
    SELECT scope, unnest(generate_series(first, last)) FROM agencies
)
SELECT y.scope, y.year, count(*) FILTER (list_contains(a.years, y.year)) AS found,
       count(*) FILTER (y.year BETWEEN a.first AND a.last AND NOT list_contains(a.years, y.year)) AS gap,
       (count(*) FILTER (list_contains(a.years, y.year)) / nullif(count(*) FILTER (y.year BETWEEN a.first AND a.last), 0))::DECIMAL(18, 4) AS share,
       count(*) FILTER (a.first = y.year) AS first_time, count(*) FILTER (a.last = y.year - 1) AS ended,
       array_to_string((list(a.agency ORDER BY a.agency) FILTER (y.year BETWEEN a.first AND a.last AND NOT list_contains(a.years, y.year)))[:5], '、') AS missing
FROM years y JOIN agencies a USING (scope)
GROUP BY y.scope, y.year
ORDER BY y.scope, y.year
