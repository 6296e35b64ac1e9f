-- title:    D4 Arithmetic
-- title_zh: 勾稽关系
-- question: Do tables 三 and 四 satisfy the identities that the form has by construction?
-- question_zh: 表三、表四是否满足格式本身的等式？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号; rules T3-BAL, T3-SUM, T3-ROW, T4-SUM and those of sign; domain reference 4.2
-- weight:   25
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column state: known, fault (what is missing is not there, a person says), open, or not_applicable: the form has no identities
-- column value: 1 - points / 10, at least 0: 3 for T3-BAL of the column 总计, 2 for its T3-SUM and for T4-SUM, 1 otherwise; an identity with a blank in it does not hold; null if open
-- column flat: the same with 1 for every failure
-- column steep: the same with 4, 2 and 1
-- column lenient: as value, but a blank is zero
-- column lenient_flat: lenient and flat
-- column lenient_steep: lenient and steep
-- column low: the least that it may be: whatever fails or could not be tested counts
-- column high: the most that it may be: only failures beyond doubt count
-- column cap: true if T3-BAL or T3-SUM of the column 总计 or T4-SUM fails beyond doubt, or a blank hides whether it does
-- column assessed: identities that rest on figures read without doubt
-- column informative: false if every cell is 0, so that nothing could be wrong
-- column detail: the identities that fail, and by how much

-- The dimension is known if nine of ten identities rest on figures read without
-- doubt, and both tables were found whole. One slip is charged once: what fails by
-- one amount in T3-BAL and T3-SUM is charged at its dearest place, and rows that
-- fail by it only where no column does. Where two slips are equal in size this
-- is in the agency's favour. Where D5 charges 上年结转, the balance of the column
-- 总计 is the same slip. A blank costs what failures there would cost, so that
-- leaving out never beats erring.
WITH asked AS (
    SELECT r.report_id, r.year, EXISTS (FROM confirmation c WHERE c.document = r.document AND c.finding = 'FAULT' AND c.verdict = 'confirmed') AS fault
    FROM report r WHERE r.is_current AND r.year = TRY_CAST($year AS INTEGER)
), form_of AS (
    SELECT a.report_id, coalesce(max(t.form) FILTER (t.found), max(f.form)) AS form,
           count(DISTINCT t.table_id) FILTER (t.found) AS found, bool_or(t.nonzero > 0) AS informative
    FROM asked a LEFT JOIN (FROM report_table WHERE table_id IN ('requests', 'disputes')) t USING (report_id)
    LEFT JOIN form f ON a.year BETWEEN f.since AND coalesce(f.until, 9999)
    GROUP BY a.report_id
), priced AS (
    SELECT equation_id, form, len(left_cells) + len(right_cells) AS terms,
           CASE WHEN table_id = 'requests' AND identity = 'balance' AND column_id = 'total' THEN 3
                WHEN table_id = 'requests' AND identity = 'sum' AND column_id = 'total' OR table_id = 'disputes' THEN 2 ELSE 1 END AS points
    FROM equation WHERE table_id IN ('requests', 'disputes')
), doubtful AS (
    SELECT DISTINCT v.report_id, e.equation_id
    FROM v_figure v SEMI JOIN asked USING (report_id)
    JOIN equation_term e ON e.form = v.form AND e.table_id = v.table_id AND e.row_id = v.row_id AND e.column_id = v.column_id
    WHERE v.table_id IN ('requests', 'disputes') AND v.value IS NOT NULL AND NOT certain(v.status)
), absent AS (
    SELECT v.report_id, count(*) AS n
    FROM v_figure v SEMI JOIN asked USING (report_id)
    WHERE v.table_id IN ('requests', 'disputes') AND v.state IN ('missing', 'unreadable') GROUP BY v.report_id
), identities AS (
    SELECT o.report_id, o.found, o.informative, count(*) AS n,
           count(*) FILTER (s.left_figures + s.right_figures = p.terms AND d.equation_id IS NULL) AS trusted,
           -- what cannot be tested for a blank or a gap, and what it would cost
           coalesce(sum(p.points) FILTER (coalesce(s.left_figures + s.right_figures < p.terms, true)), 0) AS gaps,
           count(*) FILTER (coalesce(s.left_figures + s.right_figures < p.terms, true)) AS flat_gaps,
           coalesce(bool_or(p.points > 1 AND coalesce(s.left_figures + s.right_figures < p.terms, true)), false) AS grave_gaps,
           coalesce(sum(CASE p.points WHEN 3 THEN 4 ELSE p.points END) FILTER (coalesce(s.left_figures + s.right_figures < p.terms, true)), 0) AS steep_gaps
    FROM form_of o JOIN priced p USING (form)
    LEFT JOIN equation_sum s ON s.report_id = o.report_id AND s.equation_id = p.equation_id
    LEFT JOIN doubtful d ON d.report_id = o.report_id AND d.equation_id = p.equation_id
    GROUP BY o.report_id, o.found, o.informative
), broken AS (
    -- Last year's own balance does not hold: then its 结转 may be what is wrong.
    SELECT DISTINCT s.report_id
    FROM equation_sum s JOIN equation e USING (equation_id)
    WHERE e.table_id = 'requests' AND e.identity = 'balance' AND e.column_id = 'total' AND s.left_value IS DISTINCT FROM s.right_value
), carried AS (
    SELECT report_id, any_value(abs(left_value - right_value)) AS amount
    FROM finding ANTI JOIN broken b ON b.report_id = finding.other_report_id
    WHERE rule = 'XY-CARRY' AND outcome = 'FAIL' AND status = 'disputed' GROUP BY report_id
), all_failed AS (
    SELECT f.report_id, f.rule, f.row_id, f.column_id, f.strict = 'FAIL' AS strict, f.status = 'disputed' AS sure, abs(f.left_value - f.right_value) AS amount,
           f.rule = 'T3-ROW' AS is_row,
           CASE WHEN f.rule = 'T3-ROW' THEN f.row_id WHEN f.rule IN ('T3-BAL', 'T3-SUM') THEN 'column'
                ELSE f.rule || ' ' || coalesce(f.row_id, '') || ' ' || coalesce(f.column_id, '') END AS place,
           CASE WHEN f.rule = 'T3-BAL' AND f.column_id = 'total' THEN 3
                WHEN f.rule = 'T3-SUM' AND f.column_id = 'total' OR f.rule = 'T4-SUM' THEN 2 ELSE 1 END AS points
    FROM finding f SEMI JOIN asked USING (report_id)
    WHERE f.rule IN ('T3-BAL', 'T3-SUM', 'T3-ROW', 'T4-SUM', 'T3-NEG', 'T3-INT', 'T4-NEG', 'T4-INT', 'T2-NEG', 'T2-INT') AND f.outcome = 'FAIL'
), balance AS (
    SELECT report_id, any_value(amount) AS amount FROM all_failed WHERE rule = 'T3-BAL' AND column_id = 'total' GROUP BY report_id
), failed AS (
    SELECT f.* FROM all_failed f LEFT JOIN carried c USING (report_id) LEFT JOIN balance b USING (report_id)
    WHERE c.report_id IS NULL
       OR NOT (f.rule = 'T3-BAL' AND f.column_id = 'total' OR f.rule = 'T3-ROW' AND f.row_id = 'carried_in' AND f.amount = coalesce(b.amount, c.amount))
), readings AS (
    SELECT *, 'counted' AS reading FROM failed WHERE sure AND strict
    UNION ALL SELECT *, 'lenient' FROM failed WHERE sure
    UNION ALL SELECT *, 'all' FROM failed WHERE strict
), places AS (
    SELECT reading, report_id, amount, is_row, place, max(points) AS points FROM readings GROUP BY ALL
), slips AS (
    SELECT reading, report_id, amount,
           coalesce(sum(points) FILTER (NOT is_row), 0) AS columns,
           count(*) FILTER (NOT is_row) AS flat_columns,
           coalesce(sum(CASE points WHEN 3 THEN 4 ELSE points END) FILTER (NOT is_row), 0) AS steep_columns,
           greatest(0, count(*) FILTER (is_row) - count(*) FILTER (NOT is_row)) AS rows
    FROM places GROUP BY reading, report_id, amount
), sums AS (
    SELECT report_id,
           coalesce(sum(columns + rows) FILTER (reading = 'counted'), 0) AS counted,
           coalesce(sum(flat_columns + rows) FILTER (reading = 'counted'), 0) AS flat,
           coalesce(sum(steep_columns + rows) FILTER (reading = 'counted'), 0) AS steep,
           coalesce(sum(columns + rows) FILTER (reading = 'lenient'), 0) AS lenient,
           coalesce(sum(flat_columns + rows) FILTER (reading = 'lenient'), 0) AS lenient_flat,
           coalesce(sum(steep_columns + rows) FILTER (reading = 'lenient'), 0) AS lenient_steep,
           coalesce(sum(columns + rows) FILTER (reading = 'all'), 0) AS whatever
    FROM slips GROUP BY report_id
), told AS (
    SELECT report_id, string_agg(rule || coalesce(' ' || row_id, '') || coalesce(' ' || column_id, '') || coalesce(' ±' || amount::BIGINT, ''), '; '
                                 ORDER BY rule, row_id, column_id, amount) AS detail
    FROM all_failed WHERE sure GROUP BY report_id
), capped AS (
    SELECT DISTINCT report_id FROM all_failed WHERE sure AND strict AND (rule IN ('T3-BAL', 'T3-SUM') AND column_id = 'total' OR rule = 'T4-SUM')
), judged AS (
    SELECT a.report_id, a.fault, coalesce(i.n, 0) AS n, coalesce(i.trusted, 0) AS trusted, coalesce(i.found, 0) AS found, i.informative,
           coalesce(i.gaps, 0) AS gaps, coalesce(i.flat_gaps, 0) AS flat_gaps, coalesce(i.steep_gaps, 0) AS steep_gaps, coalesce(i.grave_gaps, false) AS grave_gaps,
           COLUMNS(s.* EXCLUDE (report_id)), coalesce(x.n, 0) AS absent,
           CASE WHEN i.n IS NULL THEN 'not_applicable' WHEN i.found = 2 AND absent = 0 AND i.trusted >= 0.9 * i.n THEN 'known'
                WHEN a.fault THEN 'fault' ELSE 'open' END AS state
    FROM asked a LEFT JOIN identities i USING (report_id) LEFT JOIN sums s USING (report_id) LEFT JOIN absent x USING (report_id)
), scored AS (
    SELECT report_id, state, n, trusted, found, informative, gaps, grave_gaps,
           greatest(0, 1 - (coalesce(counted, 0) + gaps) / 10) AS value,
           greatest(0, 1 - (coalesce(flat, 0) + flat_gaps) / 10) AS flat,
           greatest(0, 1 - (coalesce(steep, 0) + steep_gaps) / 10) AS steep,
           -- a table that is not there is no zero
           greatest(0, 1 - (coalesce(lenient, 0) + CASE WHEN state = 'fault' THEN gaps ELSE 0 END) / 10) AS lenient,
           greatest(0, 1 - (coalesce(lenient_flat, 0) + CASE WHEN state = 'fault' THEN flat_gaps ELSE 0 END) / 10) AS lenient_flat,
           greatest(0, 1 - (coalesce(lenient_steep, 0) + CASE WHEN state = 'fault' THEN steep_gaps ELSE 0 END) / 10) AS lenient_steep,
           greatest(0, 1 - (coalesce(whatever, 0) + gaps) / 10) AS low,
           greatest(0, 1 - coalesce(counted, 0) / 10) AS high
    FROM judged
)
SELECT s.report_id, s.state,
       CASE WHEN state IN ('known', 'fault') THEN value END::DECIMAL(18, 6) AS value,
       CASE WHEN state IN ('known', 'fault') THEN flat END::DECIMAL(18, 6) AS flat,
       CASE WHEN state IN ('known', 'fault') THEN steep END::DECIMAL(18, 6) AS steep,
       CASE WHEN state IN ('known', 'fault') THEN lenient END::DECIMAL(18, 6) AS lenient,
       CASE WHEN state IN ('known', 'fault') THEN lenient_flat END::DECIMAL(18, 6) AS lenient_flat,
       CASE WHEN state IN ('known', 'fault') THEN lenient_steep END::DECIMAL(18, 6) AS lenient_steep,
       CASE state WHEN 'open' THEN low WHEN 'not_applicable' THEN NULL ELSE value END::DECIMAL(18, 6) AS low,
       CASE state WHEN 'open' THEN high WHEN 'not_applicable' THEN NULL ELSE value END::DECIMAL(18, 6) AS high,
       c.report_id IS NOT NULL OR state IN ('known', 'fault') AND grave_gaps AS cap, trusted AS assessed, coalesce(informative, false) AS informative,
       concat_ws('; ', CASE WHEN state = 'not_applicable' THEN 'not applicable: the form has no identities'
                            WHEN found = 0 THEN 'not assessed: neither table was found'
                            WHEN state = 'open' THEN 'not assessed: ' || trusted || ' of ' || n || ' identities rest on figures read without doubt' END,
                       CASE WHEN gaps > 0 AND found > 0 THEN 'blanks leave identities open, ' || gaps || ' points' END, t.detail) AS detail
FROM scored s
LEFT JOIN capped c USING (report_id)
LEFT JOIN told t USING (report_id)
ORDER BY s.report_id
