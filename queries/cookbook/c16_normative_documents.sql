-- title:    Normative documents in force and their flow
-- title_zh: 规范性文件的存量与流量
-- question: How many 行政规范性文件 were in force, how many were made and repealed, and do stock and flow agree?
-- question_zh: 现行有效、制发、废止各多少，存量与流量是否吻合？
-- basis:    国办公开办函〔2021〕30号, table 二; rule XY-NORMDOC
-- read:     unexplained is the stock that neither making nor repealing accounts for: documents that expired, a 清理, a merger, or an error. It nets out between agencies, so off counts them. Stock of a year against stock of another only for the agencies of the row.
-- column scope: whose figures
-- column year: fiscal year; the stock exists since 2021, so the first flow is that of 2022
-- column agencies: agencies whose four figures are known, in this year and the one before
-- column before: 现行有效 of the year before
-- column issued: 本年制发件数
-- column repealed: 本年废止件数
-- column in_force: 现行有效件数
-- column unexplained: in_force less what before, issued and repealed give
-- column off: agencies where that is not 0

-- 对外公开总数量 of the form of 2019 is another thing and is not joined on: there
-- is no stock before FY2021. v_year_pair follows renames and leaves out years
-- in which an agency was merged or split (ambiguous).
WITH stock AS (
    SELECT report_id, max(lenient) FILTER (column_id = 'in_force') AS in_force,
           max(lenient) FILTER (column_id = 'issued') AS issued, max(lenient) FILTER (column_id = 'repealed') AS repealed
    FROM v_figure
    WHERE table_id = 'proactive' AND form = '2021' AND row_id = 'normative_document'
    GROUP BY report_id
), flow AS (
    SELECT y.scope, y.year, b.in_force AS before, t.issued, t.repealed, t.in_force, t.in_force - (b.in_force + t.issued - t.repealed) AS unexplained
    FROM v_year_pair y
    JOIN stock t ON t.report_id = y.report_id
    JOIN stock b ON b.report_id = y.prior_report_id
    WHERE NOT y.ambiguous
)
SELECT scope, year, count(*) AS agencies, sum(before)::BIGINT AS before, sum(issued)::BIGINT AS issued, sum(repealed)::BIGINT AS repealed,
       sum(in_force)::BIGINT AS in_force, sum(unexplained)::BIGINT AS unexplained, count(*) FILTER (unexplained <> 0) AS off
FROM flow
WHERE unexplained IS NOT NULL
GROUP BY scope, year
ORDER BY scope, year
