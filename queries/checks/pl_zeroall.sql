-- rule:     PL-ZEROALL
-- title:    Not everything is zero
-- title_zh: 并非全部为零
-- question: Is there a figure other than zero in the tables?
-- question_zh: 表中是否有不为零的数字？
-- basis:    plausibility; right for many small bodies
-- severity: I
SELECT report_id, verdict(CASE WHEN sum(nonzero) > 0 THEN true WHEN sum(figures) = sum(cells) THEN false END) AS strict,
       verdict(CASE WHEN sum(nonzero) > 0 THEN true WHEN sum(known) = sum(cells) THEN false END) AS lenient
FROM report_table SEMI JOIN (FROM report WHERE is_current) USING (report_id)
WHERE cells > 0
GROUP BY report_id
