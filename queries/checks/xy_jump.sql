-- rule:     XY-JUMP
-- title:    Requests change as usual
-- title_zh: 申请数变化合乎常情
-- question: Is the change of 本年新收 within what is usual for the agency?
-- question_zh: 本年新收的变化是否在该机关通常的范围内？
-- basis:    plausibility; a real event or another scope may be the reason
-- since:    2020
-- severity: I
-- left:     本年新收
-- left_zh:  本年新收
-- right:    本年新收 of last year
-- right_zh: 上年的本年新收

-- Usual is: within three robust standard deviations of the agency's median
-- change, or by less than 10 requests. It takes four changes to know.
WITH change AS (
    SELECT y.*, coalesce(s.series, r.agency_key) AS series, r.scope, ln((this_value + 1)::DOUBLE) - ln((prior_value + 1)::DOUBLE) AS ratio
    FROM year_rows('requests', 'new_received', 'new_received') y
    JOIN report r USING (report_id)
    LEFT JOIN agency_series s USING (agency_key)
    WHERE column_id = 'total' AND this_value >= 0 AND prior_value >= 0
), centre AS (
    SELECT *, median(ratio) OVER agency AS middle, count(*) OVER agency AS changes
    FROM change
    WINDOW agency AS (PARTITION BY series, scope)
), spread AS (
    SELECT *, median(abs(ratio - middle)) OVER (PARTITION BY series, scope) AS deviation FROM centre
)
SELECT report_id, prior_report_id AS other_report_id, table_id, row_id, column_id, this_value AS left_value, prior_value AS right_value,
       this_cell AS left_cells, prior_cell AS right_cells,
       verdict(usual) AS strict, verdict(usual) AS lenient
FROM (SELECT *, CASE WHEN abs(this_value - prior_value) < 10 THEN true
                     WHEN changes >= 4 THEN abs(ratio - middle) <= 3 * greatest(1.4826 * deviation, 0.1) END AS usual FROM spread)
