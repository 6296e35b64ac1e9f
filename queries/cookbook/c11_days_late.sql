-- title:    Days late
-- title_zh: 迟报天数
-- question: How many reports came out after the deadline, by level and kind of agency, and by how many days?
-- question_zh: 各层级、各类机关有多少报告晚于期限，晚多少天？
-- basis:    Regulation of 2019 Art. 49, of 2007 Art. 31: 31 January for departments, 31 March for governments and before FY2019
-- read:     Take late / (on_time + late), never late / reports: of the unknown we only know that we saw them after the deadline. Townships have no national deadline and are left out.
-- column year: fiscal year
-- column level: level of the agencies
-- column type: kind of the agencies
-- column reports: reports with a deadline
-- column on_time: published, or seen by us, by the deadline
-- column late: published later
-- column unknown: without a date of publication, seen by us after the deadline
-- column median_days: days late of the late one in the middle
-- column most_days: days late of the latest
-- column latest: the agency that was latest

-- The evidence is that of the ranking's D1, see macro publication: of the first
-- version, not of a correction. The day on which we saw a report proves that it
-- was not later, never that it was late.
WITH judged AS (
    SELECT r.agency, r.level, r.type, r.year,
           CASE WHEN p.day <= p.deadline THEN 0 WHEN p.grade < 4 THEN p.day - p.deadline END AS days
    FROM publication(NULL) p JOIN v_current_report r USING (report_id)
    WHERE p.deadline IS NOT NULL
)
SELECT year, level, type, count(*) AS reports, count(*) FILTER (days = 0) AS on_time, count(*) FILTER (days > 0) AS late, count(*) - count(days) AS unknown,
       (median(days) FILTER (days > 0))::DECIMAL(18, 1) AS median_days, nullif(max(days), 0) AS most_days,
       arg_max(agency, (days, agency)) FILTER (days > 0) AS latest
FROM judged
GROUP BY year, level, type
ORDER BY year, level, type
