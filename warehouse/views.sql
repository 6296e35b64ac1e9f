-- Macros and views. What they mean is said in comments.txt.

-- A rule holds (PASS), is broken (FAIL), or cannot be tested (UNKNOWN).
CREATE MACRO verdict(ok) AS CASE WHEN ok THEN 'PASS' WHEN NOT ok THEN 'FAIL' ELSE 'UNKNOWN' END;

-- Agencies of the register with the names of the place they are in.
CREATE VIEW v_region AS
SELECT a.agency_id, a.agency, a.level, a.type, a.region, r.region_name, r.province, r.prefecture
FROM agency a LEFT JOIN region r USING (region);

-- Two names may be of one agency: one is the other without its province or city.
CREATE MACRO same_name(a, b) AS coalesce(a <> b AND (ends_with(a, b) OR ends_with(b, a)), false);

-- Whether a cell is what the document says: what fails on such cells alone is
-- the agency's error.
CREATE MACRO certain(status) AS status IN ('verified', 'disputed', 'confirmed');

-- The address of a cell, as findings and the CSV of gongkai extract give it.
CREATE MACRO address(table_id, row_id, column_id) AS table_id || '.' || row_id || '.' || column_id;

-- The group of outcomes that a row of table 三 belongs to.
CREATE MACRO outcome_group(row_id) AS
    CASE WHEN row_id IN ('granted', 'partly_granted') THEN row_id::VARCHAR
         ELSE split_part(row_id::VARCHAR, '_', 1) END;

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

-- The cells that checks and statistics are about: those of current reports.
CREATE VIEW v_figure AS
SELECT report_id, form, table_id, row_id, column_id, state, value, lenient,
       blank_total, parts, unit, raw, status, grounds, second
FROM cell SEMI JOIN (FROM report WHERE is_current) USING (report_id);

-- The same for reading: with the names of the report and the labels of the form.
CREATE VIEW v_cell_current AS
SELECT r.report_id, r.agency_key, r.agency, r.year, r.scope, c.form, c.table_id, c.row_id, c.column_id, f.label,
       c.state, c.value, c.unit, c.raw, c.note, c.status, c.grounds, c.second, c.blank_total,
       coalesce(p.document, r.document) AS document, coalesce(p.name, r.name) AS name,
       c.page, c.x0, c.y0, c.x1, c.y1, c.doc_table, c.doc_row, c.doc_column
FROM cell c
JOIN form_cell f USING (form, table_id, row_id, column_id)
JOIN report r USING (report_id)
LEFT JOIN report_page p USING (report_id, page)
WHERE r.is_current;

-- The column 总计 of tables 三 and 四; a total left blank is taken from its parts.
CREATE VIEW v_total AS
SELECT report_id, form, table_id, row_id, value AS strict_value, coalesce(lenient, parts) AS value, blank_total,
       CASE WHEN NOT blank_total THEN [address(table_id, row_id, 'total')]
            WHEN table_id = 'disputes' THEN list_transform(['upheld', 'corrected', 'other', 'pending'], lambda c: address(table_id, row_id, c))
            ELSE list_transform(['natural_person', 'company', 'research_org', 'public_interest_org', 'legal_service_org', 'other_org'],
                                lambda c: address(table_id, row_id, c)) END AS cells
FROM v_figure
WHERE column_id = 'total'::column_code;

-- Totals of the groups of outcomes: granted, partly_granted, denied, unable, refused, other.
CREATE VIEW v_outcome AS
SELECT report_id, outcome_group(row_id) AS outcome,
       CASE WHEN count(strict_value) = count(*) THEN sum(strict_value) END AS strict_value,
       CASE WHEN count(value) = count(*) THEN sum(value) END AS value,
       flatten(list(cells ORDER BY row_id)) AS cells
FROM v_total
WHERE table_id = 'requests'::table_code AND row_id NOT IN ('new_received'::row_code, 'carried_in'::row_code, 'processed_total'::row_code, 'carried_out'::row_code)
GROUP BY report_id, outcome;

-- The equations of an identity of the forms, with both sides (the sums of what is
-- known) and whether they are equal (the cells are in table equation): strictly,
-- if every cell is a figure, and leniently. A side without any figure is not
-- wrong, it is left out: UNKNOWN.
CREATE MACRO evaluated(of_table, of_identity) AS TABLE
SELECT *, CASE WHEN strict IS NULL AND NOT lenient THEN 'blanks count as zero, a total left blank as the sum of its parts' END AS detail
FROM (
    SELECT s.report_id, s.equation_id, e.form, e.table_id, e.row_id, e.column_id, s.left_value, s.right_value,
           CASE WHEN s.left_figures + s.right_figures = e.terms THEN s.left_value = s.right_value END AS strict,
           CASE WHEN s.left_known + s.right_known < e.terms OR s.left_value IS NULL OR s.right_value IS NULL THEN NULL
                WHEN s.left_value = s.right_value THEN true
                WHEN s.left_figures > 0 AND s.right_figures > 0 THEN false END AS lenient,
           s.left_known, s.right_known, s.left_figures, s.right_figures, s.left_known + s.right_known = e.terms AS known
    FROM equation_sum s
    JOIN (SELECT *, len(left_cells) + len(right_cells) AS terms FROM equation) e USING (equation_id)
    SEMI JOIN (FROM report WHERE is_current) r ON r.report_id = s.report_id
    WHERE e.table_id = of_table AND e.identity = of_identity);

-- Figures that the prose states, exact and for the whole of the report.
CREATE MACRO stated(of_measure) AS TABLE
SELECT f.report_id, f.value AS stated, f.unit, f.sentence
FROM fact f SEMI JOIN (FROM report WHERE is_current) USING (report_id)
WHERE f.measure = of_measure AND f.total AND NOT f.approximate;

-- The current report of an agency, under whatever key, for a scope and a year.
-- Where there is more than one, as of unknown scope, none of them stands for it.
CREATE VIEW v_series_report AS
SELECT coalesce(s.series, r.agency_key) AS series, r.scope, r.year, min(r.report_id) AS report_id, arg_min(r.agency_key, r.report_id) AS agency_key, count(*) AS reports
FROM report r LEFT JOIN agency_series s USING (agency_key)
WHERE r.is_current AND r.year IS NOT NULL AND NOT starts_with(r.agency_key, 'document:')
GROUP BY coalesce(s.series, r.agency_key), r.scope, r.year;

-- The last day for the report of a fiscal year; null if no national rule sets
-- one: townships and public services have none, and of some agencies level and type are not known.
CREATE MACRO deadline(year, level, type) AS
    CASE WHEN type = 'public_service' THEN NULL
         WHEN year <= 2018 THEN make_date(year + 1, 3, 31)
         WHEN level = 'township' OR type = 'subdistrict_office' THEN NULL
         WHEN type = 'government' AND level <> 'national' THEN make_date(year + 1, 3, 31)
         WHEN type IN ('department', 'government_office', 'dispatched', 'vertical', 'empowered') THEN make_date(year + 1, 1, 31) END;

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

-- A row of this year's report beside a row of last year's, column by column. A
-- total left blank is taken from its parts.
CREATE MACRO year_rows(of_table, this_row, prior_row) AS TABLE
SELECT p.report_id, p.prior_report_id, p.year, t.table_id, t.row_id, t.column_id, t.form,
       CASE WHEN NOT p.ambiguous THEN t.value END AS this_strict,
       CASE WHEN NOT p.ambiguous THEN b.value END AS prior_strict,
       CASE WHEN NOT p.ambiguous THEN coalesce(t.lenient, t.parts) END AS this_value,
       CASE WHEN NOT p.ambiguous THEN coalesce(b.lenient, b.parts) END AS prior_value,
       [address(t.table_id, t.row_id, t.column_id)] AS this_cell,
       ['prior:' || address(b.table_id, b.row_id, b.column_id)] AS prior_cell
FROM v_year_pair p
JOIN v_figure t ON t.report_id = p.report_id AND t.table_id = of_table::table_code AND t.row_id = this_row::row_code
JOIN v_figure b ON b.report_id = p.prior_report_id AND b.table_id = of_table::table_code AND b.row_id = prior_row::row_code AND b.column_id = t.column_id;

-- A table of a report as one number, to find tables that are the same. A table
-- is telling if at least three cells are not zero and one of them is 10 or
-- more: small figures agree by chance.
CREATE VIEW v_table_vector AS
SELECT report_id, table_id, fingerprint AS vector, nonzero >= 3 AND largest >= 10 AS telling
FROM report_table SEMI JOIN (FROM report WHERE is_current) USING (report_id)
WHERE cells > 0;

-- How alike two texts of table sketch are: estimated from their signatures, and
-- exactly, by the share of common pieces of five characters.
CREATE MACRO agreement(a, b) AS
    1 - (bit_count(xor(a[1], b[1]))::INTEGER + bit_count(xor(a[2], b[2])) + bit_count(xor(a[3], b[3])) + bit_count(xor(a[4], b[4]))
       + bit_count(xor(a[5], b[5])) + bit_count(xor(a[6], b[6])) + bit_count(xor(a[7], b[7])) + bit_count(xor(a[8], b[8]))) / 256;
CREATE MACRO pieces(masked) AS
    list_distinct(flatten(list_transform([1, 2, 3, 4, 5], lambda i: regexp_extract_all(substr(masked, i), '.{5}'))));
CREATE MACRO alike(a, b) AS
    CASE WHEN a = b THEN 1.0::DOUBLE
         ELSE len(list_intersect(pieces(a), pieces(b)))::DOUBLE
            / greatest(1, len(pieces(a)) + len(pieces(b)) - len(list_intersect(pieces(a), pieces(b)))) END;
-- The sentences of a text that are longer than a heading.
CREATE MACRO sentences(words) AS
    list_filter(string_split_regex(regexp_replace(words, '[ \t　]+', '', 'g'), '[。；！？\r\n]+'), lambda s: length(s) >= 10);

-- What changed between the year before and this one, for a figure about disputes
-- or any other.
CREATE MACRO break_before(year, disputes) AS
    CASE WHEN year = 2019 THEN 'FY2019: the Regulation of 2019 and its form'
         WHEN year = 2021 THEN 'FY2021: the form of 2021'
         WHEN year = 2024 AND disputes THEN 'FY2024: 行政复议法 of 2023, refusals go to 复议 before a court' END;

-- Measures that can be followed across the forms, and how far.
CREATE TABLE measure (measure measure_code NOT NULL, title VARCHAR NOT NULL, comparable VARCHAR NOT NULL);
CREATE TABLE measure_term (measure measure_code NOT NULL, form form_code NOT NULL, table_id table_code NOT NULL, row_id row_code NOT NULL, column_id column_code NOT NULL);
INSERT INTO measure VALUES
    ('requests_received',           '新收申请',             'E0-E2'),
    ('requests_carried_in',         '上年结转',             'E1-E2'),
    ('requests_carried_out',        '结转下年度',           'E1-E2'),
    ('requests_processed',          '办理结果总计',         'E1-E2'),
    ('granted',                     '予以公开',             'E1-E2; E0 with caution: 已主动公开 was counted apart'),
    ('partly_granted',              '部分公开',             'E0-E2'),
    ('denied',                      '不予公开',             'E1-E2; E0 with caution: it includes 不是政府信息'),
    ('unable',                      '无法提供',             'E1-E2; E0 with caution'),
    ('not_held',                    '本机关不掌握相关政府信息', 'E1-E2: a part of unable'),
    ('refused',                     '不予处理',             'E1 and E2 divide it differently from 其他处理: see refused_or_other'),
    ('refused_or_other',            '不予处理和其他处理',   'only this sum: E1 and E2 divide it differently; E0 with caution'),
    ('reconsideration',             '行政复议',             'E0 has no pending cases; break at FY2024 (行政复议前置)'),
    ('reconsideration_upheld',      '行政复议 结果维持',    'break at FY2024'),
    ('reconsideration_corrected',   '行政复议 结果纠正',    'break at FY2024'),
    ('reconsideration_other',       '行政复议 其他结果',    'break at FY2024'),
    ('reconsideration_pending',     '行政复议 尚未审结',    'E1-E2; break at FY2024'),
    ('suit',                        '行政诉讼',             'E0 has no pending cases; break at FY2024'),
    ('suit_upheld',                 '行政诉讼 结果维持',    'break at FY2024'),
    ('suit_corrected',              '行政诉讼 结果纠正',    'break at FY2024'),
    ('suit_other',                  '行政诉讼 其他结果',    'break at FY2024'),
    ('suit_pending',                '行政诉讼 尚未审结',    'E1-E2; break at FY2024'),
    ('suit_direct',                 '未经复议直接起诉',     'E1-E2; break at FY2024: refusals go to 复议 first'),
    ('suit_after_reconsideration',  '复议后起诉',           'E1-E2; break at FY2024'),
    ('regulations_made',            '规章制发',             'E1-E2 approximately'),
    ('regulations_in_force',        '现行有效规章',         'E2 only: 对外公开总数量 of E1 is another thing'),
    ('normative_documents_made',    '规范性文件制发',       'approximately: narrowed to 行政规范性文件 in E2'),
    ('normative_documents_in_force', '现行有效行政规范性文件', 'E2 only: 对外公开总数量 of E1 is another thing'),
    ('licence_decisions',           '行政许可处理决定',     'E1-E2 approximately'),
    ('penalty_decisions',           '行政处罚处理决定',     'E1-E2 approximately'),
    ('coercion_decisions',          '行政强制处理决定',     'E1-E2 approximately'),
    ('request_fee_wan',             '依申请公开收费（万元）', 'E0 only: never to be joined with administrative_fee_wan'),
    ('administrative_fee_wan',      '行政事业性收费（万元）', 'E2 only: never to be joined with request_fee_wan');

-- E0: the statistics form.
INSERT INTO measure_term SELECT measure, form, 'statistics', row_id, 'value'
FROM (VALUES
    ('requests_received', 'requests_received'),
    ('granted', 'reply_already_public'), ('granted', 'reply_granted'),
    ('partly_granted', 'reply_partly_granted'),
    ('denied', 'reply_denied'),
    ('unable', 'reply_not_this_agency'), ('unable', 'reply_not_exist'),
    ('refused_or_other', 'reply_amend'), ('refused_or_other', 'reply_other_channel'),
    ('reconsideration', 'reconsideration'), ('reconsideration_upheld', 'reconsideration_upheld'),
    ('reconsideration_corrected', 'reconsideration_corrected'), ('reconsideration_other', 'reconsideration_other'),
    ('suit', 'suit'), ('suit_upheld', 'suit_upheld'), ('suit_corrected', 'suit_corrected'), ('suit_other', 'suit_other'),
    ('normative_documents_made', 'normative_document_issued'),
    ('request_fee_wan', 'fee_wan')
) AS t(measure, row_id) CROSS JOIN (SELECT form FROM form_table WHERE table_id = 'statistics');

-- E1 and E2: tables 三 and 四.
INSERT INTO measure_term
SELECT CASE row_id WHEN 'unable_not_held' THEN 'not_held' ELSE 'refused' END, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'requests' AND column_id = 'total' AND (row_id = 'unable_not_held' OR outcome_group(row_id) = 'refused');
INSERT INTO measure_term SELECT
    CASE row_id::VARCHAR
        WHEN 'new_received' THEN 'requests_received' WHEN 'carried_in' THEN 'requests_carried_in'
        WHEN 'carried_out' THEN 'requests_carried_out' WHEN 'processed_total' THEN 'requests_processed'
        ELSE CASE WHEN outcome_group(row_id) IN ('refused', 'other') THEN 'refused_or_other' ELSE outcome_group(row_id) END
    END, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'requests' AND column_id = 'total';
INSERT INTO measure_term SELECT
    CASE WHEN row_id = 'reconsideration' THEN 'reconsideration' ELSE 'suit' END
        || CASE WHEN column_id = 'total' THEN '' ELSE '_' || column_id END, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'disputes';
INSERT INTO measure_term SELECT row_id, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'disputes' AND row_id <> 'reconsideration' AND column_id = 'total';

-- E1 and E2: table 二.
INSERT INTO measure_term SELECT t.measure, f.form, f.table_id, f.row_id, f.column_id
FROM (VALUES
    ('regulations_made', 'regulation', 'made'), ('regulations_made', 'regulation', 'issued'),
    ('regulations_in_force', 'regulation', 'in_force'),
    ('normative_documents_made', 'normative_document', 'made'), ('normative_documents_made', 'normative_document', 'issued'),
    ('normative_documents_in_force', 'normative_document', 'in_force'),
    ('licence_decisions', 'licence', 'decisions'), ('penalty_decisions', 'penalty', 'decisions'), ('coercion_decisions', 'coercion', 'decisions'),
    ('administrative_fee_wan', 'fee', 'amount_wan')
) AS t(measure, row_id, column_id)
JOIN form_cell f ON f.table_id = 'proactive' AND f.row_id = t.row_id AND f.column_id = t.column_id;

-- Measures are added up when a report is loaded (table measured): a trend over
-- all reports need not read all their cells.
CREATE VIEW v_harmonised AS
SELECT r.agency_key, r.agency, r.year, r.scope, f.form, f.measure, m.title, f.value, f.lenient, f.doubtful, m.comparable, f.report_id
FROM measured f
JOIN measure m USING (measure)
JOIN report r USING (report_id)
WHERE r.is_current;

-- What a person wants to see of a document that gave no report.
CREATE VIEW v_problem AS
SELECT d.name, d.url, p.step, p.code, p.detail, p.next, d.agency_id, d.year, d.link_title, p.document
FROM problem p JOIN document d USING (document);
