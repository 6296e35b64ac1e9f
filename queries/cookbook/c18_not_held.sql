-- title:    Trend of 不掌握
-- title_zh: “不掌握”的趋势
-- question: What share of the requests answered ended with 本机关不掌握相关政府信息, and is it a few agencies or all?
-- question_zh: 答复为本机关不掌握相关政府信息的占多少，是少数机关还是普遍？
-- basis:    domain reference 4.2 B (O4), 4.3 and 4.4; Wilson 1927
-- read:     Follow matched_before to matched_share, not share to share: agencies come and go. If most_of is near 1 the trend is that of one agency. A rise is not evasion: people ask the wrong body, too.
-- param fewest: 10 — give the median only over agencies that answered at least this many
-- column scope: whose figures
-- column year: fiscal year
-- column reports: reports in which both figures are known and agree
-- column not_held: 本机关不掌握相关政府信息
-- column processed: （七）总计
-- column share: not_held / processed; null if nothing was answered
-- column low: lower end of the 95 % interval of Wilson
-- column high: upper end of it
-- column median_share: the share of the agency in the middle, of those that answered enough
-- column most_of: share of not_held that the agency with most of them has; null if there is none
-- column matched: agencies known in this year and the one before
-- column matched_before: share of these in the year before
-- column matched_share: share of these in this year
-- column break_before: what changed between the year before and this one

-- Before FY2019 the form has 信息不存在 and 不属于本行政机关 instead, which are not
-- the same and are not joined on. v_year_pair follows renames and leaves out
-- years in which an agency was merged or split.
WITH figures AS (
    SELECT report_id, max(value) FILTER (row_id = 'unable_not_held') AS x, max(value) FILTER (row_id = 'processed_total') AS n
    FROM v_total WHERE table_id = 'requests' AND row_id IN ('unable_not_held', 'processed_total')
    GROUP BY report_id HAVING x <= n
), known AS (
    SELECT r.report_id, r.scope, r.year, f.x, f.n FROM figures f JOIN v_current_report r USING (report_id) WHERE r.year IS NOT NULL
), paired AS (
    SELECT t.*, p.x AS x_before, p.n AS n_before
    FROM known t
    LEFT JOIN v_year_pair y ON y.report_id = t.report_id AND NOT y.ambiguous
    LEFT JOIN known p ON p.report_id = y.prior_report_id
), pooled AS (
    SELECT scope, year, count(*) AS reports, sum(x)::BIGINT AS not_held, sum(n)::BIGINT AS processed,
           nullif(sum(n), 0)::DOUBLE AS total, sum(x)::DOUBLE / total AS p, 1.96::DOUBLE AS z,
           median(x / n) FILTER (n > 0 AND n >= TRY_CAST($fewest AS INTEGER)) AS median_share, max(x) / nullif(sum(x), 0) AS most_of,
           count(n_before) AS matched, sum(x_before) / nullif(sum(n_before), 0) AS matched_before,
           sum(x) FILTER (n_before IS NOT NULL) / nullif(sum(n) FILTER (n_before IS NOT NULL), 0) AS matched_share
    FROM paired
    GROUP BY scope, year
)
SELECT scope, year, reports, not_held, processed, p::DECIMAL(18, 4) AS share,
       ((p + z * z / (2 * total) - z * sqrt(p * (1 - p) / total + z * z / (4 * total * total))) / (1 + z * z / total))::DECIMAL(18, 4) AS low,
       ((p + z * z / (2 * total) + z * sqrt(p * (1 - p) / total + z * z / (4 * total * total))) / (1 + z * z / total))::DECIMAL(18, 4) AS high,
       median_share::DECIMAL(18, 4) AS median_share, most_of::DECIMAL(18, 4) AS most_of,
       matched, matched_before::DECIMAL(18, 4) AS matched_before, matched_share::DECIMAL(18, 4) AS matched_share,
       CASE year WHEN 2021 THEN 'the form of 2021' END AS break_before
FROM pooled
ORDER BY scope, year
