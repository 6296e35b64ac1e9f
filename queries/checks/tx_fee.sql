-- rule:     TX-FEE
-- title:    The text says one thing on fees
-- title_zh: 收费说法前后一致
-- question: Does the report not say both that 信息处理费 was taken and that none was?
-- question_zh: 报告是否没有既称收取又称未收取信息处理费？
-- basis:    国办函〔2020〕109号; section 六
-- severity: I
-- left:     the most stated
-- left_zh:  所述最大值
-- right:    the least stated
-- right_zh: 所述最小值
SELECT report_id, max(stated) AS left_value, min(stated) AS right_value,
       CASE WHEN min(stated) = 0 AND max(stated) > 0 THEN string_agg(sentence, ' | ' ORDER BY stated) END AS detail,
       verdict(NOT (min(stated) = 0 AND max(stated) > 0)) AS strict, verdict(NOT (min(stated) = 0 AND max(stated) > 0)) AS lenient
FROM stated('information_fee')
GROUP BY report_id
