-- title:    An agency beside its peers
-- title_zh: 机关与同类比较
-- question: How does an agency stand beside the median of agencies of its level, kind, scope and year?
-- question_zh: 某机关与同层级、同类、同范围、同年度机关的中位数相比如何？
-- basis:    domain reference 4.2 B, 4.3 and 4.4
-- read:     Within low_quarter and high_quarter is usual, and outside it is a question, not an answer. For an agency with few cases (n) the value is chance: trend outcome gives its interval. There is no national list: a median of fewer peers than fewest_peers is not given.
-- param agency: — agency_key or name; empty for all agencies
-- param year: — fiscal year; empty for all
-- param fewest: 10 — give no rate on fewer cases than this, neither for the agency nor among its peers
-- param fewest_peers: 5 — give no median of fewer other agencies than this
-- column agency: the agency
-- column scope: whose figures
-- column year: fiscal year
-- column measure: received (本年新收), disclosed, not_held, refused (shares of what was answered), carried_out (share of what was open)
-- column x: cases counted
-- column n: cases they are a part of; null for received
-- column value: x, or x / n; null if not known, contradictory or n is too small
-- column peers: other agencies of the group with a value
-- column low_quarter: a quarter of the peers is below
-- column median: half of them is
-- column high_quarter: three quarters are

-- The agency itself is not among its peers. Registered agencies only: without
-- level and kind there are no peers.
WITH totals AS (
    SELECT report_id, max(value) FILTER (row_id = 'new_received') AS received, max(value) FILTER (row_id = 'processed_total') AS processed,
           max(value) FILTER (row_id = 'granted') + max(value) FILTER (row_id = 'partly_granted') AS disclosed,
           max(value) FILTER (row_id = 'unable_not_held') AS not_held, max(value) FILTER (row_id = 'carried_out') AS carried_out,
           max(value) FILTER (row_id = 'new_received') + max(value) FILTER (row_id = 'carried_in') AS open
    FROM v_total WHERE table_id = 'requests' GROUP BY report_id
), measured AS (
    SELECT r.agency_key, r.agency, r.level, r.type, r.scope, r.year, m.name AS measure, m.x, m.n,
           CASE WHEN m.name = 'received' THEN m.x WHEN m.x <= m.n AND m.n > 0 AND m.n >= TRY_CAST($fewest AS INTEGER) THEN m.x / m.n END::DECIMAL(18, 4) AS value
    FROM totals t
    LEFT JOIN (SELECT report_id, value AS refused FROM v_outcome WHERE outcome = 'refused') o USING (report_id)
    JOIN v_current_report r USING (report_id),
    unnest([{'name': 'received', 'x': received, 'n': NULL}, {'name': 'disclosed', 'x': disclosed, 'n': processed},
            {'name': 'not_held', 'x': not_held, 'n': processed}, {'name': 'refused', 'x': refused, 'n': processed},
            {'name': 'carried_out', 'x': carried_out, 'n': open}]) AS u(m)
    WHERE r.year IS NOT NULL AND r.level IS NOT NULL AND r.type <> 'public_service'
), asked AS (
    FROM measured
    WHERE ($agency = '' OR agency_key = $agency OR agency = $agency) AND ($year = '' OR year = TRY_CAST($year AS INTEGER))
)
SELECT a.agency, a.scope, a.year, a.measure, a.x::BIGINT AS x, a.n::BIGINT AS n, a.value, count(p.value) AS peers,
       CASE WHEN peers >= TRY_CAST($fewest_peers AS INTEGER) THEN quantile_cont(p.value, 0.25) END::DECIMAL(18, 4) AS low_quarter,
       CASE WHEN peers >= TRY_CAST($fewest_peers AS INTEGER) THEN median(p.value) END::DECIMAL(18, 4) AS median,
       CASE WHEN peers >= TRY_CAST($fewest_peers AS INTEGER) THEN quantile_cont(p.value, 0.75) END::DECIMAL(18, 4) AS high_quarter
FROM asked a
LEFT JOIN measured p ON p.level = a.level AND p.type = a.type AND p.scope = a.scope AND p.year = a.year AND p.measure = a.measure AND p.agency_key <> a.agency_key
GROUP BY a.agency_key, a.agency, a.scope, a.year, a.measure, a.x, a.n, a.value
ORDER BY a.agency, a.agency_key, a.scope, a.year, a.measure
