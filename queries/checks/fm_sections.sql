-- rule:     FM-SECTIONS
-- title:    Six sections in order
-- title_zh: 六个部分齐全且有序
-- question: Are the six prescribed sections there, in order?
-- question_zh: 规定的六个部分是否齐全、顺序是否正确？
-- basis:    format notice
-- since:    2019
-- severity: W
-- left:     sections found
-- left_zh:  找到的部分数
-- right:    6
-- right_zh: 6
WITH by_report AS (
    SELECT report_id, count(*) FILTER (present) AS found,
           list(number ORDER BY position) FILTER (present) AS printed,
           string_agg(number::VARCHAR, ', ' ORDER BY number) FILTER (NOT present) AS absent
    FROM section SEMI JOIN (FROM report WHERE is_current) USING (report_id)
    GROUP BY report_id
)
SELECT report_id, found::DECIMAL(18, 6) AS left_value, 6::DECIMAL(18, 6) AS right_value,
       coalesce('missing: ' || absent, 'in order: ' || printed::VARCHAR) AS detail,
       verdict(found = 6 AND printed = list_sort(printed)) AS strict, verdict(found = 6 AND printed = list_sort(printed)) AS lenient
FROM by_report
