-- title:    D6 Text
-- title_zh: 文表一致
-- question: Does the prose agree with the tables, and does it say anything?
-- question_zh: 正文与表格是否一致，是否有实质内容？
-- basis:    Regulation Art. 50(4); rules TX-* on figures, TX-DUP, TX-EMPTY5; domain reference 4.2
-- weight:   10
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column value: 1 less 0.25 for each figure of the prose that the tables contradict, 0.5 for copied text, 0.25 for an empty section 五, at least 0; null if no prose was read
-- column strict: the same, but a figure is not compared with a blank
-- column assessed: sections that were read
-- column detail: the contradictions

-- Only figures of tables read without doubt contradict anything. A section 五
-- without a heading is missed by D2 already. Several contradictions about one
-- cell are one.
WITH asked AS (
    SELECT report_id, reader FROM report WHERE is_current AND year = TRY_CAST($year AS INTEGER)
), prose AS (
    SELECT s.report_id, count(*) FILTER (s.present) AS sections,
           coalesce(bool_or(s.number = 5 AND s.present AND length(regexp_replace(s.text, '\s', '', 'g')) < 20), false) AS empty
    FROM section s SEMI JOIN (FROM asked WHERE reader <> 'ocr') a USING (report_id)
    GROUP BY s.report_id
), failed AS (
    SELECT f.report_id, f.rule, f.left_value, f.right_value, f.strict, f.detail,
           CASE WHEN f.rule = 'TX-DUP' THEN 'copied' ELSE coalesce(f.table_id, '') || '.' || coalesce(f.row_id, split_part(f.detail, ':', 1)) || '.' || coalesce(f.column_id, '') END AS place
    FROM finding f SEMI JOIN asked USING (report_id)
    WHERE f.rule IN ('TX-RECV', 'TX-NONE', 'TX-CIN', 'TX-COUT', 'TX-COE', 'TX-DONE', 'TX-OUT', 'TX-REC', 'TX-SUIT', 'TX-NORM', 'TX-LIC', 'TX-PEN', 'TX-DUP')
        AND f.outcome = 'FAIL' AND f.status = 'disputed'
), counted AS (
    SELECT report_id,
           0.25 * count(DISTINCT place) FILTER (place <> 'copied') + 0.5 * count(DISTINCT place) FILTER (place = 'copied') AS lenient,
           0.25 * count(DISTINCT place) FILTER (place <> 'copied' AND strict = 'FAIL') + 0.5 * count(DISTINCT place) FILTER (place = 'copied') AS strict,
           string_agg(rule || coalesce(CASE WHEN place = 'copied' THEN ': ' || detail END, ': the text says ' || rtrim(rtrim(left_value::VARCHAR, '0'), '.') || ', the table ' || rtrim(rtrim(right_value::VARCHAR, '0'), '.'), ''), '; '
                      ORDER BY rule, left_value, right_value) AS detail
    FROM failed GROUP BY report_id
)
SELECT a.report_id,
       CASE WHEN p.sections > 0 OR c.lenient > 0 THEN greatest(0, 1 - coalesce(c.lenient, 0) - CASE WHEN p.empty THEN 0.25 ELSE 0 END) END::DECIMAL(18, 6) AS value,
       CASE WHEN p.sections > 0 OR c.lenient > 0 THEN greatest(0, 1 - coalesce(c.strict, 0) - CASE WHEN p.empty THEN 0.25 ELSE 0 END) END::DECIMAL(18, 6) AS strict,
       coalesce(p.sections, 0) AS assessed,
       array_to_string(list_filter([c.detail, CASE WHEN p.empty THEN 'section 五 has less than 20 characters' END], lambda s: s IS NOT NULL), '; ') AS detail
FROM asked a
LEFT JOIN prose p USING (report_id)
LEFT JOIN counted c USING (report_id)
ORDER BY a.report_id
