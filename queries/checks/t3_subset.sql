-- rule:     T3-SUBSET
-- title:    A part is not more than the whole
-- title_zh: 部分不大于整体
-- question: Is no result more than （七）总计, and 结转下年度 not more than what there was to do?
-- question_zh: 每项结果是否不大于（七）总计，结转下年度是否不大于全部待办申请？
-- basis:    国办公开办函〔2021〕30号 and 〔2019〕60号, layout of table 三
-- severity: E
-- left:     one result, or 结转下年度
-- left_zh:  一项结果，或结转下年度
-- right:    （七）总计, or 本年新收 + 上年结转
-- right_zh: （七）总计，或本年新收 + 上年结转

-- Implied by the identities, but it can be tested where some cells are missing.
-- A column is one place for all results that are not more than its total.
WITH ends AS (
    SELECT s.report_id, s.column_id, s.left_figures > 0 AS printed,
           CASE WHEN s.right_figures = 1 THEN s.right_value END AS processed,
           CASE WHEN b.left_figures = 2 THEN b.left_value END AS intake,
           CASE WHEN b.left_known = 2 THEN b.left_value END AS intake_lenient
    FROM evaluated('requests', 'sum') s JOIN evaluated('requests', 'balance') b USING (report_id, column_id)
), excess AS (
    SELECT e.report_id, v.row_id, e.column_id, v.value, e.processed
    FROM ends e
    JOIN cell v ON v.report_id = e.report_id AND v.column_id = e.column_id AND v.value > e.processed
    WHERE v.table_id = 'requests'::table_code
      AND v.row_id NOT IN ('new_received'::row_code, 'carried_in'::row_code, 'processed_total'::row_code, 'carried_out'::row_code)
), carried AS (
    SELECT e.report_id, e.column_id, v.value AS carried_out, e.intake, e.intake_lenient
    FROM ends e
    JOIN cell v ON v.report_id = e.report_id AND v.column_id = e.column_id AND v.table_id = 'requests'::table_code AND v.row_id = 'carried_out'::row_code
)
SELECT report_id, 'requests' AS table_id, row_id::VARCHAR AS row_id, column_id, value AS left_value, processed AS right_value,
       [address('requests', row_id, column_id)] AS left_cells, [address('requests', 'processed_total', column_id)] AS right_cells,
       'FAIL' AS strict, 'FAIL' AS lenient
FROM excess
UNION ALL
SELECT report_id, 'requests', NULL, column_id, NULL, processed, NULL, NULL,
       verdict(CASE WHEN printed AND processed IS NOT NULL THEN true END), verdict(CASE WHEN printed AND processed IS NOT NULL THEN true END)
FROM ends ANTI JOIN excess USING (report_id, column_id)
UNION ALL
SELECT report_id, 'requests', 'carried_out', column_id, carried_out, intake_lenient,
       CASE WHEN carried_out > intake_lenient THEN [address('requests', 'carried_out', column_id)] END,
       CASE WHEN carried_out > intake_lenient THEN [address('requests', r, column_id) FOR r IN ['new_received', 'carried_in']] END,
       verdict(carried_out <= intake), verdict(carried_out <= intake_lenient)
FROM carried
