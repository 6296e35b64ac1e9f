-- title:    D6 Text
-- title_zh: 文表一致
-- question: Does the prose agree with the tables, and does it say anything?
-- question_zh: 正文与表格是否一致，是否有实质内容？
-- basis:    Regulation Art. 50(4); rules TX-* on figures, TX-DUP, TX-EMPTY5; domain reference 4.2
-- weight:   10
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column state: known, fault (a table is not there, a person says) or open
-- column value: 1 less 0.25 for each figure of the prose that the tables contradict, 0.5 for copied text, 0.25 for an empty section 五, at least 0; a blank contradicts a figure; 0 without a table; null if open
-- column lenient: the same, but a blank is zero
-- column low: the least that it may be
-- column high: the most that it may be
-- column assessed: sections that were read
-- column detail: the contradictions

-- Only figures of tables read without doubt contradict anything. A section 五
-- without a heading is missed by D2 already. Several contradictions about one
-- cell are one; one by an amount that D4 or D5 charges about the same row is
-- theirs, as long as D4 has points left to take. Where the tables were not found
-- whole nothing agrees with them: the dimension is open.
WITH asked AS (
    SELECT report_id, reader, document FROM report WHERE is_current AND year = TRY_CAST($year AS INTEGER)
), prose AS (
    SELECT s.report_id, count(*) FILTER (s.present) AS sections,
           coalesce(bool_or(s.number = 5 AND s.present AND length(regexp_replace(s.text, '\s', '', 'g')) < 20), false) AS empty
    FROM section s SEMI JOIN (FROM asked WHERE reader <> 'ocr') a USING (report_id)
    GROUP BY s.report_id
), lost AS (
    SELECT a.report_id
    FROM asked a LEFT JOIN (FROM v_figure WHERE table_id IN ('requests', 'disputes')) v USING (report_id)
    GROUP BY a.report_id HAVING count(v.state) FILTER (v.state NOT IN ('missing', 'unreadable')) < greatest(1, count(v.state))
), full_up AS (
    SELECT report_id FROM finding WHERE (starts_with(rule, 'T3-') OR starts_with(rule, 'T4-')) AND outcome = 'FAIL' AND status = 'disputed'
    GROUP BY report_id HAVING count(*) > 3
), charges AS (
    SELECT DISTINCT f.report_id, f.row_id, abs(f.left_value - f.right_value) AS amount, true AS elsewhere
    FROM finding f SEMI JOIN asked USING (report_id) ANTI JOIN full_up USING (report_id)
    WHERE f.rule IN ('T3-BAL', 'T3-SUM', 'T3-ROW', 'T4-SUM', 'XY-CARRY') AND f.outcome = 'FAIL' AND f.status = 'disputed' AND f.strict = 'FAIL'
        AND (f.rule = 'T3-ROW' OR f.column_id = 'total')
), failed AS (
    SELECT f.report_id, f.rule, f.left_value, f.right_value, f.strict, f.detail, f.status = 'disputed' AS sure,
           CASE WHEN f.rule = 'TX-DUP' THEN 'copied' ELSE coalesce(f.table_id, '') || '.' || coalesce(f.row_id, split_part(f.detail, ':', 1)) || '.' || coalesce(f.column_id, '') END AS place
    FROM finding f SEMI JOIN asked USING (report_id)
    LEFT JOIN charges c ON c.report_id = f.report_id AND c.row_id = f.row_id AND c.amount = abs(f.left_value - f.right_value)
    WHERE f.rule IN ('TX-RECV', 'TX-NONE', 'TX-CIN', 'TX-COUT', 'TX-COE', 'TX-DONE', 'TX-OUT', 'TX-REC', 'TX-SUIT', 'TX-NORM', 'TX-LIC', 'TX-PEN', 'TX-DUP')
        AND f.outcome = 'FAIL' AND c.elsewhere IS NULL
), counted AS (
    SELECT report_id,
           0.25 * count(DISTINCT place) FILTER (sure AND place <> 'copied') + 0.5 * count(DISTINCT place) FILTER (sure AND place = 'copied') AS counted,
           0.25 * count(DISTINCT place) FILTER (sure AND strict = 'FAIL' AND place <> 'copied') + 0.5 * count(DISTINCT place) FILTER (sure AND place = 'copied') AS lenient,
           string_agg(rule || coalesce(CASE WHEN place = 'copied' THEN ': ' || detail END, ': the text says ' || rtrim(rtrim(left_value::VARCHAR, '0'), '.') || ', the table ' || rtrim(rtrim(right_value::VARCHAR, '0'), '.'), ''), '; '
                      ORDER BY rule, left_value, right_value) FILTER (sure) AS detail
    FROM failed GROUP BY report_id
), judged AS (
    SELECT a.report_id, coalesce(p.sections, 0) AS sections, coalesce(p.empty, false) AS empty, c.detail, l.report_id IS NOT NULL AS lost,
           CASE WHEN coalesce(p.sections, 0) = 0 AND coalesce(c.counted, 0) = 0 THEN 'open' WHEN l.report_id IS NULL THEN 'known'
                WHEN EXISTS (FROM confirmation x WHERE x.document = a.document AND x.finding = 'FAULT' AND x.verdict = 'confirmed') THEN 'fault' ELSE 'open' END AS state,
           greatest(0, 1 - coalesce(c.counted, 0) - CASE WHEN p.empty THEN 0.25 ELSE 0 END) AS value,
           greatest(0, 1 - coalesce(c.lenient, 0) - CASE WHEN p.empty THEN 0.25 ELSE 0 END) AS lenient
    FROM asked a LEFT JOIN prose p USING (report_id) LEFT JOIN counted c USING (report_id) LEFT JOIN lost l USING (report_id)
)
SELECT report_id, state,
       CASE state WHEN 'known' THEN value WHEN 'fault' THEN 0 END::DECIMAL(18, 6) AS value,
       CASE state WHEN 'known' THEN lenient WHEN 'fault' THEN 0 END::DECIMAL(18, 6) AS lenient,
       CASE state WHEN 'known' THEN value ELSE 0 END::DECIMAL(18, 6) AS low,
       CASE state WHEN 'fault' THEN 0 ELSE value END::DECIMAL(18, 6) AS high,
       sections AS assessed,
       array_to_string(list_filter([CASE WHEN state = 'open' THEN CASE WHEN lost THEN 'not assessed: the tables were not found whole' ELSE 'not assessed: no section was read' END END,
           detail, CASE WHEN empty THEN 'section 五 has less than 20 characters' END], lambda s: s IS NOT NULL), '; ') AS detail
FROM judged
ORDER BY report_id
