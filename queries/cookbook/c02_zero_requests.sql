-- title:    Reports without a single request
-- title_zh: 没有申请的报告
-- question: How many reports of a year say that no request was received, how many say nothing?
-- question_zh: 每年有多少报告称未收到申请，有多少未填？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     Reports with no requests are no failure and no success: they have no rate. Take them apart before you compare rates; unknown is neither zero nor not zero.
-- column year: fiscal year
-- column scope: whose figures
-- column reports: reports
-- column zero: of which 本年新收 is 0
-- column unknown: of which it is not known

-- A blank counts as 0, but a total left blank beside filled parts is their sum
-- (v_harmonised). NULL is unknown and must not be counted as zero.
SELECT year, scope, count(*) AS reports, count(*) FILTER (value = 0) AS zero, count(*) - count(value) AS unknown
FROM v_harmonised
WHERE measure = 'requests_received' AND year IS NOT NULL
GROUP BY year, scope
ORDER BY year, scope
