-- title:    Years without a report
-- question: For which years between its first and last report has an agency none?
-- basis:    Regulation Art. 50: a report for every year; not found by us is not the same as not published
-- column agency_key: the agency
-- column agency: its name
-- column scope: whose figures
-- column year: the fiscal year without a report
WITH known AS (
    SELECT agency_key, scope, any_value(agency ORDER BY year DESC) AS agency, min(year) AS first, max(year) AS last, list(year) AS years
    FROM v_current_report
    WHERE year IS NOT NULL AND NOT starts_with(agency_key, 'document:')
    GROUP BY agency_key, scope
)
SELECT agency_key, agency, scope, year
FROM known, unnest(generate_series(first, last)) AS missing(year)
WHERE NOT list_contains(years, year)
ORDER BY ALL
