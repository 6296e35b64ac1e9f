-- title:    D2 Completeness
-- title_zh: 完整性
-- question: Do the six sections have content, and are the cells of the tables filled?
-- question_zh: 六个部分是否有内容，表格各格是否已填？
-- basis:    Regulation Art. 50; format notices 国办公开办函〔2019〕60号 and 〔2021〕30号; domain reference 4.2
-- weight:   20
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column value: half the share of sections with content, half the share of cells with a figure; blanks, slashes and dashes are taken as 0; null if less than 80 % of the cells could be read
-- column strict: the same, but only printed figures are
-- column assessed: cells that were looked at
-- column detail: what is missing

-- Cells that we could not read are left out, as are those of a table that is
-- not there: D3 is about it. Of a report without any table, or of which less
-- than 80 % of the cells could be read, nothing is said. Images are not judged. A report in which we found
-- no heading at all is judged by its cells alone. A government has a seventh
-- part: what Art. 50(4) demands of it.
WITH asked AS (
    SELECT report_id, reader, coalesce(type = 'government', regexp_matches(agency, '人民政府$')) AS government
    FROM v_current_report WHERE year = TRY_CAST($year AS INTEGER)
), cells AS (
    SELECT report_id, sum(cells)::BIGINT AS cells, sum(read)::BIGINT AS n, sum(figures)::BIGINT AS strict, sum(known)::BIGINT AS lenient
    FROM report_table SEMI JOIN (FROM asked WHERE reader <> 'ocr') USING (report_id)
    WHERE found AND read > 0
    GROUP BY report_id
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
), shares AS (
    SELECT a.report_id, c.n, c.cells, c.n >= 0.8 * c.cells AS enough, c.strict / c.n AS strict, c.lenient / c.n AS lenient, c.n - c.lenient AS open, p.lacking,
           CASE WHEN a.reader <> 'ocr' AND p.headings > 0 THEN
               CASE WHEN a.government THEN (p.filled + (contains(p.body, '考核') AND contains(p.body, '评议')
                        AND (contains(p.body, '责任追究') OR contains(p.body, '追责')))::INTEGER) / 7
                    ELSE p.filled / 6 END END AS sections,
           a.government AND NOT (contains(p.body, '考核') AND contains(p.body, '评议') AND (contains(p.body, '责任追究') OR contains(p.body, '追责'))) AS silent
    FROM asked a LEFT JOIN cells c USING (report_id) LEFT JOIN prose p USING (report_id)
)
SELECT report_id,
       CASE WHEN enough THEN coalesce((sections + lenient) / 2, lenient) END::DECIMAL(18, 6) AS value,
       CASE WHEN enough THEN coalesce((sections + strict) / 2, strict) END::DECIMAL(18, 6) AS strict,
       coalesce(n, 0) AS assessed,
       array_to_string(list_filter([
           CASE WHEN n IS NULL THEN 'not assessed: no table was read' WHEN NOT enough THEN 'not assessed: ' || n || ' of ' || cells || ' cells were read' END,
           CASE WHEN sections IS NOT NULL AND len(lacking) > 0 THEN 'sections without content: ' || array_to_string(lacking, ', ') END,
           CASE WHEN sections IS NOT NULL AND silent THEN '考核, 社会评议 or 责任追究 are not spoken of' END,
           CASE WHEN open > 0 THEN open || ' cells of ' || n || ' are missing' END], lambda s: s IS NOT NULL), '; ') AS detail
FROM shares
ORDER BY report_id
