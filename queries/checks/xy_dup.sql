-- rule:     XY-DUP
-- title:    A table is not last year's
-- title_zh: 表格与上年不同
-- question: Is no table the same as last year's, figure by figure?
-- question_zh: 是否没有表格与上年逐格相同？
-- basis:    noted by the format notice: 内容雷同
-- severity: W
SELECT p.report_id, p.prior_report_id AS other_report_id, t.table_id,
       CASE WHEN t.vector = b.vector THEN 'all figures are those of last year' END AS detail,
       verdict(NOT (t.vector = b.vector AND t.telling)) AS strict, verdict(NOT (t.vector = b.vector AND t.telling)) AS lenient
FROM v_year_pair p
JOIN v_table_vector t ON t.report_id = p.report_id
JOIN v_table_vector b ON b.report_id = p.prior_report_id AND b.table_id = t.table_id
WHERE NOT p.ambiguous
