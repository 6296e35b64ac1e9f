-- title:    One cell that explains all failures of table 三
-- title_zh: 能解释表三全部不符的一格
-- question: Is there one figure whose change would satisfy every identity of table 三 that fails?
-- question_zh: 是否改动一个数即可使表三所有不符的等式成立？
-- basis:    domain reference 3.1: one wrong cell breaks the equations it stands in and no others
-- column report_id: the report
-- column agency: its agency
-- column year: the fiscal year
-- column cell: address of the cell
-- column label: the cell, in the words of the form
-- column printed: the figure as printed
-- column wanted: the figure that would satisfy every equation; a suspicion, never a correction
-- column equations: how many equations fail, all of which the cell stands in
WITH tested AS (
    FROM evaluated('requests', 'balance')
    UNION ALL FROM evaluated('requests', 'sum')
    UNION ALL FROM evaluated('requests', 'row')
), broken AS (
    SELECT report_id, count(*) AS failures FROM tested WHERE lenient = false GROUP BY report_id
), candidate AS (
    SELECT t.report_id, m.form, m.row_id, m.column_id,
           count(*) FILTER (t.lenient = false) AS explained,
           count(*) FILTER (t.lenient = true) AS spoiled,
           min(CASE WHEN m.side = 0 THEN t.right_value - t.left_value ELSE t.left_value - t.right_value END) FILTER (t.lenient = false) AS least,
           max(CASE WHEN m.side = 0 THEN t.right_value - t.left_value ELSE t.left_value - t.right_value END) FILTER (t.lenient = false) AS most
    FROM tested t
    JOIN equation_term m USING (equation_id)
    SEMI JOIN broken b ON b.report_id = t.report_id
    GROUP BY t.report_id, m.form, m.row_id, m.column_id
), only_one AS (
    SELECT c.*, count(*) OVER (PARTITION BY c.report_id) AS candidates
    FROM candidate c JOIN broken b USING (report_id)
    WHERE c.explained = b.failures AND c.spoiled = 0 AND c.least = c.most
)
SELECT r.report_id, r.agency, r.year, address(v.table_id, v.row_id, v.column_id) AS cell, f.label,
       v.value AS printed, (v.lenient + o.least)::DECIMAL(18, 6) AS wanted, o.explained AS equations
FROM only_one o
JOIN v_figure v ON v.report_id = o.report_id AND v.table_id = 'requests' AND v.row_id = o.row_id AND v.column_id = o.column_id
JOIN form_cell f ON f.form = v.form AND f.table_id = v.table_id AND f.row_id = v.row_id AND f.column_id = v.column_id
JOIN report r ON r.report_id = o.report_id
WHERE o.candidates = 1 AND v.lenient + o.least >= 0
ORDER BY r.report_id
