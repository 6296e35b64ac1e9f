-- rule:     PL-ZEROALL
-- title:    Not everything is zero
-- question: Is there a figure other than zero in the tables?
-- basis:    plausibility; right for many small bodies
-- severity: I
SELECT report_id, verdict(CASE WHEN count(value) = count(*) THEN bool_or(value <> 0) WHEN bool_or(value <> 0) THEN true END) AS strict,
       verdict(CASE WHEN count(lenient) = count(*) THEN bool_or(lenient <> 0) WHEN bool_or(lenient <> 0) THEN true END) AS lenient
FROM v_figure
GROUP BY report_id
