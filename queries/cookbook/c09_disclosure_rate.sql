-- title:    Disclosure rate by level and year
-- title_zh: 各层级各年度公开率
-- question: What share of the requests answered was granted in whole or in part, by level of government and year, and how sure is it?
-- question_zh: 已答复申请中全部或部分公开的占多少（按层级、年度），有多大把握？
-- basis:    domain reference 4.2 B (O2), 4.3 and 4.4; Wilson 1927
-- read:     Compare levels of one scope and year only, and look at low and high before at share. The interval knows chance alone: one applicant with many requests makes it too narrow. A higher share is not more openness: the mix of requests decides it.
-- param fewest: 10 — give no rate on fewer cases than this; disclosed and processed are given all the same
-- column level: level of the agencies; null if not registered
-- column scope: whose figures
-- column year: fiscal year
-- column reports: reports
-- column used: of which both figures are known and agree
-- column contradictory: of which more was granted than answered; left out
-- column doubtful: of those used, how many have a figure not read without doubt
-- column disclosed: 予以公开 and 部分公开
-- column processed: （七）总计
-- column share: disclosed / processed; null if nothing or too little was answered
-- column low: lower end of the 95 % interval of Wilson
-- column high: upper end of it

-- Consolidated figures contain those of departments: scopes are never added.
-- NULL is unknown, not 0: such a report is in neither figure. No requests give no
-- rate, neither 0 % nor 100 %.
WITH totals AS (
    SELECT t.report_id,
           max(t.value) FILTER (t.row_id = 'granted') + max(t.value) FILTER (t.row_id = 'partly_granted') AS disclosed,
           max(t.value) FILTER (t.row_id = 'processed_total') AS processed,
           bool_or(NOT certain(f.status)) AS doubtful
    FROM v_total t
    JOIN v_figure f ON f.report_id = t.report_id AND f.table_id = t.table_id AND f.row_id = t.row_id AND f.column_id = 'total'
    WHERE t.table_id = 'requests' AND t.row_id IN ('granted', 'partly_granted', 'processed_total')
    GROUP BY t.report_id
), pooled AS (
    SELECT r.level, r.scope, r.year, count(*) AS reports, count(*) FILTER (disclosed <= processed) AS used,
           count(*) FILTER (disclosed > processed) AS contradictory, count(*) FILTER (disclosed <= processed AND doubtful) AS doubtful,
           coalesce(sum(disclosed) FILTER (disclosed <= processed), 0)::BIGINT AS disclosed,
           coalesce(sum(processed) FILTER (disclosed <= processed), 0)::BIGINT AS processed
    FROM totals JOIN v_current_report r USING (report_id)
    WHERE r.year IS NOT NULL
    GROUP BY r.level, r.scope, r.year
), rated AS (
    SELECT *, CASE WHEN processed > 0 AND processed >= TRY_CAST($fewest AS INTEGER) THEN processed END::DOUBLE AS n, disclosed / n AS p, 1.96::DOUBLE AS z
    FROM pooled
)
SELECT level, scope, year, reports, used, contradictory, doubtful, disclosed, processed, p::DECIMAL(18, 4) AS share,
       ((p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n))::DECIMAL(18, 4) AS low,
       ((p + z * z / (2 * n) + z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n))::DECIMAL(18, 4) AS high
FROM rated
ORDER BY level, scope, year
