-- rule:     TX-OUT
-- title:    Outcomes agree with the text
-- question: Are the results that the text gives those of table 三?
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- right:    table 三
WITH meant AS (
    SELECT * FROM (VALUES
        ('granted', ['granted']), ('partly_granted', ['partly_granted']), ('granted_or_partly', ['granted', 'partly_granted']),
        ('denied', ['denied']), ('unable', ['unable']), ('refused', ['refused']), ('other', ['other'])
    ) AS m(measure, outcomes)
), said AS (
    SELECT f.report_id, f.position, m.measure, m.outcomes, f.value AS stated, f.sentence
    FROM fact f SEMI JOIN (FROM report WHERE is_current) USING (report_id)
    JOIN meant m USING (measure)
    WHERE f.total AND NOT f.approximate
)
SELECT s.report_id, 'requests' AS table_id,
       CASE WHEN s.measure IN ('granted', 'partly_granted') THEN s.measure END AS row_id, 'total' AS column_id,
       any_value(s.stated) AS left_value, sum(o.value) AS right_value, flatten(list(o.cells ORDER BY o.outcome)) AS right_cells,
       s.measure || ': ' || any_value(s.sentence) AS detail,
       verdict(CASE WHEN count(o.strict_value) = len(s.outcomes) THEN any_value(s.stated) = sum(o.strict_value) END) AS strict,
       verdict(CASE WHEN count(o.value) = len(s.outcomes) THEN any_value(s.stated) = sum(o.value) END) AS lenient
FROM said s
JOIN v_outcome o ON o.report_id = s.report_id AND list_contains(s.outcomes, o.outcome)
GROUP BY s.report_id, s.position, s.measure, s.outcomes
