-- rule:     TX-GOV4
-- title:    A government tells of supervision
-- title_zh: 政府报告写明监督情况
-- question: Does a government's report speak of 考核, 社会评议 and 责任追究?
-- question_zh: 政府的报告是否写明考核、社会评议和责任追究？
-- basis:    Regulation Art. 50(4)
-- since:    2019
-- severity: W
WITH told AS (
    SELECT report_id, contains(body, '考核') AS assessment, contains(body, '评议') AS review, contains(body, '责任追究') OR contains(body, '追责') AS liability
    FROM (SELECT report_id, string_agg(text, ' ') AS body FROM section GROUP BY report_id)
), government AS (
    FROM v_current_report WHERE coalesce(type = 'government', regexp_matches(agency, '人民政府$'))
)
SELECT report_id,
       array_to_string(list_filter([CASE WHEN NOT assessment THEN '考核' END, CASE WHEN NOT review THEN '社会评议' END,
                                    CASE WHEN NOT liability THEN '责任追究' END], lambda s: s IS NOT NULL), ', ') AS detail,
       verdict(assessment AND review AND liability) AS strict, verdict(assessment AND review AND liability) AS lenient
FROM told SEMI JOIN government USING (report_id)
