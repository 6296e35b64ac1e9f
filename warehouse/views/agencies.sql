-- Agencies, their reports and when these were published. What views and columns mean is said in comments.txt.

-- Agencies of the register with the names of the place they are in.
CREATE VIEW v_region AS
SELECT a.agency_id, a.agency, a.level, a.type, a.region, r.region_name, r.province, r.prefecture
FROM agency a LEFT JOIN region r USING (region);

-- Two names may be of one agency: one is the other without its province or city.
CREATE MACRO same_name(a, b) AS coalesce(a <> b AND (ends_with(a, b) OR ends_with(b, a)), false);

-- Reports that count. One under a name that its agency no longer has, as records
-- say, keeps the name; level, kind and place are those of the agency in the register.
CREATE VIEW v_registered_report AS
WITH known_as AS (
    SELECT agency_key, min(agency_id) AS agency_id
    FROM (SELECT s.agency_key, t.agency_key AS agency_id FROM agency_series s JOIN agency_series t USING (series)
          UNION ALL SELECT 'name:' || value, agency_key FROM agency_name WHERE kind IN ('name', 'alias'))
    SEMI JOIN agency USING (agency_id)
    GROUP BY agency_key HAVING count(DISTINCT agency_id) = 1
)
SELECT r.report_id, r.agency_key, r.agency_id, CASE WHEN r.agency_id IS NULL THEN r.agency ELSE coalesce(a.agency, r.agency) END AS agency,
       a.level, coalesce(a.type, r.agency_type) AS type, a.region, a.parent,
       r.year, r.scope, r.identity, r.title, r.published, r.reader, r.document, r.part, r.name, r.revision, r.revisions
FROM report r
LEFT JOIN known_as k USING (agency_key)
LEFT JOIN agency a ON a.agency_id = coalesce(r.agency_id, k.agency_id)
WHERE r.is_current;

-- The same with the address of the document.
CREATE VIEW v_current_report AS
SELECT r.* EXCLUDE (revision, revisions), d.url, d.fetched, r.revision, r.revisions
FROM v_registered_report r LEFT JOIN document d USING (document);

-- The current report of an agency, under whatever key, for a scope and a year.
-- Where there is more than one, as of unknown scope, none of them stands for it.
CREATE VIEW v_series_report AS
SELECT coalesce(s.series, r.agency_key) AS series, r.scope, r.year, min(r.report_id) AS report_id, arg_min(r.agency_key, r.report_id) AS agency_key, count(*) AS reports
FROM report r LEFT JOIN agency_series s USING (agency_key)
WHERE r.is_current AND r.year IS NOT NULL AND NOT starts_with(r.agency_key, 'document:')
GROUP BY coalesce(s.series, r.agency_key), r.scope, r.year;

-- When the reports of a year, or of all years if it is null, were published:
-- the first edition counts, not a later version. The best evidence decides: the
-- date of the page (grade 1), of the list it stood in (2), in the URL (3). The
-- day on which we first saw a report (4) proves that it was not later; it never
-- proves that it was late. A report cannot be out before its year is over: such
-- dates are no evidence.
CREATE MACRO publication(of_year) AS TABLE
WITH asked AS (
    SELECT report_id, identity, year, deadline(year, level, type) AS deadline
    FROM v_current_report WHERE year IS NOT NULL AND (of_year IS NULL OR year = of_year)
), evidence AS (
    SELECT a.report_id, e.grade, e.evidence, e.day
    FROM asked a
    JOIN report r ON r.identity = a.identity
    JOIN document d ON d.document = r.document,
    unnest([{'grade': 1, 'evidence': 'stated by the page', 'day': r.published},
            {'grade': 2, 'evidence': 'stated by the list of reports', 'day': d.published},
            {'grade': 3, 'evidence': 'in the URL', 'day': TRY_CAST(regexp_replace(nullif(regexp_extract(d.url, '(?:/|t)(20\d\d[-/]?(?:0[1-9]|1[0-2])[-/]?(?:0[1-9]|[12]\d|3[01]))(?:/|_|\.)', 1), ''),
                                                  '^(\d{4})[-/]?(\d\d)[-/]?(\d\d)$', '\1-\2-\3') AS DATE)},
            {'grade': 4, 'evidence': 'first seen by us', 'day': CAST(d.fetched AS DATE)}]) AS u(e)
    WHERE e.day >= make_date(a.year + 1, 1, 1)
), first AS (
    SELECT report_id, grade, evidence, min(day) AS day, min(min(day)) FILTER (grade = 4) OVER (PARTITION BY report_id) AS seen,
           row_number() OVER (PARTITION BY report_id ORDER BY grade) AS best
    FROM evidence GROUP BY report_id, grade, evidence
)
SELECT a.report_id, a.year, a.deadline, f.grade, f.evidence, least(f.day, f.seen) AS day
FROM asked a LEFT JOIN first f ON f.report_id = a.report_id AND f.best = 1;

-- The keys of one agency. A name as printed stands for the agency of the
-- register that has or had it, if it is the only one.
CREATE VIEW v_agency_key AS
WITH named AS (
    SELECT 'name:' || value AS agency_key, min(agency_id) AS agency_id
    FROM (SELECT agency AS value, agency_id FROM agency
          UNION SELECT n.value, n.agency_key FROM agency_name n SEMI JOIN agency a ON a.agency_id = n.agency_key WHERE n.kind IN ('name', 'alias'))
    GROUP BY value HAVING count(DISTINCT agency_id) = 1
), keys AS (
    SELECT agency_id AS agency_key FROM agency
    UNION SELECT agency_key FROM report WHERE NOT starts_with(agency_key, 'document:')
    UNION SELECT agency_key FROM obliged
    UNION SELECT agency_key FROM agency_series
    UNION SELECT unnest(predecessors || successors) FROM agency_event
)
SELECT k.agency_key, coalesce(s.series, t.series, n.agency_id, k.agency_key) AS series
FROM keys k
LEFT JOIN named n USING (agency_key)
LEFT JOIN agency a ON a.agency_id = k.agency_key
LEFT JOIN agency_series s ON s.agency_key = k.agency_key
LEFT JOIN agency_series t ON t.agency_key = coalesce(n.agency_id, 'name:' || a.agency);

-- Who had to publish. Records are believed before roster pages, and those before
-- the register, which speaks of the years that have reports: from an agency's
-- first year on, and if that is not known of no year but those it has a report
-- for. What was merged, split or abolished ends there, what came of it begins;
-- an agency that goes on under another name counts once. Schools, hospitals and
-- utilities of the register report of their own will.
CREATE VIEW v_obliged AS
WITH reported AS (
    SELECT DISTINCT k.series, r.year FROM report r JOIN v_agency_key k USING (agency_key) WHERE r.is_current AND r.year IS NOT NULL
), registered AS (
    SELECT k.series, min(a.first_year) AS first_year, max(a.visited) AS visited, arg_max(a, a.agency_id) AS a
    FROM agency a JOIN v_agency_key k ON k.agency_key = a.agency_id GROUP BY k.series
), turned AS (
    SELECT k.series, max(e.first_year) FILTER (e.ends) AS ends, max(e.first_year) FILTER (NOT e.ends) AS begins
    FROM (SELECT unnest(predecessors) AS agency_key, first_year, true AS ends, successors AS others FROM agency_event WHERE type IN ('merge', 'split', 'abolish')
          UNION ALL SELECT unnest(successors), first_year, false, predecessors FROM agency_event WHERE type IN ('create', 'merge', 'split')) e
    JOIN v_agency_key k USING (agency_key)
    WHERE NOT list_contains(e.others, e.agency_key)
    GROUP BY k.series
), claimed AS (
    SELECT k.series, o.year, CASE o.basis WHEN 'record' THEN 1 ELSE 2 END AS grade, o.agency_key, o.said, o.basis, o.source, o.government
    FROM obliged o JOIN v_agency_key k USING (agency_key)
    UNION ALL
    SELECT r.series, y.year, 3, NULL, 'unknown', 'register', 'register of agencies', NULL
    FROM registered r
    CROSS JOIN (SELECT DISTINCT year FROM reported) y
    LEFT JOIN turned t USING (series)
    LEFT JOIN reported d ON d.series = r.series AND d.year = y.year
    WHERE (r.first_year <= y.year OR d.year IS NOT NULL)
      AND (t.begins IS NULL OR y.year >= t.begins OR t.ends <= t.begins AND y.year < t.ends)
      AND (t.ends IS NULL OR y.year < t.ends OR t.begins >= t.ends AND y.year >= t.begins)
), best AS (
    SELECT series, year, arg_min(claimed, (grade, CASE said WHEN 'published' THEN 1 WHEN 'not_published' THEN 2 ELSE 3 END, agency_key, source)) AS c
    FROM claimed GROUP BY series, year
)
SELECT b.series, coalesce(r.a.agency_id, b.c.agency_key) AS agency_key, r.a.agency_id AS agency_id,
       coalesce(r.a.agency, regexp_replace(b.c.agency_key, '^name:', '')) AS agency,
       r.a.level AS level, r.a.type AS type, r.visited, b.year, b.c.said AS said, b.c.basis AS basis, b.c.source AS source, b.c.government AS government
FROM best b LEFT JOIN registered r USING (series)
WHERE r.a.type IS DISTINCT FROM 'public_service';

-- Years in which the figures of an agency begin anew: it was merged, split or
-- given other work. Under another name or at another level they go on.
CREATE VIEW v_anew AS
SELECT coalesce(s.series, e.agency_key) AS series, e.first_year AS year, string_agg(DISTINCT e.type || ' of ' || e.date, ', ' ORDER BY e.type || ' of ' || e.date) AS reason
FROM (SELECT type, date, first_year, unnest(predecessors || successors) AS agency_key FROM agency_event WHERE type NOT IN ('rename', 'level_change')) e
LEFT JOIN agency_series s USING (agency_key)
GROUP BY ALL;

-- Reports of one agency and scope for two consecutive years. A pair is ambiguous
-- where its figures begin anew, and if more than one report stands for either year.
CREATE VIEW v_year_pair AS
SELECT t.report_id, p.report_id AS prior_report_id, t.agency_key, t.series, t.scope, t.year,
       t.reports > 1 OR p.reports > 1 OR a.reason IS NOT NULL AS ambiguous,
       CASE WHEN a.reason IS NOT NULL THEN a.reason WHEN t.reports > 1 OR p.reports > 1 THEN 'more than one report for a year' END AS reason
FROM v_series_report t
JOIN v_series_report p ON p.series = t.series AND p.scope = t.scope AND p.year = t.year - 1
LEFT JOIN v_anew a ON a.series = t.series AND a.year = t.year;

-- What a person wants to see of a document that gave no report.
CREATE VIEW v_problem AS
SELECT d.name, d.url, p.step, p.code, p.detail, p.next, d.agency_id, d.year, d.link_title, p.document
FROM problem p JOIN document d USING (document);
