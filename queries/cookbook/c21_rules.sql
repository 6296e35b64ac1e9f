-- title:    Which rules fail most often
-- title_zh: 最常不符的规则
-- question: Which rules do most reports of a year break, and how many of these findings may be quoted?
-- question_zh: 每年不符最多的是哪些规则，其中多少可以引用？
-- basis:    domain reference 3; findings of the last gongkai check
-- read:     Quote disputed only; suspect may be our misreading and is work for us. A rule on neighbouring years can fail only where both are known, so compare a rule with itself over the years and not with another rule.
-- column rule: the rule
-- column severity: E false by construction of the form, W true unless there is a reason, I worth a look
-- column year: fiscal year
-- column reports: reports of that year
-- column disputed: reports that break it without doubt
-- column suspect: further reports that seem to break it, but a figure may be misread
-- column excused: reports in which all places have a recorded reason or were withdrawn
-- column share: disputed / reports

-- Reports are counted, not findings: one wrong row can break a rule in seven
-- columns. No rows may also mean that gongkai check was not run.
WITH broken AS (
    SELECT rule, severity, report_id, bool_or(outcome = 'FAIL' AND status = 'disputed') AS disputed, bool_or(outcome = 'FAIL') AS fails
    FROM finding
    GROUP BY rule, severity, report_id
), reports AS (
    SELECT year, count(*) AS reports FROM v_current_report WHERE year IS NOT NULL GROUP BY year
)
SELECT b.rule, b.severity, r.year, n.reports, count(*) FILTER (b.disputed) AS disputed,
       count(*) FILTER (b.fails AND NOT b.disputed) AS suspect, count(*) FILTER (NOT b.fails) AS excused,
       (count(*) FILTER (b.disputed) / n.reports)::DECIMAL(18, 4) AS share
FROM broken b
JOIN v_current_report r USING (report_id)
JOIN reports n USING (year)
GROUP BY b.rule, b.severity, r.year, n.reports
ORDER BY disputed DESC, suspect DESC, b.rule, r.year
