-- title:    Natural persons among applicants
-- title_zh: 自然人申请
-- question: What share of new requests came from natural persons?
-- question_zh: 新收申请中自然人占多少？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     The rest are companies and organisations. Reports that fill in 总计 only are left out: compare reports with c01 to see how many.
-- column year: fiscal year
-- column scope: whose figures
-- column reports: reports in which both figures are known
-- column persons: 本年新收 of natural persons
-- column received: 本年新收 in all
-- column share: persons / received; null if nothing was received

-- Some reports fill in 总计 only: without the column of applicants they are left
-- out, not counted as 0.
WITH figures AS (
    SELECT report_id, max(value) FILTER (column_id = 'natural_person') AS persons, max(value) FILTER (column_id = 'total') AS received
    FROM v_figure
    WHERE table_id = 'requests' AND row_id = 'new_received' AND column_id IN ('natural_person', 'total')
    GROUP BY report_id HAVING count(value) = 2
)
SELECT r.year, r.scope, count(*) AS reports, sum(persons)::BIGINT AS persons, sum(received)::BIGINT AS received,
       (sum(persons) / nullif(sum(received), 0))::DECIMAL(18, 4) AS share
FROM figures JOIN v_current_report r USING (report_id)
WHERE r.year IS NOT NULL
GROUP BY r.year, r.scope
ORDER BY r.year, r.scope
