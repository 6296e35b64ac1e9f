-- title:    D2 Completeness
-- title_zh: 完整性
-- question: Do the six sections have content, and are the cells of the tables filled?
-- question_zh: 六个部分是否有内容，表格各格是否已填？
-- basis:    Regulation Art. 50; format notices 国办公开办函〔2019〕60号 and 〔2021〕30号; domain reference 4.2
-- weight:   20
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column state: known, fault (what is missing is not there, a person says) or open
-- column value: half the share of sections with content, half the share of all cells of the form in which a figure is printed; null if open
-- column low: the least that it may be: what we did not find is not there
-- column high: the most that it may be: what we did not find is filled
-- column assessed: cells of the form that were found
-- column detail: what is missing

-- Blanks, slashes and dashes are not figures. Cells of 规章 are left out for bodies
-- that cannot make any (see T2-REG-POWER). A blank read with doubt may be our
-- fault: up to one in a hundred it counts as filled, beyond that the dimension
-- is open, as it is where a cell, the sections or the tables were not found. A
-- government has a seventh part: what Art. 50(4) demands of it.
WITH asked AS (
    SELECT r.report_id, r.reader, r.year, coalesce(r.type = 'government', regexp_matches(r.agency, '人民政府$')) AS government,
           r.level IN ('county', 'township') OR r.level IN ('province', 'prefecture') AND r.type NOT IN ('government', 'government_office')
               OR r.level IS NULL AND regexp_matches(r.agency, '(乡|镇|县)(人民政府)?(办公室)?$|街道办事处$') AS powerless,
           EXISTS (FROM confirmation c WHERE c.document = r.document AND c.finding = 'FAULT' AND c.verdict = 'confirmed') AS fault
    FROM v_current_report r WHERE r.year = TRY_CAST($year AS INTEGER)
), form_of AS (
    SELECT a.report_id, coalesce(max(t.form) FILTER (t.found), max(f.form)) AS form
    FROM asked a LEFT JOIN report_table t USING (report_id)
    LEFT JOIN form f ON a.year BETWEEN f.since AND coalesce(f.until, 9999)
    GROUP BY a.report_id
), due AS (
    SELECT o.report_id, count(*) AS n
    FROM form_of o JOIN asked a USING (report_id) JOIN form_cell c USING (form)
    WHERE NOT (a.powerless IS true AND c.table_id = 'proactive'::table_code AND c.row_id = 'regulation'::row_code)
    GROUP BY o.report_id
), cells AS (
    SELECT v.report_id, count(*) FILTER (v.state NOT IN ('missing', 'unreadable')) AS found,
           count(*) FILTER (v.value IS NOT NULL) AS figures,
           count(*) FILTER (v.value IS NULL AND v.state NOT IN ('missing', 'unreadable') AND v.status IN ('suspect', 'ocr')) AS doubtful
    FROM v_figure v JOIN (FROM asked WHERE reader <> 'ocr') a USING (report_id)
    WHERE NOT (a.powerless IS true AND v.table_id = 'proactive'::table_code AND v.row_id = 'regulation'::row_code)
        AND EXISTS (FROM report_table t WHERE t.report_id = v.report_id AND t.table_id = v.table_id AND t.found)
    GROUP BY v.report_id
), prose AS (
    SELECT s.report_id,
           count(*) FILTER (present) AS headings,
           -- The tables are the content of sections 二 to 四.
           count(*) FILTER (present AND (number BETWEEN 2 AND 4 OR length(regexp_replace(text, '\s', '', 'g')) > 0)) AS filled,
           list(number ORDER BY number) FILTER (NOT present OR number NOT BETWEEN 2 AND 4 AND length(regexp_replace(text, '\s', '', 'g')) = 0) AS lacking,
           coalesce(string_agg(text, ' ' ORDER BY number), '') AS body
    FROM section s SEMI JOIN asked USING (report_id)
    WHERE number BETWEEN 1 AND 6
    GROUP BY s.report_id
), counted AS (
    SELECT a.report_id, a.fault, coalesce(d.n, 0) AS n, least(coalesce(c.found, 0), d.n) AS found,
           least(coalesce(c.figures, 0), d.n) AS figures, coalesce(c.doubtful, 0) AS doubtful, p.lacking,
           CASE WHEN a.reader <> 'ocr' AND p.headings > 0 THEN
               CASE WHEN a.government THEN (p.filled + (contains(p.body, '考核') AND contains(p.body, '评议')
                        AND (contains(p.body, '责任追究') OR contains(p.body, '追责')))::INTEGER) / 7
                    ELSE p.filled / 6 END END AS sections,
           a.government AND NOT (contains(p.body, '考核') AND contains(p.body, '评议') AND (contains(p.body, '责任追究') OR contains(p.body, '追责'))) AS silent
    FROM asked a LEFT JOIN due d USING (report_id) LEFT JOIN cells c USING (report_id) LEFT JOIN prose p USING (report_id)
), judged AS (
    SELECT *, CASE WHEN n = 0 OR found < n OR doubtful > 0.01 * n OR sections IS NULL THEN CASE WHEN fault THEN 'fault' ELSE 'open' END ELSE 'known' END AS state,
           coalesce(sections, 0) / 2 + coalesce(figures / nullif(n, 0), 0) / 2 AS low,
           coalesce(sections, 1) / 2 + coalesce((figures + doubtful + n - found) / nullif(n, 0), 1) / 2 AS high
    FROM counted
)
SELECT report_id, state,
       CASE state WHEN 'known' THEN high WHEN 'fault' THEN low END::DECIMAL(18, 6) AS value,
       CASE state WHEN 'known' THEN high ELSE low END::DECIMAL(18, 6) AS low,
       CASE state WHEN 'fault' THEN low ELSE high END::DECIMAL(18, 6) AS high,
       coalesce(found, 0) AS assessed,
       array_to_string(list_filter([
           CASE WHEN coalesce(found, 0) = 0 THEN 'not assessed: no table was read' WHEN found < n THEN 'not assessed: ' || found || ' of ' || n || ' cells were found' END,
           CASE WHEN found > 0 AND doubtful > 0.01 * n THEN 'not assessed: ' || doubtful || ' blanks were read with doubt' END,
           CASE WHEN sections IS NULL THEN 'not assessed: no section was read' END,
           CASE WHEN sections IS NOT NULL AND len(lacking) > 0 THEN 'sections without content: ' || array_to_string(lacking, ', ') END,
           CASE WHEN sections IS NOT NULL AND silent THEN '考核, 社会评议 or 责任追究 are not spoken of' END,
           CASE WHEN found - figures > 0 THEN (found - figures) || ' cells of ' || n || ' are missing' END], lambda s: s IS NOT NULL), '; ') AS detail
FROM judged
ORDER BY report_id
