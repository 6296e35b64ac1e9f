-- rule:     TX-CITE
-- title:    The notice in force is cited
-- title_zh: 引用现行格式通知
-- question: Does a report that cites format notices cite that of 2021?
-- question_zh: 引用格式通知的报告是否引用2021年的通知？
-- basis:    国办公开办函〔2021〕30号
-- since:    2021
-- severity: I
-- rests:    text
SELECT report_id, array_to_string(citations, ', ') AS detail, verdict(right_one) AS strict, verdict(right_one) AS lenient
FROM (SELECT *, CASE WHEN len(citations) > 0
                     THEN len(list_filter(citations, lambda c: regexp_matches(c, '2021.*30号'))) > 0 END AS right_one
      FROM report WHERE is_current AND year >= 2021)
