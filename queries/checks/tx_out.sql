-- rule:     TX-OUT
-- title:    Outcomes agree with the text
-- title_zh: 办理结果文表一致
-- question: Are the results that the text gives those of table 三?
-- question_zh: 正文所述各项结果是否与表三一致？
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- left_zh:  正文
-- right:    table 三
-- right_zh: 表三
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
), printed AS (
    SELECT s.report_id, s.position, any_value(s.measure) AS measure, any_value(s.stated) AS stated, any_value(s.sentence) AS sentence,
           CASE WHEN count(t.strict_value) = count(*) THEN sum(t.strict_value) END AS strict_value,
           CASE WHEN count(t.value) = count(*) THEN sum(t.value) END AS value,
           flatten(list(t.cells ORDER BY t.row_id)) AS cells
    FROM said s
    JOIN v_total t ON t.report_id = s.report_id AND t.table_id = 'requests'::table_code AND list_contains(s.outcomes, outcome_group(t.row_id))
    WHERE t.row_id NOT IN ('new_received'::row_code, 'carried_in'::row_code, 'processed_total'::row_code, 'carried_out'::row_code)
    GROUP BY s.report_id, s.position
)
SELECT report_id, 'requests' AS table_id, CASE WHEN measure IN ('granted', 'partly_granted') THEN measure END AS row_id, 'total' AS column_id,
       stated AS left_value, value AS right_value, cells AS right_cells, measure || ': ' || sentence AS detail,
       verdict(stated = strict_value) AS strict, verdict(stated = value) AS lenient
FROM printed
