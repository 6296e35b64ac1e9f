-- rule:     TX-NAME
-- title:    The report names one agency
-- title_zh: 报告只称一个机关
-- question: Do title and text name the same agency?
-- question_zh: 标题与正文是否为同一机关？
-- basis:    a report with another agency's text is 雷同
-- severity: W
WITH odd AS (
    SELECT report_id, string_agg(detail, '; ' ORDER BY position) AS detail FROM issue WHERE code = 'agencies' GROUP BY report_id
)
SELECT r.report_id, o.detail,
       verdict(CASE WHEN o.report_id IS NOT NULL THEN false WHEN r.agency IS NOT NULL THEN true END) AS strict,
       verdict(CASE WHEN o.report_id IS NOT NULL THEN false WHEN r.agency IS NOT NULL THEN true END) AS lenient
FROM report r LEFT JOIN odd o USING (report_id)
WHERE r.is_current
