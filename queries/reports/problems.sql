-- title:    Documents that gave no report
-- title_zh: 未能得出报告的文件
-- question: Which documents could not be read, why, and what is to be done about it?
-- question_zh: 哪些文件未能读取，为什么，下一步怎么办？
-- basis:    nothing is skipped in silence
-- column name: path or URL of the document
-- column step: the step that failed
-- column code: the reason in short
-- column detail: the reason in words
-- column next: what to do about it
SELECT name, step, code, detail, next
FROM v_problem
ORDER BY ALL
