-- title:    Figures that the prose contradicts
-- title_zh: 正文与表格相左的数字
-- question: Where does the text of a report give another figure than its own table?
-- question_zh: 哪些报告正文给出的数与自己的表格不同？
-- basis:    domain reference 3.4; rules TX-; findings of the last gongkai check
-- read:     Each row is one contradiction of an agency with itself, with its sentence: quote sentence, cell and document together. It does not say which of the two is right. No rows may also mean that gongkai check was not run.
-- column agency: the agency
-- column scope: whose figures
-- column year: fiscal year
-- column rule: the rule broken
-- column cell: address of the cell
-- column in_text: the figure in the text
-- column in_table: the figure in the table
-- column sentence: the sentence
-- column document: SHA-256 of the document

-- Only disputed counts: a finding of status suspect may be our misreading, one
-- that is EXCUSED or WITHDRAWN is none.
SELECT r.agency, r.scope, r.year, f.rule, address(f.table_id, f.row_id, f.column_id) AS cell,
       f.left_value::DECIMAL(18, 2) AS in_text, f.right_value::DECIMAL(18, 2) AS in_table, f.detail AS sentence, r.document
FROM finding f JOIN v_current_report r USING (report_id)
WHERE starts_with(f.rule, 'TX-') AND f.outcome = 'FAIL' AND f.status = 'disputed' AND f.table_id IS NOT NULL
ORDER BY r.agency, r.scope, r.year, f.rule, cell, sentence
