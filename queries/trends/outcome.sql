-- title:    Outcome panel: how requests and disputes ended
-- title_zh: 结果面板：申请和争议如何了结
-- question: What share of requests was granted, refused, carried over or disputed, how sure is it, and what is it beside the agency's peers?
-- question_zh: 公开、拒绝、结转、争议各占多少，有多大把握，与同类相比如何？
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
-- column doubtful: true if a figure that x or n is made of was not read without doubt, or is not there
-- column break_before: what changed between the year before and this one; do not compare across it
-- column report_id: the report

-- Not merit: the mix of requests decides most of these rates (domain 4.4).
-- Tables 三 and 四 exist since FY2019. Sums over agencies are exact decimals:
-- floats would depend on the order in which threads add them.
WITH term(metric, side, measures) AS (VALUES
    ('O1', 'x', ['granted']), ('O1', 'n', ['requests_processed']),
    ('O2', 'x', ['granted', 'partly_granted']), ('O2', 'n', ['requests_processed']),
    ('O3', 'x', ['granted', 'partly_granted']), ('O3', 'n', ['granted', 'partly_granted', 'denied']),
    ('O4', 'x', ['not_held']), ('O4', 'n', ['requests_processed']),
    ('O5', 'x', ['refused']), ('O5', 'n', ['requests_processed']),
    ('O6', 'x', ['requests_processed']), ('O6', 'n', ['requests_received', 'requests_carried_in']),
    ('O7', 'x', ['requests_carried_out']), ('O7', 'n', ['requests_received', 'requests_carried_in']),
    ('L1', 'x', ['reconsideration', 'suit_direct']), ('L1', 'n', ['requests_processed']),
    ('L2', 'x', ['reconsideration_corrected']), ('L2', 'n', ['reconsideration_upheld', 'reconsideration_corrected', 'reconsideration_other']),
    ('L3', 'x', ['suit_corrected']), ('L3', 'n', ['suit_upheld', 'suit_corrected', 'suit_other']),
    ('V1', 'x', ['requests_received'])
), part AS (
    SELECT metric, side = 'x' AS of_x, len(measures) AS parts, unnest(measures)::measure_code AS measure
    FROM term WHERE $metric = '' OR metric = $metric
), asked AS (
    SELECT report_id, agency_key, agency, level, type, scope, year FROM v_registered_report
    SEMI JOIN (FROM report_table WHERE table_id IN ('requests', 'disputes') AND cells > 0) USING (report_id)
    WHERE year IS NOT NULL AND ($year = '' OR year = TRY_CAST($year AS INTEGER))
), sums AS (
    SELECT report_id, metric,
           CASE WHEN count(value) FILTER (of_x) = max(parts) FILTER (of_x) THEN sum(value) FILTER (of_x) END::DOUBLE AS x,
           CASE WHEN count(value) FILTER (NOT of_x) = max(parts) FILTER (NOT of_x) THEN sum(value) FILTER (NOT of_x) END::DOUBLE AS n,
           bool_or(doubtful) AS doubtful
    FROM measured SEMI JOIN asked USING (report_id) JOIN part USING (measure)
    SEMI JOIN (FROM form_table WHERE table_id = 'requests') USING (form)
    GROUP BY report_id, metric
), counts AS (
    SELECT asked.*, metric, s.x, s.n, coalesce(s.doubtful, true) AS doubtful
    FROM asked CROSS JOIN (SELECT DISTINCT metric FROM part) LEFT JOIN sums s USING (report_id, metric)
), panel AS (
    SELECT *,
           CASE WHEN metric = 'V1' THEN CASE WHEN x IS NULL THEN 'unknown' ELSE 'count' END
                WHEN x IS NULL OR n IS NULL THEN 'unknown'
                WHEN n = 0 AND (x = 0 OR metric = 'L1') THEN 'none'
                WHEN x < 0 OR x > n AND metric <> 'L1' THEN 'contradiction'
                WHEN n < TRY_CAST($fewest AS INTEGER) THEN 'few'
                WHEN n < 30 THEN 'indicative' ELSE 'rate' END AS reading
    FROM counts
), usable AS (
    FROM panel WHERE metric NOT IN ('L1', 'V1') AND reading IN ('few', 'indicative', 'rate') AND type IS DISTINCT FROM 'public_service'
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
    SELECT u.*, CASE WHEN u.reading NOT IN ('few', 'indicative', 'rate') OR u.type IS NOT DISTINCT FROM 'public_service' THEN NULL WHEN kin.pool IS NOT NULL THEN kin WHEN tier.pool IS NOT NULL THEN tier ELSE whole END AS prior
    FROM panel u
    LEFT JOIN priors kin ON kin.pool = 'level and type' AND kin.metric = u.metric AND kin.scope = u.scope AND kin.year = u.year
        AND kin.level IS NOT DISTINCT FROM u.level AND kin.type IS NOT DISTINCT FROM u.type
    LEFT JOIN priors tier ON tier.pool = 'level' AND tier.metric = u.metric AND tier.scope = u.scope AND tier.year = u.year
        AND tier.level IS NOT DISTINCT FROM u.level
    LEFT JOIN priors whole ON whole.pool = 'all' AND whole.metric = u.metric AND whole.scope = u.scope AND whole.year = u.year
), rated AS (
    SELECT * EXCLUDE (prior), prior.p AS p, prior.strength AS strength, prior.pool AS pool, prior.k AS k FROM joined
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
       break_before(year, metric LIKE 'L%') AS break_before, report_id
FROM rated, (SELECT 1.96::DOUBLE AS z)
WHERE ($agency = '' OR agency_key = $agency OR agency = $agency)
ORDER BY agency_key, scope, year, metric, report_id
