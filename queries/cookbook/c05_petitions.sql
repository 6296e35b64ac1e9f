-- title:    Petitions among requests
-- title_zh: 信访类申请
-- question: What share of the requests answered was refused as 信访举报投诉?
-- question_zh: 已答复的申请中，以信访举报投诉不予处理的占多少？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     A high share says who wrote and what about, not how well the agency answered. One applicant with a hundred letters moves it.
-- column year: fiscal year
-- column scope: whose figures
-- column reports: reports in which both figures are known
-- column petitions: answered as 信访举报投诉类申请
-- column processed: （七）总计
-- column share: petitions / processed; null if nothing was processed

-- A mix of requests, not merit. Numerator and denominator come from the same
-- reports: one with an unknown figure is in neither.
WITH both_known AS (
    SELECT report_id, max(value) FILTER (row_id = 'refused_petition') AS petitions, max(value) FILTER (row_id = 'processed_total') AS processed
    FROM v_total WHERE table_id = 'requests' AND row_id IN ('refused_petition', 'processed_total')
    GROUP BY report_id HAVING count(value) = 2
)
SELECT r.year, r.scope, count(*) AS reports, sum(petitions)::BIGINT AS petitions, sum(processed)::BIGINT AS processed,
       (sum(petitions) / nullif(sum(processed), 0))::DECIMAL(18, 4) AS share
FROM both_known JOIN v_current_report r USING (report_id)
WHERE r.year IS NOT NULL
GROUP BY r.year, r.scope
ORDER BY r.year, r.scope
