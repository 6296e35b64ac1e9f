-- title:    A measure over the years
-- question: How did one measure develop, agency by agency, and how far are the years comparable?
-- basis:    domain reference 2.6
-- param measure: requests_received — id of the measure, as in table measure
-- param agency: — agency_key; empty for all agencies
-- column agency_key: the agency
-- column agency: its name
-- column scope: whose figures
-- column year: the fiscal year
-- column form: the form its figures stand in
-- column value: the figure; null if a part of it is not known
-- column change: against the year before of the same scope; null if there is none
-- column comparable: how far the measure can be compared
SELECT agency_key, agency, scope, year, form, value,
       value - lag(value) OVER (PARTITION BY agency_key, scope ORDER BY year RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING) AS change, comparable
FROM v_harmonised
WHERE measure = $measure AND ($agency = '' OR agency_key = $agency)
ORDER BY ALL
