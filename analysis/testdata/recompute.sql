-- The ranking a second time, by another program: from the table "value", one row
-- for each report and dimension, to what the index makes of it. It shares nothing
-- with the Go code: the constants below are copied from docs/domain.md, section 4.
-- Rounding to a millionth is part of the method: equal reports have equal scores.
CREATE TABLE report AS
SELECT agency_key, any_value(handled) AS handled, bool_or(counted) AS counted, bool_or(state = 'fault') AS at_fault, bool_or(cap) AS capped,
  sum(weight * value ORDER BY dimension) FILTER (state IN ('known', 'fault')) AS got,
  sum(weight) FILTER (state IN ('known', 'fault')) AS known,
  sum(weight) FILTER (state <> 'not_applicable') AS applies,
  sum(weight * low ORDER BY dimension) FILTER (state <> 'not_applicable') AS low,
  sum(weight * high ORDER BY dimension) FILTER (state <> 'not_applicable') AS high,
  sum(weight * value ORDER BY dimension) FILTER (state IN ('known', 'fault') AND dimension <> 4) AS got_without,
  sum(weight) FILTER (state IN ('known', 'fault') AND dimension <> 4) AS known_without,
  bool_or(state = 'open' AND dimension IN (2, 4)) AS needed_open
FROM value GROUP BY agency_key;

CREATE MACRO band_of(score) AS CASE WHEN score >= 90 THEN 'A' WHEN score >= 80 THEN 'B' WHEN score >= 70 THEN 'C' WHEN score >= 60 THEN 'D' ELSE 'E' END;
CREATE MACRO at_best(band, capped) AS CASE WHEN capped AND band < 'C' THEN 'C' ELSE band END;
CREATE MACRO range_of(best, worst) AS CASE WHEN best = worst THEN best ELSE best || '-' || worst END;

CREATE TABLE rated AS
SELECT *, range_of(band_of(most), band_of(least)) AS band,
  range_of(at_best(band_of(most), capped), at_best(band_of(least), capped)) AS capped_band,
  -- Who printed no requests has no stratum, unless a person confirmed that they are
  -- missing: then it stands with those of as many as it does print.
  coverage >= 0.80 AND NOT needed_open AND (counted OR at_fault) AS fit
FROM (
  SELECT agency_key, handled, counted, at_fault, capped, needed_open,
    coalesce(round(100 * got / known, 6), 0) AS score,
    coalesce(round(100 * got_without / known_without, 6), 0) AS score_without_d4,
    coalesce(round(100 * low / applies, 6), 0) AS least,
    coalesce(round(100 * high / applies, 6), 100) AS most,
    coalesce(known / applies, 0) AS coverage
  FROM report);

-- Strata: 0, 1-9, 10-99, 100 and more requests. From the smallest up, one of fewer
-- than 20 agencies takes in the next; the last, if it has fewer, joins that before.
CREATE TABLE part AS
SELECT size, count(agency_key) AS n
FROM range(4) s(size) LEFT JOIN rated ON fit AND size = CASE WHEN handled = 0 THEN 0 WHEN handled < 10 THEN 1 WHEN handled < 100 THEN 2 ELSE 3 END
GROUP BY size;

CREATE TABLE stratum AS
WITH RECURSIVE joined AS (
  SELECT size, size AS first, n FROM part WHERE size = 0
  UNION ALL
  SELECT p.size, CASE WHEN joins THEN j.first ELSE p.size END, CASE WHEN joins THEN j.n + p.n ELSE p.n END
  FROM joined j JOIN part p ON p.size = j.size + 1, LATERAL (SELECT j.n < 20 OR p.size = 3 AND p.n < 20 AS joins))
SELECT size, first FROM joined;

CREATE TABLE placed AS
WITH mine AS (
  SELECT r.*, s.first AS stratum
  FROM rated r JOIN stratum s ON s.size = CASE WHEN handled = 0 THEN 0 WHEN handled < 10 THEN 1 WHEN handled < 100 THEN 2 ELSE 3 END
  WHERE fit)
SELECT *, count(*) OVER (PARTITION BY stratum) AS n
FROM (
  SELECT m.*, 1 + (SELECT count(*) FROM mine o WHERE o.stratum = m.stratum AND o.score > m.score + 1e-6) AS middle_rank,
    (SELECT count(*) FROM mine o WHERE o.stratum = m.stratum AND o.score >= m.score - 1e-6) AS last_rank
  FROM mine m);
DELETE FROM placed WHERE n < 10;

-- Effective weights: the share of the variance of the scores that a dimension has;
-- one that is not known counts with the score.
CREATE TABLE effective AS
WITH part AS (
  SELECT stratum, dimension, weight, score, CASE WHEN state IN ('known', 'fault') THEN 100 * value ELSE score END AS part
  FROM placed JOIN value USING (agency_key)),
share AS (SELECT stratum, dimension, any_value(weight) * covar_pop(part, score) AS share FROM part GROUP BY ALL)
SELECT stratum, dimension, coalesce(share / nullif(sum(share) OVER (PARTITION BY stratum), 0), 0) AS effective FROM share;

-- Leave-one-out: the places without a dimension, and how far the places that an
-- agency shares lie from those that it shared. Equal scores move nobody.
CREATE TABLE without AS
WITH scored AS (
  SELECT p.stratum, p.agency_key, p.middle_rank, p.last_rank, d.dimension AS skipped,
    coalesce(round(100 * sum(v.weight * v.value ORDER BY v.dimension) FILTER (v.state IN ('known', 'fault') AND v.dimension <> d.dimension)
      / sum(v.weight) FILTER (v.state IN ('known', 'fault') AND v.dimension <> d.dimension), 6), 0) AS score
  FROM placed p JOIN value v USING (agency_key), range(1, 7) d(dimension)
  GROUP BY ALL),
ranked AS (
  SELECT *, 1 + (SELECT count(*) FROM scored o WHERE o.stratum = s.stratum AND o.skipped = s.skipped AND o.score > s.score + 1e-6) AS first,
    (SELECT count(*) FROM scored o WHERE o.stratum = s.stratum AND o.skipped = s.skipped AND o.score >= s.score - 1e-6) AS last
  FROM scored s)
SELECT stratum, skipped, max(greatest(0, first - last_rank, middle_rank - last)) AS max_shift FROM ranked GROUP BY ALL;
