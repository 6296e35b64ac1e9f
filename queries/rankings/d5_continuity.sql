-- title:    D5 Continuity
-- title_zh: 年度衔接
-- question: Do the figures follow from those of the year before?
-- question_zh: 数字是否与上年衔接？
-- basis:    rows 二 and 四 of table 三, table 二 of the form of 2021; rules XY-CARRY, XY-NORMDOC, XY-CARRY-COL; domain reference 4.2
-- weight:   15
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column state: known, open, or not_applicable: the first year of the form or of the agency, or its figures begin anew
-- column value: 0.6 for the requests carried over, 0.3 for the normative documents in force (half of it if they do not follow), 0.1 for the share of applicants carried over, over those that can be compared; a blank does not follow; null if open
-- column lenient: the same, but a blank is zero
-- column low: the least that it may be: what may not follow does not
-- column high: the most that it may be: what may follow does
-- column assessed: comparisons that could be made
-- column detail: what does not follow, and by how much

-- XY-CARRY is compared only with a report whose own balance holds: else the slip
-- may be that one's. Where applicants fail by an amount that D4 charges, that is the
-- same slip. A comparison that fails on figures read with doubt, or with a recorded
-- excuse, is left out. One with an
-- ambiguous year is not made (v_year_pair).
WITH asked AS (
    SELECT r.report_id, r.year, coalesce(s.series, r.agency_key) AS series, a.first_year
    FROM report r LEFT JOIN agency_series s USING (agency_key) LEFT JOIN agency a ON a.agency_id = r.agency_key
    WHERE r.is_current AND r.year = TRY_CAST($year AS INTEGER)
), pairs AS (
    FROM v_year_pair SEMI JOIN asked USING (report_id) WHERE NOT ambiguous
), broken AS (
    SELECT DISTINCT s.report_id
    FROM equation_sum s JOIN equation e USING (equation_id)
    WHERE e.table_id = 'requests' AND e.identity = 'balance' AND e.column_id = 'total' AND s.left_value IS DISTINCT FROM s.right_value
), documents AS (
    SELECT report_id, any_value(form)::VARCHAR AS form, count(value) AS figures, count(lenient) AS known, bool_or(state IN ('missing', 'unreadable')) AS lost
    FROM v_figure WHERE table_id = 'proactive'::table_code AND row_id = 'normative_document'::row_code AND column_id IN ('issued'::column_code, 'repealed'::column_code, 'in_force'::column_code)
    GROUP BY report_id
), tested AS (
    -- printed: this report has the figure; lost: we did not find its cell
    SELECT y.report_id, CASE WHEN y.column_id = 'total' THEN 'XY-CARRY' ELSE 'XY-CARRY-COL' END AS rule, y.column_id::VARCHAR AS column_id,
           y.this_strict IS NOT NULL AS printed, v.state IN ('missing', 'unreadable') AS lost
    FROM year_rows('requests', 'carried_in', 'carried_out') y SEMI JOIN pairs USING (report_id)
    JOIN v_figure v ON v.report_id = y.report_id AND v.table_id = y.table_id AND v.row_id = y.row_id AND v.column_id = y.column_id
    WHERE y.prior_value IS NOT NULL AND NOT (y.column_id = 'total' AND y.prior_report_id IN (SELECT report_id FROM broken))
    UNION ALL
    SELECT p.report_id, 'XY-NORMDOC', 'in_force', t.figures = 3, t.lost
    FROM pairs p
    JOIN documents t ON t.report_id = p.report_id AND t.form = '2021'
    JOIN v_figure f ON f.report_id = p.prior_report_id AND f.table_id = 'proactive'::table_code AND f.row_id = 'normative_document'::row_code AND f.column_id = 'in_force'::column_code
        AND f.form = '2021' AND f.lenient IS NOT NULL
    WHERE p.year >= 2022
), charged AS (
    -- what D4 charges about 上年结转: the same slip by the same amount; not where D4 is at its end
    SELECT report_id, column_id, abs(left_value - right_value) AS amount
    FROM finding WHERE rule = 'T3-BAL' AND outcome = 'FAIL' AND status = 'disputed' AND strict = 'FAIL' AND column_id <> 'total'
        AND report_id NOT IN (SELECT report_id FROM finding WHERE (starts_with(rule, 'T3-') OR starts_with(rule, 'T4-')) AND outcome = 'FAIL' AND status = 'disputed' AND report_id IS NOT NULL
                              GROUP BY report_id HAVING count(*) > 3)
), judged AS (
    SELECT t.*, f.report_id IS NOT NULL AS failed, f.left_value, f.right_value
    FROM tested t
    LEFT JOIN finding f ON f.report_id = t.report_id AND f.rule = t.rule AND f.column_id = t.column_id
    WHERE f.report_id IS NULL OR f.outcome = 'FAIL' AND f.status = 'disputed'
        AND NOT (t.rule = 'XY-CARRY-COL' AND EXISTS (FROM charged c WHERE c.report_id = t.report_id AND c.column_id = t.column_id AND c.amount = abs(f.left_value - f.right_value)))
), terms AS (
    SELECT report_id, rule,
           CASE rule WHEN 'XY-CARRY' THEN 0.6 WHEN 'XY-NORMDOC' THEN 0.3 ELSE 0.1 END AS weight,
           CASE rule WHEN 'XY-NORMDOC' THEN 0.5 ELSE 1 END AS cost, count(*) AS n,
           count(*) FILTER (failed OR NOT printed AND NOT lost) AS counted,
           count(*) FILTER (failed) AS lenient,
           count(*) FILTER (failed OR NOT printed) AS whatever
    FROM judged GROUP BY report_id, rule
), values AS (
    SELECT report_id,
           sum((weight * (1 - cost * counted / n))::DECIMAL(18, 9)) / sum(weight) AS value,
           sum((weight * (1 - cost * lenient / n))::DECIMAL(18, 9)) / sum(weight) AS lenient,
           sum((weight * (1 - cost * whatever / n))::DECIMAL(18, 9)) / sum(weight) AS low,
           sum(n) AS assessed
    FROM terms GROUP BY report_id
), told AS (
    SELECT report_id, string_agg(rule || ' ' || column_id || ': ' || left_value::BIGINT || ' for ' || right_value::BIGINT, '; ' ORDER BY rule, column_id) AS detail
    FROM judged WHERE failed GROUP BY report_id
), stated AS (
    SELECT a.report_id, v.*  EXCLUDE (report_id),
           CASE WHEN a.year <= 2019 OR a.first_year = a.year OR EXISTS (FROM v_anew n WHERE n.series = a.series AND n.year = a.year) THEN 'not_applicable'
                WHEN v.value IS NULL OR v.low < v.value THEN 'open' ELSE 'known' END AS state
    FROM asked a LEFT JOIN values v USING (report_id)
)
SELECT s.report_id, s.state, CASE WHEN state = 'known' THEN s.value END::DECIMAL(18, 6) AS value, CASE WHEN state = 'known' THEN s.lenient END::DECIMAL(18, 6) AS lenient,
       CASE WHEN state <> 'not_applicable' THEN coalesce(s.low, 0) END::DECIMAL(18, 6) AS low,
       CASE WHEN state <> 'not_applicable' THEN coalesce(s.value, 1) END::DECIMAL(18, 6) AS high,
       coalesce(s.assessed, 0)::BIGINT AS assessed,
       CASE WHEN state = 'not_applicable' THEN 'not applicable: there is no year before to follow from'
            WHEN s.value IS NULL THEN 'not assessed: no report of the year before to compare with'
            ELSE concat_ws('; ', CASE WHEN state = 'open' THEN 'not assessed: figures to compare were not found' END, t.detail) END AS detail
FROM stated s
LEFT JOIN told t USING (report_id)
ORDER BY s.report_id
