-- rule:     XY-REG
-- title:    规章 in force follow from last year's
-- title_zh: 规章存量衔接
-- question: Are 规章 in force those of last year with the issued and without the repealed?
-- question_zh: 现行有效数是否等于上年现行有效加制发减废止？
-- basis:    国办公开办函〔2021〕30号, table 二; 清理, expiry and mergers are exceptions
-- since:    2022
-- severity: W
-- left:     现行有效 + 废止
-- left_zh:  现行有效 + 废止
-- right:    现行有效 of last year + 制发
-- right_zh: 上年现行有效 + 制发
WITH this AS (
    SELECT report_id,
           max(value) FILTER (column_id = 'in_force') + max(value) FILTER (column_id = 'repealed') AS after,
           max(value) FILTER (column_id = 'issued') AS issued,
           max(lenient) FILTER (column_id = 'in_force') + max(lenient) FILTER (column_id = 'repealed') AS after_lenient,
           max(lenient) FILTER (column_id = 'issued') AS issued_lenient
    FROM v_figure
    WHERE table_id = 'proactive'::table_code AND form = '2021' AND row_id = 'regulation'::row_code
    GROUP BY report_id
), prior AS (
    SELECT report_id, value, lenient FROM v_figure
    WHERE table_id = 'proactive'::table_code AND form = '2021' AND row_id = 'regulation'::row_code AND column_id = 'in_force'::column_code
)
SELECT p.report_id, p.prior_report_id AS other_report_id, 'proactive' AS table_id, 'regulation' AS row_id, 'in_force' AS column_id,
       t.after_lenient AS left_value, b.lenient + t.issued_lenient AS right_value,
       ['proactive.regulation.in_force', 'proactive.regulation.repealed'] AS left_cells,
       ['prior:proactive.regulation.in_force', 'proactive.regulation.issued'] AS right_cells,
       verdict(CASE WHEN NOT p.ambiguous THEN t.after = b.value + t.issued END) AS strict,
       verdict(CASE WHEN NOT p.ambiguous THEN t.after_lenient = b.lenient + t.issued_lenient END) AS lenient
FROM v_year_pair p
JOIN this t ON t.report_id = p.report_id
JOIN prior b ON b.report_id = p.prior_report_id
