-- title:    Documents and addresses that gave no report
-- title_zh: 未能得出报告的文件和网址
-- question: Which documents could not be read and which addresses not be had, why, and what is to be done about it?
-- question_zh: 哪些文件未能读取、哪些网址未能取得，为什么，下一步怎么办？
-- basis:    nothing is skipped in silence; what was left out on purpose comes last
-- column name: path or URL of the document, or the title of an entry without an address
-- column step: the step that failed: fetch for an address that could not be had, skip for one that was left out
-- column code: the reason in short
-- column detail: the reason in words
-- column next: what to do about it
SELECT name, step, code, detail, next
FROM (
    SELECT name, step, code, detail, next FROM v_problem
    UNION ALL
    SELECT coalesce(url, title, site), if(result = 'skipped', 'skip', 'fetch'), kind, coalesce(detail, title, ''), coalesce(next, '') FROM fetch_problem
)
ORDER BY step = 'skip', name, step, code, detail, next
