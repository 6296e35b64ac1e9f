-- title:    Change of what is carried over
-- question: Which agencies carry more requests over than the year before?
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     More carried over may mean more received late in the year. Beside it, look at 本年新收 (trend measure) before speaking of backlog.
-- column agency: the agency
-- column scope: whose figures
-- column year: fiscal year
-- column carried_out: 结转下年度
-- column before: the same of the year before
-- column change: the difference

-- Only neighbouring years of one scope are compared: lag alone would skip a
-- missing year without a word.
SELECT t.agency, t.scope, t.year, t.value::BIGINT AS carried_out, p.value::BIGINT AS before, (t.value - p.value)::BIGINT AS change
FROM v_harmonised t
JOIN v_harmonised p ON p.agency_key = t.agency_key AND p.scope = t.scope AND p.year = t.year - 1 AND p.measure = t.measure
WHERE t.measure = 'requests_carried_out' AND t.value > p.value AND NOT starts_with(t.agency_key, 'document:')
ORDER BY change DESC, t.agency, t.scope, t.year
