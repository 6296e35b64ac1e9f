-- rule:     FM-CELLS
-- title:    All tables, in the form in force
-- title_zh: 表格齐全且为现行格式
-- question: Is every standard table there, in the form meant for the year?
-- question_zh: 各标准表格是否齐全，是否为该年度应用的格式？
-- basis:    format notices of 2014, 2019 and 2021
-- severity: W
SELECT t.report_id, t.table_id,
       CASE WHEN NOT t.found THEN 'the table is not in the report' ELSE 'form ' || t.form::VARCHAR END AS detail,
       verdict(CASE WHEN NOT t.found THEN false ELSE r.year BETWEEN f.since AND coalesce(f.until, 9999) END) AS strict,
       verdict(CASE WHEN NOT t.found THEN false ELSE r.year BETWEEN f.since AND coalesce(f.until, 9999) END) AS lenient
FROM report_table t
JOIN report r USING (report_id)
JOIN form f USING (form)
WHERE r.is_current
