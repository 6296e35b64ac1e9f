-- title:    Years without a report
-- title_zh: 没有报告的年度
-- question: For which years has an agency no report although it had to publish one, or has one before and one after?
-- question_zh: 哪些应公布而没有报告，或前后有而中间没有的年度？
-- basis:    Regulation Art. 50: a report for every year; not found by us is not the same as not published
-- column agency_key: the agency
-- column agency: its name
-- column scope: whose figures; null where there is no report of any scope
-- column year: the fiscal year without a report
-- column said: what the roster says: not_published, published or unknown
-- column basis: why one is expected: a record, a roster page, the register, or reports before and after it
WITH known AS (
    SELECT k.series, r.scope, arg_max(r.agency_key, r.year) AS agency_key, arg_max(r.agency, r.year) AS agency,
           min(r.year) AS first, max(r.year) AS last, list(r.year) AS years
    FROM v_current_report r JOIN v_agency_key k USING (agency_key)
    WHERE r.year IS NOT NULL
    GROUP BY k.series, r.scope
), obliged AS (
    SELECT o.series, o.agency_key, o.agency, NULL AS scope, o.year, o.said, o.basis
    FROM v_obliged o
    WHERE NOT EXISTS (FROM known k WHERE k.series = o.series AND list_contains(k.years, o.year))
), between_reports AS (
    SELECT series, agency_key, agency, scope::VARCHAR AS scope, year, 'unknown' AS said, 'before and after' AS basis
    FROM known, unnest(generate_series(first, last)) AS missing(year)
    WHERE NOT list_contains(years, year)
)
SELECT agency_key, agency, scope, year, said, basis FROM obliged
UNION ALL
SELECT agency_key, agency, scope, year, said, basis FROM between_reports ANTI JOIN obliged USING (series, year)
ORDER BY ALL
