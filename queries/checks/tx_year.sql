-- rule:     TX-YEAR
-- title:    The years agree
-- title_zh: 年度前后一致
-- question: Do title, period and text speak of the same year?
-- question_zh: 标题、统计期限和正文是否为同一年度？
-- basis:    format notice: the report is for one calendar year
-- severity: W
-- left:     the fiscal year
-- left_zh:  统计年度
WITH odd AS (
    SELECT report_id, string_agg(detail, '; ' ORDER BY position) AS detail FROM issue WHERE code = 'years' GROUP BY report_id
), named AS (
    SELECT report_id, year, [y::INTEGER FOR y IN regexp_extract_all(title, '20[0-9]{2}')] AS titled,
           list_filter([year(period_first), year(period_last)], lambda y: y IS NOT NULL) AS periods
    FROM report WHERE is_current
)
SELECT n.report_id, n.year::DECIMAL(18, 6) AS left_value,
       coalesce(o.detail, 'title: ' || n.titled::VARCHAR || ', period: ' || n.periods::VARCHAR) AS detail,
       verdict(agree) AS strict, verdict(agree) AS lenient
FROM (SELECT *, CASE WHEN year IS NULL THEN NULL
                     WHEN len(titled) > 0 AND NOT list_contains(titled, year) THEN false
                     WHEN list_any_value(list_filter(periods, lambda y: y <> year)) IS NOT NULL THEN false
                     WHEN len(titled) > 0 OR len(periods) > 0 THEN true END AS same FROM named) n
LEFT JOIN odd o USING (report_id)
CROSS JOIN LATERAL (SELECT CASE WHEN o.report_id IS NOT NULL THEN false ELSE n.same END AS agree)
