-- title:    Outcome panel: how requests and disputes ended
-- question: What share of requests was granted, refused, carried over or disputed, how sure is it, and what is it beside the agency's peers?
-- basis:    domain reference 4.2 B and 4.3; Wilson 1927; Kleinman 1973 (moments of the beta-binomial)
-- param metric: — O1-O7, L1-L3 or V1; empty for all
-- param agency: — agency_key or name; empty for all agencies
-- param year: — fiscal year; empty for all
-- param fewest: 10 — give no rate on fewer cases than this; x and n are given all the same
-- column agency_key: the agency
-- column agency: its name
-- column scope: whose figures; peers are of the same scope
-- column year: the fiscal year
-- column metric: O1 full grants, O2 disclosure, O3 disclosure of what could be decided, O4 not held, O5 refused, O6 clearance, O7 carried over, L1 disputes, L2 reconsideration corrected, L3 court corrected, V1 requests received
-- column x: cases counted
-- column n: cases they are a part of; null for V1
-- column value: x / n, of L1 per request and not bounded by 1, of V1 the count; null if n is 0 or too small, or the figures contradict each other
-- column low: lower end of the 95 % interval: Wilson, of L1 the score interval of a Poisson count
-- column high: upper end of it
-- column shrunk: (x + alpha) / (n + alpha + beta), drawn to the peers; null without a group of 20 agencies, for L1 and V1
-- column alpha: of the prior; null where all peers have one rate, which shrunk then is
-- column beta: of the prior
-- column peers: which group the prior is of: level and type, level, all; each of one year and scope
-- column peer_agencies: agencies with n > 0 in it
-- column reading: rate, indicative (n < 30), few (n below fewest), none (n = 0), unknown, contradiction (x > n)
-- column doubtful: true if a figure of the table was not read without doubt
-- column break_before: what changed between the year before and this one; do not compare across it
-- column report_id: the report

-- Not merit: the mix of requests decides most of these rates (domain 4.4).
-- Tables 三 and 四 exist since FY2019. Sums over agencies are exact decimals:
-- floats would depend on the order in which threads add them.
WITH asked AS (
    SELECT report_id FROM report WHERE is_current AND ($year = '' OR year = TRY_CAST($year AS INTEGER))
), figures AS (
    SELECT report_id, row_id::VARCHAR AS name, value FROM v_total SEMI JOIN asked USING (report_id) WHERE table_id = 'requests'
    UNION ALL SELECT report_id, outcome || '_sum', value FROM v_outcome SEMI JOIN asked USING (report_id)
    UNION ALL SELECT report_id, row_id || '_' || column_id, coalesce(lenient, parts) FROM v_figure SEMI JOIN asked USING (report_id) WHERE table_id = 'disputes'
), doubts AS (
    SELECT report_id,
           coalesce(bool_or(status NOT IN ('verified', 'disputed')) FILTER (table_id = 'requests'), true) AS requests,
           coalesce(bool_or(status NOT IN ('verified', 'disputed')) FILTER (table_id = 'disputes'), true) AS disputes
    FROM v_figure SEMI JOIN asked USING (report_id) WHERE table_id = 'disputes' OR table_id = 'requests' AND column_id = 'total'
    GROUP BY report_id
), wide AS (
    SELECT report_id,
           max(value) FILTER (name = 'new_received') AS received,
           max(value) FILTER (name = 'new_received') + max(value) FILTER (name = 'carried_in') AS open,
           max(value) FILTER (name = 'processed_total') AS processed,
           max(value) FILTER (name = 'carried_out') AS carried_out,
           max(value) FILTER (name = 'granted') AS granted,
           max(value) FILTER (name = 'partly_granted') AS partly,
           max(value) FILTER (name = 'denied_sum') AS denied,
           max(value) FILTER (name = 'refused_sum') AS refused,
           max(value) FILTER (name = 'unable_not_held') AS not_held,
           max(value) FILTER (name = 'reconsideration_total') + max(value) FILTER (name = 'suit_direct_total') AS disputes,
           max(value) FILTER (name = 'reconsideration_corrected') AS reconsideration_corrected,
           max(value) FILTER (name = 'reconsideration_upheld') + max(value) FILTER (name = 'reconsideration_corrected')
               + max(value) FILTER (name = 'reconsideration_other') AS reconsideration_decided,
           max(value) FILTER (name = 'suit_direct_corrected') + max(value) FILTER (name = 'suit_after_reconsideration_corrected') AS suit_corrected,
           max(value) FILTER (name = 'suit_direct_upheld') + max(value) FILTER (name = 'suit_direct_corrected') + max(value) FILTER (name = 'suit_direct_other')
               + max(value) FILTER (name = 'suit_after_reconsideration_upheld') + max(value) FILTER (name = 'suit_after_reconsideration_corrected')
               + max(value) FILTER (name = 'suit_after_reconsideration_other') AS suit_decided
    FROM figures GROUP BY report_id
), counts AS (
    SELECT w.report_id, m.metric, m.x::DOUBLE AS x, m.n::DOUBLE AS n, m.metric LIKE 'L%' AS legal
    FROM wide w, unnest([
        {'metric': 'O1', 'x': granted, 'n': processed},
        {'metric': 'O2', 'x': granted + partly, 'n': processed},
        {'metric': 'O3', 'x': granted + partly, 'n': granted + partly + denied},
        {'metric': 'O4', 'x': not_held, 'n': processed},
        {'metric': 'O5', 'x': refused, 'n': processed},
        {'metric': 'O6', 'x': processed, 'n': open},
        {'metric': 'O7', 'x': carried_out, 'n': open},
        {'metric': 'L1', 'x': disputes, 'n': processed},
        {'metric': 'L2', 'x': reconsideration_corrected, 'n': reconsideration_decided},
        {'metric': 'L3', 'x': suit_corrected, 'n': suit_decided},
        {'metric': 'V1', 'x': received, 'n': NULL}]) AS u(m)
), panel AS (
    SELECT r.agency_key, r.agency, r.level, r.type, r.scope, r.year, c.report_id, c.metric, c.x, c.n,
           CASE WHEN c.metric = 'V1' THEN CASE WHEN c.x IS NULL THEN 'unknown' ELSE 'count' END
                WHEN c.x IS NULL OR c.n IS NULL THEN 'unknown'
                WHEN c.n = 0 AND (c.x = 0 OR c.metric = 'L1') THEN 'none'
                WHEN c.x < 0 OR c.x > c.n AND c.metric <> 'L1' THEN 'contradiction'
                WHEN c.n < TRY_CAST($fewest AS INTEGER) THEN 'few'
                WHEN c.n < 30 THEN 'indicative' ELSE 'rate' END AS reading,
           d.requests OR c.legal AND d.disputes AS doubtful
    FROM counts c
    JOIN v_current_report r USING (report_id)
    JOIN doubts d USING (report_id)
    WHERE r.year IS NOT NULL
), usable AS (
    FROM panel WHERE metric NOT IN ('L1', 'V1') AND reading IN ('few', 'indicative', 'rate')
), pools AS (
    SELECT metric, scope, year, pool, level, type, count(*) AS k,
           sum(x::DECIMAL(18, 0)) AS xs, sum(n::DECIMAL(18, 0)) AS ns, sum((n * n)::DECIMAL(38, 0)) AS nn, sum((x * x / n)::DECIMAL(38, 12)) AS xxn
    FROM (
        SELECT *, 'level and type' AS pool FROM usable
        UNION ALL BY NAME SELECT * REPLACE (NULL AS type), 'level' AS pool FROM usable
        UNION ALL BY NAME SELECT * REPLACE (NULL AS type, NULL AS level), 'all' AS pool FROM usable)
    GROUP BY ALL
    HAVING count(*) >= 20
), moments AS (
    SELECT *, xs / ns AS p,
           -- Intraclass correlation: E[S] = p(1-p) ((k-1) + rho (N - sum n²/N - (k-1))), S = sum n (x/n - p)².
           CASE WHEN xs > 0 AND xs < ns AND ns - nn / ns > k - 1
                THEN ((xxn - xs * xs / ns) / (xs / ns * (1 - xs / ns)) - (k - 1)) / (ns - nn / ns - (k - 1)) END AS rho
    FROM (SELECT * REPLACE (xs::DOUBLE AS xs, ns::DOUBLE AS ns, nn::DOUBLE AS nn, xxn::DOUBLE AS xxn, k::DOUBLE AS k) FROM pools)
), priors AS (
    SELECT *, CASE WHEN rho > 0 THEN greatest(1 / rho - 1, 0) END AS strength FROM moments
), joined AS (
    SELECT u.*, p.p, p.strength, p.pool, p.k,
           row_number() OVER (PARTITION BY u.report_id, u.metric ORDER BY CASE p.pool WHEN 'level and type' THEN 1 WHEN 'level' THEN 2 ELSE 3 END) AS choice
    FROM panel u
    LEFT JOIN priors p ON p.metric = u.metric AND p.scope = u.scope AND p.year = u.year AND u.reading IN ('few', 'indicative', 'rate')
        AND (p.pool = 'all' OR p.level IS NOT DISTINCT FROM u.level) AND (p.pool <> 'level and type' OR p.type IS NOT DISTINCT FROM u.type)
)
SELECT agency_key, agency, scope, year, metric, x::BIGINT AS x, n::BIGINT AS n,
       CASE WHEN metric = 'V1' THEN x WHEN reading IN ('indicative', 'rate') THEN x / n END::DECIMAL(18, 6) AS value,
       CASE WHEN reading NOT IN ('indicative', 'rate') THEN NULL
            WHEN metric = 'L1' THEN (x + z * z / 2 - z * sqrt(x + z * z / 4)) / n
            ELSE (x / n + z * z / (2 * n) - z * sqrt(x / n * (1 - x / n) / n + z * z / (4 * n * n))) / (1 + z * z / n) END::DECIMAL(18, 6) AS low,
       CASE WHEN reading NOT IN ('indicative', 'rate') THEN NULL
            WHEN metric = 'L1' THEN (x + z * z / 2 + z * sqrt(x + z * z / 4)) / n
            ELSE (x / n + z * z / (2 * n) + z * sqrt(x / n * (1 - x / n) / n + z * z / (4 * n * n))) / (1 + z * z / n) END::DECIMAL(18, 6) AS high,
       CASE WHEN strength IS NULL THEN p ELSE (x + p * strength) / (n + strength) END::DECIMAL(18, 6) AS shrunk,
       (p * strength)::DECIMAL(18, 6) AS alpha, ((1 - p) * strength)::DECIMAL(18, 6) AS beta, pool AS peers, k::BIGINT AS peer_agencies,
       reading, doubtful,
       CASE WHEN year = 2019 THEN 'FY2019: the Regulation of 2019 and its form'
            WHEN year = 2021 THEN 'FY2021: the form of 2021'
            WHEN year = 2024 AND metric LIKE 'L%' THEN 'FY2024: 行政复议法 of 2023, refusals go to 复议 before a court' END AS break_before, report_id
FROM joined, (SELECT 1.96::DOUBLE AS z)
WHERE choice = 1 AND ($metric = '' OR metric = $metric) AND ($agency = '' OR agency_key = $agency OR agency = $agency)
ORDER BY agency_key, scope, year, metric, report_id
