-- rule:     PB-FOUND
-- title:    The report was published
-- title_zh: 年度报告已公布
-- question: Is there a report for every year for which the agency had to publish one?
-- question_zh: 机关应公布报告的每个年度是否都有报告？
-- basis:    Regulation of 2019 Art. 49 and 50; not found by us is not the same as not published
-- severity: E

-- The agency is blamed only where a roster says 未公布. A document that could not
-- be read is not absent, and nobody can say that a report is absent who has not
-- looked since it was due. Where no national rule sets a day (townships) it is
-- taken for due with those of the governments.
WITH found AS (
    SELECT k.series, r.year, min(r.report_id) AS report_id
    FROM report r JOIN v_agency_key k USING (agency_key)
    WHERE r.is_current AND r.year IS NOT NULL
    GROUP BY k.series, r.year
), unread AS (
    SELECT DISTINCT k.series, d.year
    FROM document d JOIN v_agency_key k ON k.agency_key = d.agency_id
    WHERE d.year IS NOT NULL
), tested AS (
    SELECT o.*, f.report_id,
           CASE WHEN f.report_id IS NOT NULL THEN true
                WHEN u.year IS NOT NULL THEN NULL
                WHEN o.said = 'not_published' OR o.visited > coalesce(deadline(o.year, o.level, o.type), make_date(o.year + 1, 3, 31)) THEN false END AS ok
    FROM v_obliged o
    LEFT JOIN found f ON f.series = o.series AND f.year = o.year
    LEFT JOIN unread u ON u.series = o.series AND u.year = o.year
)
SELECT report_id, agency_key, agency, year, verdict(ok) AS strict, verdict(ok) AS lenient,
       CASE WHEN said = 'not_published' THEN 'disputed' ELSE 'suspect' END AS status,
       CASE WHEN ok IS NOT false THEN NULL
            WHEN said = 'not_published' THEN 'the roster says 未公布: ' || source
            WHEN said = 'published' THEN 'not found by us; the roster says published: ' || source
            ELSE 'not found by us, who last looked on ' || visited || '; obliged by ' || source END AS detail
FROM tested
