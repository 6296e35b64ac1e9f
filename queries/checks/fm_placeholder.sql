-- rule:     FM-PLACEHOLDER
-- title:    Zeros are written
-- title_zh: 零值已写明
-- question: Is zero written as 0 and not left blank or marked?
-- question_zh: 零是否写为“0”，而非留空或以符号代替？
-- basis:    format notice; a unit may treat / as no such power
-- severity: I
-- left:     cells left blank or marked
-- left_zh:  留空或以符号代替的格数
-- right:    0
-- right_zh: 0
WITH marks AS (
    SELECT report_id, sum(known - figures) AS n
    FROM report_table SEMI JOIN (FROM report WHERE is_current) USING (report_id)
    WHERE cells > 0
    GROUP BY report_id
), states AS (
    SELECT report_id, string_agg(DISTINCT state::VARCHAR, ', ' ORDER BY state::VARCHAR) AS seen
    FROM v_figure SEMI JOIN (FROM marks WHERE n > 0) USING (report_id)
    WHERE state <> 'number' AND lenient IS NOT NULL
    GROUP BY report_id
)
SELECT report_id, n::DECIMAL(18, 6) AS left_value, 0::DECIMAL(18, 6) AS right_value, seen AS detail, verdict(n = 0) AS strict, verdict(n = 0) AS lenient
FROM marks LEFT JOIN states USING (report_id)
