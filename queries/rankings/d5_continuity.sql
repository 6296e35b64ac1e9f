-- title:    D5 Continuity
-- title_zh: 年度衔接
-- question: Do the figures follow from those of the year before?
-- question_zh: 数字是否与上年衔接？
-- basis:    rows 二 and 四 of table 三, table 二 of the form of 2021; rules XY-CARRY, XY-NORMDOC, XY-CARRY-COL; domain reference 4.2
-- weight:   15
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column value: 0.6 for the requests carried over, 0.3 for the normative documents in force (half of it if they do not follow), 0.1 for the share of applicants carried over, over those that can be tested; null if none can
-- column strict: the same, but a comparison with a blank is not made
-- column assessed: comparisons that could be made
-- column detail: what does not follow, and by how much

-- A comparison that fails on figures read with doubt, or with a recorded
-- excuse, is left out. One with an ambiguous year is not made (v_year_pair).
WITH pairs AS (
    FROM v_year_pair WHERE year = TRY_CAST($year AS INTEGER) AND NOT ambiguous
), documents AS (
    SELECT report_id, any_value(form)::VARCHAR AS form, count(value) AS figures, count(lenient) AS known
    FROM v_figure WHERE table_id = 'proactive'::table_code AND row_id = 'normative_document'::row_code AND column_id IN ('issued'::column_code, 'repealed'::column_code, 'in_force'::column_code)
    GROUP BY report_id
), tested AS (
    SELECT report_id, CASE WHEN column_id = 'total' THEN 'XY-CARRY' ELSE 'XY-CARRY-COL' END AS rule, column_id::VARCHAR AS column_id,
           this_strict IS NOT NULL AND prior_strict IS NOT NULL AS strict
    FROM year_rows('requests', 'carried_in', 'carried_out') SEMI JOIN pairs USING (report_id)
    WHERE this_value IS NOT NULL AND prior_value IS NOT NULL
    UNION ALL
    SELECT p.report_id, 'XY-NORMDOC', 'in_force', t.figures = 3 AND f.value IS NOT NULL
    FROM pairs p
    JOIN documents t ON t.report_id = p.report_id AND t.form = '2021' AND t.known = 3
    JOIN v_figure f ON f.report_id = p.prior_report_id AND f.table_id = 'proactive'::table_code AND f.row_id = 'normative_document'::row_code AND f.column_id = 'in_force'::column_code
        AND f.form = '2021' AND f.lenient IS NOT NULL
    WHERE p.year >= 2022
), judged AS (
    SELECT t.*, f.report_id IS NOT NULL AS failed, f.strict = 'FAIL' AS failed_strict, f.left_value, f.right_value
    FROM tested t
    LEFT JOIN finding f ON f.report_id = t.report_id AND f.rule = t.rule AND f.column_id = t.column_id
    WHERE f.report_id IS NULL OR f.outcome = 'FAIL' AND f.status = 'disputed'
), terms AS (
    SELECT report_id, rule,
           CASE rule WHEN 'XY-CARRY' THEN 0.6 WHEN 'XY-NORMDOC' THEN 0.3 ELSE 0.1 END AS weight,
           CASE rule WHEN 'XY-NORMDOC' THEN 0.5 ELSE 1 END AS cost,
           count(*) AS n, count(*) FILTER (failed) AS failures,
           count(*) FILTER (strict) AS strict_n, count(*) FILTER (strict AND failed_strict) AS strict_failures
    FROM judged GROUP BY report_id, rule
), values AS (
    SELECT report_id,
           sum((weight * (1 - cost * failures / n))::DECIMAL(18, 9)) / sum(weight) AS value,
           sum((weight * (1 - cost * strict_failures / nullif(strict_n, 0)))::DECIMAL(18, 9)) FILTER (strict_n > 0) / sum(weight) FILTER (strict_n > 0) AS strict,
           sum(n) AS assessed
    FROM terms GROUP BY report_id
), told AS (
    SELECT report_id, string_agg(rule || ' ' || column_id || ': ' || left_value::BIGINT || ' for ' || right_value::BIGINT, '; ' ORDER BY rule, column_id) AS detail
    FROM judged WHERE failed GROUP BY report_id
)
SELECT r.report_id, v.value::DECIMAL(18, 6) AS value, v.strict::DECIMAL(18, 6) AS strict, coalesce(v.assessed, 0)::BIGINT AS assessed,
       CASE WHEN v.value IS NULL THEN 'not assessed: no report of the year before to compare with' ELSE coalesce(t.detail, '') END AS detail
FROM report r
LEFT JOIN values v USING (report_id)
LEFT JOIN told t USING (report_id)
WHERE r.is_current AND r.year = TRY_CAST($year AS INTEGER)
ORDER BY r.report_id
