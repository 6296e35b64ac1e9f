-- title:    What a new version changed
-- title_zh: 新版本改了什么
-- question: Which cells differ between the versions of one report?
-- question_zh: 同一报告的各版本之间哪些格不同？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     Every version is kept, so a silent correction shows. before and after are as printed: compare them, not values, when a cell turned from blank to 0.
-- column agency: the agency
-- column year: fiscal year
-- column cell: address of the cell
-- column revision: number of the version in which it changed
-- column before: as printed in the version before
-- column after: as printed in this one

-- The views show current versions only: versions are compared in table cell. A
-- version may have come in several times.
SELECT DISTINCT n.agency, n.year, address(a.table_id, a.row_id, a.column_id) AS cell, n.revision, b.raw AS before, a.raw AS after
FROM report n
JOIN report o ON o.identity = n.identity AND o.revision = n.revision - 1
JOIN cell a ON a.report_id = n.report_id
JOIN cell b ON b.report_id = o.report_id AND b.table_id = a.table_id AND b.row_id = a.row_id AND b.column_id = a.column_id
WHERE (a.value IS DISTINCT FROM b.value OR a.state <> b.state)
ORDER BY n.agency, n.year, n.revision, cell
