-- title:    A measure over the years
-- question: How did one measure develop, agency by agency, and how far are the years comparable?
-- basis:    domain reference 2.6
-- param measure: requests_received — id of the measure, as in table measure
-- param agency: — agency_key or name; empty for all agencies
-- column agency_key: the agency
-- column agency: its name
-- column scope: whose figures
-- column year: the fiscal year
-- column form: the form its figures stand in
-- column value: the figure; null if a part of it is not known
-- column change: against the year before of the same scope; null if there is none
-- column break_before: what changed between the year before and this one; change across it says little
-- column comparable: how far the measure can be compared
SELECT agency_key, agency, scope, year, form, value,
       value - lag(value) OVER (PARTITION BY agency_key, scope ORDER BY year RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING) AS change,
       CASE WHEN year = 2019 THEN 'FY2019: the Regulation of 2019 and its form'
            WHEN year = 2021 THEN 'FY2021: the form of 2021'
            WHEN year = 2024 AND contains(comparable, 'FY2024') THEN 'FY2024: 行政复议法 of 2023, refusals go to 复议 before a court' END AS break_before, comparable
FROM v_harmonised
WHERE measure = $measure AND ($agency = '' OR agency_key = $agency OR agency = $agency)
ORDER BY ALL
