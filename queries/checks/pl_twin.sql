-- rule:     PL-TWIN
-- title:    A table is not another agency's
-- title_zh: 表格与其他机关不同
-- question: Is no table the same as another agency's for the same year?
-- question_zh: 是否没有表格与其他机关同年度的表格完全相同？
-- basis:    内容雷同; copied tables
-- severity: W

-- An agency under two keys is one, 洪泽区财政局 may be 淮安市洪泽区财政局, and
-- whose report cannot be told is held against none.
WITH telling AS (
    SELECT v.report_id, v.table_id, v.vector, r.year, coalesce(k.series, r.agency_key) AS author, coalesce(r.agency, '') AS named
    FROM v_table_vector v JOIN report r USING (report_id)
    LEFT JOIN v_agency_key k USING (agency_key)
    WHERE v.telling AND r.year IS NOT NULL AND NOT starts_with(r.agency_key, 'document:')
), twins AS (
    SELECT year, table_id, vector, list({report_id: report_id, author: author, named: named} ORDER BY report_id) AS reports
    FROM telling
    GROUP BY year, table_id, vector
    HAVING count(DISTINCT author) > 1
), found AS (
    SELECT t.report_id, t.table_id, list_filter(w.reports, lambda o: o.author <> t.author AND NOT same_name(o.named, t.named))[1].report_id AS other_report_id
    FROM telling t LEFT JOIN twins w USING (year, table_id, vector)
)
SELECT report_id, other_report_id, table_id,
       CASE WHEN other_report_id IS NOT NULL THEN 'all figures are those of another agency' END AS detail,
       verdict(other_report_id IS NULL) AS strict, verdict(other_report_id IS NULL) AS lenient
FROM found
