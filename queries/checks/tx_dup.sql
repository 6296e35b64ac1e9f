-- rule:     TX-DUP
-- title:    A section is not copied
-- title_zh: 内容没有雷同
-- question: Is section 五 not that of an earlier year, and neither 一 nor 五 that of another agency's report for the same year?
-- question_zh: 第五部分是否不同于往年，第一、五部分是否不同于其他机关同年度的报告？
-- basis:    format notice: 内容雷同; domain reference 3.4
-- since:    2008
-- severity: W
-- rests:    text
-- left:     similarity
-- left_zh:  相似度
-- right:    0.9
-- right_zh: 0.9

-- Texts are compared without numbers, names and prescribed wording (table
-- sketch). Section 一 may say the same as last year's, with new figures. Of two
-- agencies the one that published first has copied nothing; a government and its
-- office are one author, an agency under two keys too, and 洪泽区财政局 may be
-- 淮安市洪泽区财政局. Whose report cannot be told is held against none. A text of which too little is left is not compared. The signature finds
-- the most similar candidate, its text decides. Equal texts are grouped first,
-- and within a band of signatures each is held against its neighbour and the
-- first: the work grows with the number of texts, not of pairs.
WITH told AS MATERIALIZED (
    SELECT s.report_id, s.section, s.hash, s.bits, r.agency_key, r.scope, r.year, r.published,
           CASE WHEN a.type = 'government_office' THEN coalesce(p.series, a.parent, r.agency_key) ELSE coalesce(k.series, r.agency_key) END AS author, r.agency AS named,
           (coalesce(r.published, DATE '0001-01-01'), s.report_id) AS turn
    FROM sketch s JOIN report r USING (report_id) LEFT JOIN agency a ON a.agency_id = r.agency_id
    LEFT JOIN v_agency_key k ON k.agency_key = r.agency_key
    LEFT JOIN v_agency_key p ON p.agency_key = a.parent
    WHERE r.is_current AND r.year IS NOT NULL AND NOT starts_with(r.agency_key, 'document:')
), said AS MATERIALIZED (
    SELECT year, section, hash, any_value(bits) AS bits, min(turn) AS turn,
           min_by({report_id: report_id, author: author, named: named, published: published}, turn, 2) AS firsts
    FROM (SELECT year, section, hash, author, any_value(bits) AS bits, min(turn) AS turn, arg_min(report_id, turn) AS report_id, arg_min(named, turn) AS named, arg_min(published, turn) AS published
          FROM told GROUP BY year, section, hash, author)
    GROUP BY year, section, hash
), banded AS (
    SELECT year, section, hash, turn, hash(year, section, band, (bits[band // 3 + 1] >> (21 * (band % 3))) & 2097151) AS bucket
    FROM said CROSS JOIN (SELECT unnest(range(12)) AS band)
), linked AS (
    SELECT year, section, hash, [first_value(hash) OVER bucket, lag(hash) OVER bucket] AS others
    FROM banded SEMI JOIN (SELECT bucket FROM banded GROUP BY bucket HAVING count(*) > 1) USING (bucket)
    WINDOW bucket AS (PARTITION BY bucket ORDER BY turn)
), pairs AS (
    SELECT DISTINCT year, section, hash, other FROM (SELECT year, section, hash, unnest(others) AS other FROM linked) WHERE other <> hash
), near AS (
    SELECT p.year, p.section, p.hash, max_by(o.firsts[1], (agreement(t.bits, o.bits), o.turn)) AS other
    FROM (FROM pairs UNION SELECT year, section, other, hash FROM pairs) p
    JOIN said t ON t.year = p.year AND t.section = p.section AND t.hash = p.hash
    JOIN said o ON o.year = p.year AND o.section = p.section AND o.hash = p.other
    WHERE agreement(t.bits, o.bits) >= 0.82 AND o.firsts[1].author <> t.firsts[1].author AND NOT same_name(o.firsts[1].named, t.firsts[1].named)
        AND NOT coalesce(t.firsts[1].published < o.firsts[1].published, false)
    GROUP BY p.year, p.section, p.hash
), elsewhere AS (
    SELECT t.report_id, t.section, coalesce(list_filter(s.firsts, lambda f: f.author <> t.author AND NOT same_name(f.named, t.named) AND NOT coalesce(t.published < f.published, false))[1], n.other).report_id AS other
    FROM told t
    JOIN said s ON s.year = t.year AND s.section = t.section AND s.hash = t.hash
    LEFT JOIN near n ON n.year = t.year AND n.section = t.section AND n.hash = t.hash
), before AS (
    SELECT t.report_id, t.section, max_by(p.report_id, (agreement(t.bits, p.bits), p.year)) AS other
    FROM told t JOIN told p ON p.agency_key = t.agency_key AND p.scope = t.scope AND p.section = t.section AND p.year < t.year
    WHERE t.section = 5 AND agreement(t.bits, p.bits) >= 0.82
    GROUP BY t.report_id, t.section
), verified AS (
    SELECT c.report_id, c.section, c.other, alike(t.masked, o.masked) AS similarity
    FROM (FROM before UNION FROM elsewhere) c
    JOIN sketch t ON t.report_id = c.report_id AND t.section = c.section
    JOIN sketch o ON o.report_id = c.other AND o.section = c.section
), best AS (
    SELECT report_id, section, max(similarity) AS similarity, max_by(other, similarity) AS other FROM verified GROUP BY report_id, section
), compared AS (
    SELECT t.report_id, t.section, coalesce(b.similarity < 0.9, true) AS own,
           CASE WHEN b.similarity >= 0.9 THEN b.similarity END AS similarity, CASE WHEN b.similarity >= 0.9 THEN b.other END AS other
    FROM told t LEFT JOIN best b USING (report_id, section)
), shared AS (
    SELECT c.report_id, c.section, r.year, coalesce(r.agency, '?') AS agency,
           list_filter(sentences(s.text), lambda t: list_contains(sentences(o.text), t))[1] AS sentence, s.text
    FROM compared c
    JOIN report r ON r.report_id = c.other
    JOIN section s ON s.report_id = c.report_id AND s.number = c.section
    JOIN section o ON o.report_id = c.other AND o.number = c.section
)
SELECT r.report_id, c.other AS other_report_id, round(c.similarity, 3)::DECIMAL(18, 6) AS left_value, 0.9::DECIMAL(18, 6) AS right_value,
       'section ' || '一二三四五六'[s.number] || ' as in ' || h.year || ' by ' || h.agency || ': ' || left(coalesce(h.sentence, h.text), 40) AS detail,
       verdict(c.own) AS strict, verdict(c.own) AS lenient
FROM section s
JOIN report r USING (report_id)
LEFT JOIN compared c ON c.report_id = s.report_id AND c.section = s.number
LEFT JOIN shared h ON h.report_id = s.report_id AND h.section = s.number
WHERE r.is_current AND s.number IN (1, 5)
