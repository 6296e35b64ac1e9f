-- rule:     FM-PLACEHOLDER
-- title:    Zeros are written
-- question: Is zero written as 0 and not left blank or marked?
-- basis:    format notice; a unit may treat / as no such power
-- severity: I
-- left:     cells left blank or marked
-- right:    0
SELECT report_id, count(*) FILTER (mark)::DECIMAL(18, 6) AS left_value, 0::DECIMAL(18, 6) AS right_value,
       CASE WHEN bool_or(mark) THEN string_agg(DISTINCT state::VARCHAR, ', ' ORDER BY state::VARCHAR) FILTER (mark) END AS detail,
       verdict(NOT bool_or(mark)) AS strict, verdict(NOT bool_or(mark)) AS lenient
FROM (SELECT *, state IN ('blank', 'slash', 'dash', 'na_text') AND NOT blank_total AS mark FROM v_figure)
GROUP BY report_id
