-- rule:     PB-ONTIME
-- title:    The report was published by the deadline
-- title_zh: 按期公布
-- question: Was the report out by its last day?
-- question_zh: 报告是否在最后期限当日或之前公布？
-- basis:    Regulation of 2019 Art. 49, of 2007 Art. 31
-- severity: E

-- The evidence is that of the index, see macro publication. Only a date that
-- the site itself states is beyond doubt.
SELECT report_id, verdict(ok) AS strict, verdict(ok) AS lenient,
       CASE WHEN grade <= 2 THEN 'disputed' ELSE 'suspect' END AS status,
       CASE WHEN NOT ok THEN day || ', ' || (day - deadline) || ' days after ' || deadline || ' (date ' || evidence || ')' END AS detail
FROM (SELECT *, CASE WHEN day <= deadline THEN true WHEN grade < 4 THEN false END AS ok
      FROM publication(NULL) WHERE deadline IS NOT NULL)
