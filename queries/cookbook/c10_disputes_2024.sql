-- title:    Disputes before and after the 行政复议法 of 2023
-- title_zh: 2023年行政复议法前后的争议
-- question: How many disputes come on 100 requests answered, and what changed when refusals had to go to 复议 first?
-- question_zh: 每百件答复有多少件复议诉讼，复议前置之后有何变化？
-- basis:    行政复议法 of 2023, in force 2024-01-01; domain reference 4.2 B (L1), 2.6 and 4.4
-- read:     Do not draw one line across a break. Compare rate and matched_rate with matched_before: only these are of the same agencies. The fall of direct suits in 2024 is the law at work, not peace; a case may concern a request of an earlier year, so per_100 may exceed 100.
-- column scope: whose figures
-- column year: fiscal year
-- column reports: reports in which all figures are known
-- column reconsideration: 行政复议 in all
-- column direct: 未经复议直接起诉 in all
-- column processed: （七）总计
-- column per_100: reconsideration and direct suits on 100 requests answered; null if none was
-- column low: lower end of the 95 % interval (score interval of a Poisson count)
-- column high: upper end of it
-- column direct_share: share of disputes that went to a court directly; null if there were none
-- column matched: agencies known in this year and the one before
-- column matched_before: per_100 of these in the year before
-- column matched_rate: per_100 of these in this year
-- column break_before: what changed between the year before and this one

-- 复议后起诉 is not added: the same dispute would count twice. v_year_pair follows
-- renames and leaves out years in which an agency was merged or split.
WITH figures AS (
    SELECT report_id,
           max(value) FILTER (row_id = 'processed_total') AS processed,
           max(value) FILTER (row_id = 'reconsideration') AS reconsideration,
           max(value) FILTER (row_id = 'suit_direct') AS direct
    FROM v_total
    WHERE row_id IN ('processed_total', 'reconsideration', 'suit_direct')
    GROUP BY report_id HAVING count(value) = 3
), known AS (
    SELECT r.report_id, r.scope, r.year, f.processed, f.reconsideration, f.direct, f.reconsideration + f.direct AS disputes
    FROM figures f JOIN v_current_report r USING (report_id)
    WHERE r.year IS NOT NULL
), paired AS (
    SELECT t.*, p.processed AS processed_before, p.disputes AS disputes_before
    FROM known t
    LEFT JOIN v_year_pair y ON y.report_id = t.report_id AND NOT y.ambiguous
    LEFT JOIN known p ON p.report_id = y.prior_report_id
), pooled AS (
    SELECT scope, year, count(*) AS reports, sum(reconsideration)::BIGINT AS reconsideration, sum(direct)::BIGINT AS direct, sum(processed)::BIGINT AS processed,
           sum(disputes)::DOUBLE AS x, nullif(sum(processed), 0)::DOUBLE AS n, 1.96::DOUBLE AS z, count(processed_before) AS matched,
           sum(disputes_before) / nullif(sum(processed_before), 0) AS matched_before,
           sum(disputes) FILTER (processed_before IS NOT NULL) / nullif(sum(processed) FILTER (processed_before IS NOT NULL), 0) AS matched_rate
    FROM paired
    GROUP BY scope, year
)
SELECT scope, year, reports, reconsideration, direct, processed, (100 * x / n)::DECIMAL(18, 2) AS per_100,
       (100 * (x + z * z / 2 - z * sqrt(x + z * z / 4)) / n)::DECIMAL(18, 2) AS low,
       (100 * (x + z * z / 2 + z * sqrt(x + z * z / 4)) / n)::DECIMAL(18, 2) AS high,
       (direct / nullif(x, 0))::DECIMAL(18, 4) AS direct_share,
       matched, (100 * matched_before)::DECIMAL(18, 2) AS matched_before, (100 * matched_rate)::DECIMAL(18, 2) AS matched_rate,
       CASE year WHEN 2021 THEN 'the form of 2021' WHEN 2024 THEN '行政复议法: refusals go to 复议 before a court' END AS break_before
FROM pooled
ORDER BY scope, year
