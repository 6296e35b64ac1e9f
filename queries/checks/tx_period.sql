-- rule:     TX-PERIOD
-- title:    The period is the calendar year
-- title_zh: 统计期限为自然年
-- question: Is the period stated 1 January to 31 December of the fiscal year?
-- question_zh: 所述统计期限是否为该年度1月1日至12月31日？
-- basis:    format notice
-- severity: W
SELECT report_id, period_first::VARCHAR || ' – ' || period_last::VARCHAR AS detail,
       verdict(whole) AS strict, verdict(whole) AS lenient
FROM (SELECT *, period_first = make_date(year, 1, 1) AND period_last = make_date(year, 12, 31) AS whole FROM report WHERE is_current)
