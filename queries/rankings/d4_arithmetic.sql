-- title:    D4 Arithmetic
-- title_zh: 勾稽关系
-- question: Do tables 三 and 四 satisfy the identities that the form has by construction?
-- question_zh: 表三、表四是否满足格式本身的等式？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号; rules T3-BAL, T3-SUM, T3-ROW, T4-SUM and those of sign; domain reference 4.2
-- weight:   25
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column value: 1 - points / 10, at least 0: 3 for T3-BAL of the column 总计, 2 for its T3-SUM and for T4-SUM, 1 otherwise; null if less than 80 % of the identities can be tested
-- column strict: the same, but an identity with a blank in it is not tested
-- column flat: with 1 for every failure
-- column steep: with 4, 2 and 1
-- column strict_flat: strict and flat
-- column strict_steep: strict and steep
-- column assessed: identities that could be tested
-- column informative: false if every cell is 0, so that nothing could be wrong
-- column detail: the identities that fail, and by how much

-- Only findings that rest on figures read without doubt count. One wrong figure
-- breaks the identity of its row and those of its column by the same amount: in
-- each report and amount, rows beyond the number of columns count alone. Where
-- two slips are equal in size this is in the agency's favour.
WITH asked AS (
    SELECT report_id FROM report WHERE is_current AND year = TRY_CAST($year AS INTEGER)
), failed AS (
    SELECT f.report_id, f.rule, f.row_id, f.column_id, f.strict = 'FAIL' AS strict, abs(f.left_value - f.right_value) AS amount,
           f.rule = 'T3-ROW' AS is_row,
           CASE WHEN f.rule = 'T3-ROW' THEN f.row_id
                WHEN f.rule IN ('T3-BAL', 'T3-SUM') THEN f.column_id
                ELSE f.rule || ' ' || coalesce(f.row_id, '') || ' ' || coalesce(f.column_id, '') END AS place,
           CASE WHEN f.rule = 'T3-BAL' AND f.column_id = 'total' THEN 3
                WHEN f.rule = 'T3-SUM' AND f.column_id = 'total' OR f.rule = 'T4-SUM' THEN 2 ELSE 1 END AS points
    FROM finding f SEMI JOIN asked USING (report_id)
    WHERE f.rule IN ('T3-BAL', 'T3-SUM', 'T3-ROW', 'T4-SUM', 'T3-NEG', 'T3-INT', 'T4-NEG', 'T4-INT', 'T2-NEG', 'T2-INT')
        AND f.outcome = 'FAIL' AND f.status = 'disputed'
), places AS (
    SELECT report_id, amount, is_row, place, max(points) AS points, max(points) FILTER (strict) AS strict_points
    FROM failed GROUP BY ALL
), slips AS (
    SELECT report_id, amount,
           coalesce(sum(points) FILTER (NOT is_row), 0) + greatest(0, count(*) FILTER (is_row) - count(*) FILTER (NOT is_row)) AS points,
           count(*) FILTER (NOT is_row) + greatest(0, count(*) FILTER (is_row) - count(*) FILTER (NOT is_row)) AS flat,
           coalesce(sum(CASE points WHEN 3 THEN 4 ELSE points END) FILTER (NOT is_row), 0)
               + greatest(0, count(*) FILTER (is_row) - count(*) FILTER (NOT is_row)) AS steep,
           coalesce(sum(strict_points) FILTER (NOT is_row), 0)
               + greatest(0, count(strict_points) FILTER (is_row) - count(strict_points) FILTER (NOT is_row)) AS strict,
           count(strict_points) FILTER (NOT is_row) + greatest(0, count(strict_points) FILTER (is_row) - count(strict_points) FILTER (NOT is_row)) AS strict_flat,
           coalesce(sum(CASE strict_points WHEN 3 THEN 4 ELSE strict_points END) FILTER (NOT is_row), 0)
               + greatest(0, count(strict_points) FILTER (is_row) - count(strict_points) FILTER (NOT is_row)) AS strict_steep
    FROM places GROUP BY report_id, amount
), sums AS (
    SELECT report_id, sum(points) AS points, sum(flat) AS flat, sum(steep) AS steep, sum(strict) AS strict, sum(strict_flat) AS strict_flat, sum(strict_steep) AS strict_steep
    FROM slips GROUP BY report_id
), exposure AS (
    SELECT s.report_id,
           count(*) FILTER (s.left_known + s.right_known = e.terms AND s.left_figures > 0 AND s.right_figures > 0) AS lenient,
           count(*) FILTER (s.left_figures + s.right_figures = e.terms) AS strict
    FROM equation_sum s SEMI JOIN asked USING (report_id)
    JOIN (SELECT equation_id, table_id, len(left_cells) + len(right_cells) AS terms FROM equation) e USING (equation_id)
    WHERE e.table_id IN ('requests', 'disputes')
    GROUP BY s.report_id
), identities AS (
    SELECT t.report_id, count(*) AS n
    FROM report_table t SEMI JOIN asked USING (report_id)
    JOIN equation e USING (form, table_id)
    WHERE t.table_id IN ('requests', 'disputes')
    GROUP BY t.report_id
), zero AS (
    SELECT report_id, sum(nonzero) > 0 AS informative
    FROM report_table SEMI JOIN asked USING (report_id)
    WHERE table_id IN ('requests', 'disputes')
    GROUP BY report_id
), told AS (
    SELECT report_id, string_agg(rule || coalesce(' ' || row_id, '') || coalesce(' ' || column_id, '') || coalesce(' ±' || amount::BIGINT, ''), '; '
                                 ORDER BY rule, row_id, column_id, amount) AS detail
    FROM failed GROUP BY report_id
)
SELECT a.report_id,
       CASE WHEN e.lenient >= 0.8 * i.n THEN greatest(0, 1 - coalesce(s.points, 0) / 10) END::DECIMAL(18, 6) AS value,
       CASE WHEN e.strict >= 0.8 * i.n THEN greatest(0, 1 - coalesce(s.strict, 0) / 10) END::DECIMAL(18, 6) AS strict,
       CASE WHEN e.lenient >= 0.8 * i.n THEN greatest(0, 1 - coalesce(s.flat, 0) / 10) END::DECIMAL(18, 6) AS flat,
       CASE WHEN e.lenient >= 0.8 * i.n THEN greatest(0, 1 - coalesce(s.steep, 0) / 10) END::DECIMAL(18, 6) AS steep,
       CASE WHEN e.strict >= 0.8 * i.n THEN greatest(0, 1 - coalesce(s.strict_flat, 0) / 10) END::DECIMAL(18, 6) AS strict_flat,
       CASE WHEN e.strict >= 0.8 * i.n THEN greatest(0, 1 - coalesce(s.strict_steep, 0) / 10) END::DECIMAL(18, 6) AS strict_steep,
       coalesce(e.lenient, 0) AS assessed, coalesce(z.informative, false) AS informative,
       concat_ws('; ', CASE WHEN i.n IS NULL THEN 'not assessed: neither table was found'
                            WHEN coalesce(e.lenient, 0) < 0.8 * i.n THEN 'not assessed: ' || coalesce(e.lenient, 0) || ' of ' || i.n || ' identities could be tested' END, t.detail) AS detail
FROM asked a
LEFT JOIN exposure e USING (report_id)
LEFT JOIN identities i USING (report_id)
LEFT JOIN sums s USING (report_id)
LEFT JOIN zero z USING (report_id)
LEFT JOIN told t USING (report_id)
ORDER BY a.report_id
