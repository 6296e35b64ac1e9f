-- rule:     PL-TWIN
-- title:    A table is not another agency's
-- title_zh: 表格与其他机关不同
-- question: Is no table the same as another agency's for the same year?
-- question_zh: 是否没有表格与其他机关同年度的表格完全相同？
-- basis:    内容雷同; copied tables
-- severity: W
WITH telling AS (
    SELECT v.report_id, v.table_id, v.vector, r.year, r.agency_key
    FROM v_table_vector v JOIN report r USING (report_id)
    WHERE v.telling AND r.year IS NOT NULL
), twins AS (
    SELECT year, table_id, vector, list(report_id ORDER BY report_id) AS reports
    FROM telling
    GROUP BY year, table_id, vector
    HAVING count(DISTINCT agency_key) > 1
)
SELECT t.report_id, list_filter(w.reports, lambda r: r <> t.report_id)[1] AS other_report_id, t.table_id,
       CASE WHEN w.reports IS NOT NULL THEN 'all figures are those of another agency' END AS detail,
       verdict(w.reports IS NULL) AS strict, verdict(w.reports IS NULL) AS lenient
FROM telling t LEFT JOIN twins w USING (year, table_id, vector)
