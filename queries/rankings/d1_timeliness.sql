-- title:    D1 Timeliness
-- title_zh: 及时性
-- question: Was the report published by the deadline, or how many days later?
-- question_zh: 报告是否按期公布，晚了多少天？
-- basis:    Regulation of 2019 Art. 49 and 50, of 2007 Art. 31; domain reference 4.2
-- weight:   20
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column state: known, open or not_applicable: no national rule sets a day
-- column value: 1 on time, 1 - days / 60 late, at least 0; null if open or not applicable
-- column low: the least that it may be
-- column high: the most that it may be
-- column cap: true if it is late by more days than the index forgives
-- column assessed: 1 if there is a value
-- column detail: the date, the deadline and the evidence; empty if on time

-- The evidence is that of PB-ONTIME, see macro publication. That we saw a report
-- late proves nothing, and a date in an address only after a person confirmed it.
WITH decided AS (
    SELECT r.report_id, any_value(c.verdict) AS verdict
    FROM report r JOIN confirmation c ON c.document = r.document AND c.finding = 'PB-ONTIME'
    GROUP BY r.report_id
), judged AS (
    SELECT p.*, r.level = 'township' OR r.type = 'subdistrict_office' AS free,
           greatest(0, 1 - (p.day - p.deadline) / 60) AS late,
           CASE WHEN p.deadline IS NULL THEN CASE WHEN free THEN 'not_applicable' ELSE 'open' END
                WHEN p.day <= p.deadline OR d.verdict IN ('refuted', 'ours') THEN 'on time'
                WHEN p.grade <= 2 OR p.grade = 3 AND d.verdict = 'confirmed' THEN 'late'
                ELSE 'open' END AS judgement
    FROM publication(TRY_CAST($year AS INTEGER)) p
    JOIN v_current_report r USING (report_id)
    LEFT JOIN decided d USING (report_id)
    WHERE p.year = TRY_CAST($year AS INTEGER)
)
SELECT report_id, CASE WHEN judgement IN ('on time', 'late') THEN 'known' ELSE judgement END AS state,
       CASE judgement WHEN 'on time' THEN 1 WHEN 'late' THEN late END::DECIMAL(18, 6) AS value,
       CASE judgement WHEN 'on time' THEN 1 WHEN 'late' THEN late WHEN 'open' THEN CASE WHEN grade = 3 THEN coalesce(late, 0) ELSE 0 END END::DECIMAL(18, 6) AS low,
       CASE judgement WHEN 'on time' THEN 1 WHEN 'late' THEN late WHEN 'open' THEN 1 END::DECIMAL(18, 6) AS high,
       judgement = 'late' AND day - deadline > 3 AS cap,
       CASE WHEN judgement IN ('on time', 'late') THEN 1 ELSE 0 END AS assessed,
       CASE WHEN judgement = 'late' THEN day || ', ' || (day - deadline) || ' days after ' || deadline || ' (date ' || evidence || ')'
            WHEN judgement = 'on time' THEN ''
            WHEN free THEN 'not applicable: no national rule sets a day'
            WHEN deadline IS NULL THEN 'not assessed: no deadline is known'
            WHEN day IS NULL THEN 'not assessed: no date is known'
            WHEN grade = 3 THEN 'not assessed: not confirmed, ' || day || ' is a date in an address'
            ELSE 'not assessed: only known that we saw it on ' || day END AS detail
FROM judged
ORDER BY report_id
