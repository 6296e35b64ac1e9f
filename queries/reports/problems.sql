-- title:    Documents that gave no report
-- question: Which documents could not be read, why, and what is to be done about it?
-- basis:    nothing is skipped in silence
-- column name: path or URL of the document
-- column step: the step that failed
-- column code: the reason in short
-- column detail: the reason in words
-- column next: what to do about it
SELECT name, step, code, detail, next
FROM v_problem
ORDER BY ALL
