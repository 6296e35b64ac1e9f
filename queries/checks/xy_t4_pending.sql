-- rule:     XY-T4-PENDING
-- title:    Pending cases come back
-- title_zh: 未结案件有延续
-- question: Are there at least half as many cases as were pending last year?
-- question_zh: 案件数是否不少于上年尚未审结数的一半？
-- basis:    table 四; whether a pending case is counted again is not prescribed
-- since:    2020
-- severity: I
-- left:     总计
-- left_zh:  总计
-- right:    half of 尚未审结 of last year
-- right_zh: 上年尚未审结的一半
SELECT p.report_id, p.prior_report_id AS other_report_id, t.table_id, t.row_id, t.column_id,
       t.lenient AS left_value, b.lenient / 2 AS right_value,
       [address(t.table_id, t.row_id, 'total')] AS left_cells, ['prior:' || address(b.table_id, b.row_id, 'pending')] AS right_cells,
       verdict(CASE WHEN NOT p.ambiguous THEN t.value >= b.value / 2 END) AS strict,
       verdict(CASE WHEN NOT p.ambiguous THEN t.lenient >= b.lenient / 2 END) AS lenient
FROM v_year_pair p
JOIN v_figure t ON t.report_id = p.report_id AND t.table_id = 'disputes'::table_code AND t.column_id = 'total'::column_code
JOIN v_figure b ON b.report_id = p.prior_report_id AND b.table_id = 'disputes'::table_code AND b.column_id = 'pending'::column_code AND b.row_id = t.row_id
