-- title:    D1 Timeliness
-- title_zh: 及时性
-- question: Was the report published by the deadline, or how many days later?
-- question_zh: 报告是否按期公布，晚了多少天？
-- basis:    Regulation of 2019 Art. 49 and 50, of 2007 Art. 31; domain reference 4.2
-- weight:   20
-- better:   higher
-- param year: 2024 — fiscal year
-- column report_id: the report
-- column value: 1 on time, 1 - days / 60 late, at least 0; null without a deadline or without evidence of the date
-- column assessed: 1 if there is a value
-- column detail: the date, the deadline and the evidence; empty if on time

-- The evidence is that of PB-ONTIME, see macro publication. That we saw a report
-- late proves nothing.
WITH judged AS (
    SELECT *,
           CASE WHEN deadline IS NULL THEN NULL
                WHEN day <= deadline THEN 1
                WHEN grade < 4 THEN greatest(0, 1 - (day - deadline) / 60) END AS value
    FROM publication(TRY_CAST($year AS INTEGER)) WHERE year = TRY_CAST($year AS INTEGER)
)
SELECT report_id, value::DECIMAL(18, 6) AS value, CASE WHEN value IS NULL THEN 0 ELSE 1 END AS assessed,
       CASE WHEN value < 1 THEN day || ', ' || (day - deadline) || ' days after ' || deadline || ' (date ' || evidence || ')'
            WHEN value IS NULL AND deadline IS NULL THEN 'not assessed: no deadline is known'
            WHEN value IS NULL AND day IS NULL THEN 'not assessed: no date is known'
            WHEN value IS NULL THEN 'not assessed: only known that we saw it on ' || day
            ELSE '' END AS detail
FROM judged
ORDER BY report_id
