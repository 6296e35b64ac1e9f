-- title:    Coverage by agency and year
-- title_zh: 机关与年度覆盖
-- question: From which agencies is there a report for which years, and in which form?
-- question_zh: 哪些机关的哪些年度有报告，用的什么格式？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     Do this first: a figure of ten agencies is no figure of a province. A year that is not in have was not found by us, which is not the same as not published.
-- column agency: the agency
-- column scope: whose figures
-- column years: how many years have a report
-- column first: the first of them
-- column last: the last of them
-- column have: the years with a report

-- Start here: every other answer is about these reports. Not found by us is not
-- the same as not published.
SELECT agency, scope, count(DISTINCT year) AS years, min(year) AS first, max(year) AS last,
       array_to_string(list_sort(list_distinct(list(year))), ' ') AS have
FROM v_current_report
WHERE year IS NOT NULL
GROUP BY agency_key, agency, scope
ORDER BY agency, scope
