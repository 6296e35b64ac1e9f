-- title:    D1 Timeliness
-- question: Was the report published by the deadline, or how many days later?
-- basis:    Regulation of 2019 Art. 49 and 50, of 2007 Art. 31; domain reference 4.2
-- weight:   20
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column value: 1 on time, 1 - days / 60 late, at least 0; null without a deadline or without evidence of the date
-- column assessed: 1 if there is a value
-- column detail: the date, the deadline and the evidence; empty if on time

-- What counts is when the agency first published, not a later version. The best
-- evidence decides: the date of the page, of the list it stood in, in the URL.
-- The day on which we first saw a report proves that it was not later; it never
-- proves that it was late. Townships have no national deadline. A report
-- cannot be out before its year is over: such dates are no evidence.
WITH asked AS (
    SELECT report_id, identity, year, level, type, agency,
           CASE WHEN year <= 2018 THEN make_date(year + 1, 3, 31)
                WHEN level = 'township' OR type = 'subdistrict_office' THEN NULL
                WHEN type = 'government' AND level <> 'national' THEN make_date(year + 1, 3, 31)
                WHEN type IN ('department', 'government_office', 'dispatched', 'vertical', 'empowered') THEN make_date(year + 1, 1, 31) END AS deadline
    FROM v_current_report WHERE year = TRY_CAST($year AS INTEGER)
), evidence AS (
    SELECT a.report_id, e.grade, e.name, e.day
    FROM asked a
    JOIN report r ON r.identity = a.identity
    JOIN document d ON d.document = r.document,
    unnest([{'grade': 1, 'name': 'stated by the page', 'day': r.published},
            {'grade': 2, 'name': 'stated by the list of reports', 'day': d.published},
            {'grade': 3, 'name': 'in the URL', 'day': TRY_CAST(regexp_replace(nullif(regexp_extract(d.url, '(?:/|t)(20\d\d[-/]?(?:0[1-9]|1[0-2])[-/]?(?:0[1-9]|[12]\d|3[01]))(?:/|_|\.)', 1), ''),
                                                  '^(\d{4})[-/]?(\d\d)[-/]?(\d\d)$', '\1-\2-\3') AS DATE)},
            {'grade': 4, 'name': 'first seen by us', 'day': CAST(d.fetched AS DATE)}]) AS u(e)
    WHERE e.day >= make_date(a.year + 1, 1, 1)
), best AS (
    SELECT report_id, min(grade) AS grade, arg_min(name, grade) AS name, min(day) FILTER (grade = 4) AS seen
    FROM evidence GROUP BY report_id
), dated AS (
    SELECT a.report_id, a.deadline, b.name, b.grade, b.seen,
           (SELECT min(e.day) FROM evidence e WHERE e.report_id = a.report_id AND e.grade = b.grade) AS day
    FROM asked a LEFT JOIN best b USING (report_id)
), judged AS (
    SELECT *,
           CASE WHEN deadline IS NULL THEN NULL
                WHEN least(day, seen) <= deadline THEN 1
                WHEN grade < 4 THEN greatest(0, 1 - (least(day, seen) - deadline) / 60) END AS value
    FROM dated
)
SELECT report_id, value::DECIMAL(18, 6) AS value, CASE WHEN value IS NULL THEN 0 ELSE 1 END AS assessed,
       CASE WHEN value < 1 THEN least(day, seen) || ', ' || (least(day, seen) - deadline) || ' days after ' || deadline || ' (date ' || name || ')'
            WHEN value IS NULL AND deadline IS NULL THEN 'not assessed: no deadline is known'
            WHEN value IS NULL AND day IS NULL THEN 'not assessed: no date is known'
            WHEN value IS NULL THEN 'not assessed: only known that we saw it on ' || day
            ELSE '' END AS detail
FROM judged
ORDER BY report_id
