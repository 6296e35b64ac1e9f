-- title:    Change of what is carried over
-- title_zh: 结转数的变化
-- question: Which agencies carry more requests over than the year before?
-- question_zh: 哪些机关结转的申请比上年多？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     More carried over may mean more received late in the year. Beside it, look at 本年新收 (trend measure) before speaking of backlog.
-- column agency: the agency
-- column scope: whose figures
-- column year: fiscal year
-- column carried_out: 结转下年度
-- column before: the same of the year before
-- column change: the difference

-- Only neighbouring years of one scope are compared (v_year_pair): lag alone would
-- skip a missing year without a word. A renamed agency goes on, a merged one not.
SELECT t.agency, t.scope, t.year, t.value::BIGINT AS carried_out, p.value::BIGINT AS before, (t.value - p.value)::BIGINT AS change
FROM v_year_pair y
JOIN v_harmonised t ON t.report_id = y.report_id AND t.measure = 'requests_carried_out'
JOIN v_harmonised p ON p.report_id = y.prior_report_id AND p.measure = t.measure
WHERE NOT y.ambiguous AND t.value > p.value
ORDER BY change DESC, t.agency, t.scope, t.year
