-- title:    Copied tables and texts
-- title_zh: 雷同的表格和文字
-- question: Which reports have a table or a text that another agency's report, or last year's, has too?
-- question_zh: 哪些报告的表格或文字与其他机关或上年报告相同？
-- basis:    国办公开办函〔2021〕30号: 内容雷同; rules PL-TWIN, XY-DUP and TX-DUP; findings of the last gongkai check
-- read:     Leads for a human eye. Equal figures of small agencies can be chance (the rules want three figures and one of 10 or more), and a shared text can be a prescribed one. Open both documents before you say copied; which of two copied is not said.
-- column agency: the agency
-- column scope: whose figures
-- column year: fiscal year
-- column what: table or text
-- column like_agency: whose report has it too
-- column like_year: the year of that report
-- column detail: what is the same
-- column document: SHA-256 of the document
-- column like_document: SHA-256 of the other

-- PL-TWIN and XY-DUP look at whole tables, not at single cells, so their findings
-- are suspect by nature: leads. Only those of TX-DUP can be disputed.
SELECT r.agency, r.scope, r.year, CASE f.rule WHEN 'TX-DUP' THEN 'text' ELSE 'table' END AS what,
       o.agency AS like_agency, o.year AS like_year, concat_ws(': ', f.table_id, f.detail) AS detail, r.document, o.document AS like_document
FROM finding f
JOIN v_current_report r USING (report_id)
JOIN report o ON o.report_id = f.other_report_id
WHERE f.rule IN ('PL-TWIN', 'XY-DUP', 'TX-DUP') AND f.outcome = 'FAIL'
ORDER BY r.agency, r.scope, r.year, what, detail
