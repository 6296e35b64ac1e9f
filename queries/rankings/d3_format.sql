-- title:    D3 Format
-- title_zh: 格式
-- question: Are the tables those of the form in force, whole and in text?
-- question_zh: 表格是否为现行格式、完整、为文本？
-- basis:    国办公开办函〔2019〕60号 and 〔2021〕30号; domain reference 4.2
-- weight:   10
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column state: known, fault (what is missing is not there, a person says) or open
-- column value: 1 less 0.4 for a form of another time, 0.4 for each missing table, 0.05 for each missing or extra row (at most 0.3), 0.3 for images, 0.05 for another notice cited, at least 0; 0 without any table; null if open
-- column low: the least that it may be: what we did not find is not there
-- column high: the most that it may be: what we did not find is there
-- column assessed: tables that were found
-- column detail: what was taken off, and for what

-- Where we did not find a table or a row the fault may be ours: the dimension is
-- open until a person confirms it.
WITH asked AS (
    SELECT r.report_id, r.reader, r.year, r.citations, r.tables,
           EXISTS (FROM confirmation c WHERE c.document = r.document AND c.finding = 'FAULT' AND c.verdict = 'confirmed') AS fault
    FROM report r WHERE r.is_current AND r.year = TRY_CAST($year AS INTEGER)
), tables AS (
    SELECT t.report_id,
           bool_or(t.found AND NOT a.year BETWEEN f.since AND coalesce(f.until, 9999)) AS other_form,
           max(f.of_form) - count(DISTINCT t.table_id) FILTER (t.found) AS missing
    FROM report_table t JOIN asked a USING (report_id)
    JOIN (SELECT f.*, (SELECT count(*) FROM form_table x WHERE x.form = f.form) AS of_form FROM form f) f USING (form)
    GROUP BY t.report_id
), missing_rows AS (
    SELECT i.report_id, count(DISTINCT (i.table_id, i.row_id)) AS n
    FROM issue i JOIN report_table t ON t.report_id = i.report_id AND t.table_id::VARCHAR = i.table_id AND t.found
    WHERE i.code = 'missing_row' GROUP BY i.report_id
), extra_rows AS (
    SELECT report_id, count(*) AS n FROM extra_row GROUP BY report_id
), penalties AS (
    SELECT a.report_id, a.tables, a.fault, a.reader <> 'ocr' AS text,
           CASE WHEN t.other_form THEN 0.4 ELSE 0 END AS other_form,
           0.4 * coalesce(t.missing, 0) AS missing,
           least(0.3, 0.05 * (coalesce(m.n, 0) + coalesce(e.n, 0))) AS odd_rows,
           least(0.3, 0.05 * coalesce(e.n, 0)) AS extra_rows,
           CASE WHEN NOT text THEN 0.3 ELSE 0 END AS image,
           CASE WHEN a.year >= 2021 AND len(a.citations) > 0 AND len(list_filter(a.citations, lambda c: regexp_matches(c, '2021.*30号'))) = 0
                THEN 0.05 ELSE 0 END AS citation
    FROM asked a
    LEFT JOIN tables t USING (report_id)
    LEFT JOIN missing_rows m USING (report_id)
    LEFT JOIN extra_rows e USING (report_id)
), judged AS (
    SELECT *, CASE WHEN tables > 0 AND missing = 0 AND odd_rows = extra_rows THEN 'known' WHEN fault THEN 'fault' ELSE 'open' END AS state,
           CASE WHEN tables = 0 THEN 0 ELSE greatest(0, 1 - other_form - missing - odd_rows - image - citation) END AS low,
           CASE WHEN tables = 0 THEN greatest(0, 1 - citation) ELSE greatest(0, 1 - other_form - extra_rows - image - citation) END AS high
    FROM penalties
)
SELECT report_id, state, CASE WHEN state <> 'open' THEN low END::DECIMAL(18, 6) AS value,
       low::DECIMAL(18, 6) AS low, CASE state WHEN 'open' THEN high ELSE low END::DECIMAL(18, 6) AS high,
       tables AS assessed,
       CASE WHEN tables = 0 THEN 'not assessed: no table was found'
            ELSE array_to_string(list_filter([
                CASE WHEN state = 'open' THEN 'not assessed: we did not find all of the form' END,
                CASE WHEN other_form > 0 THEN 'form of another time 0.4' END,
                CASE WHEN missing > 0 THEN 'a table is missing ' || missing::DECIMAL(3, 1) END,
                CASE WHEN odd_rows > 0 THEN 'missing or extra rows ' || odd_rows::DECIMAL(3, 2) END,
                CASE WHEN image > 0 THEN 'images without text 0.3' END,
                CASE WHEN citation > 0 THEN 'another notice cited 0.05' END], lambda s: s IS NOT NULL), '; ') END AS detail
FROM judged
ORDER BY report_id
