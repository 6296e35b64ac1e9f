-- rule:     TX-REC
-- title:    Reconsiderations agree with the text
-- title_zh: 行政复议文表一致
-- question: Are the 行政复议 that the text gives those of table 四?
-- question_zh: 正文所述行政复议数是否与表四一致？
-- basis:    Regulation Art. 50; the prose and the tables of one report speak of the same figures
-- severity: W
-- left:     the text
-- left_zh:  正文
-- right:    table 四
-- right_zh: 表四
WITH told AS (
    SELECT f.report_id, f.position, f.value AS stated, f.sentence,
           CASE WHEN f.measure = 'reconsideration' THEN 'total' ELSE substr(f.measure, 17) END AS column_id
    FROM fact f SEMI JOIN (FROM report WHERE is_current) USING (report_id)
    WHERE f.total AND NOT f.approximate
      AND f.measure IN ('reconsideration', 'reconsideration_upheld', 'reconsideration_corrected', 'reconsideration_other', 'reconsideration_pending')
)
SELECT t.report_id, 'disputes' AS table_id, 'reconsideration' AS row_id, t.column_id,
       any_value(t.stated) AS left_value, sum(coalesce(c.lenient, c.parts)) AS right_value,
       list(address(c.table_id, c.row_id, c.column_id) ORDER BY c.row_id) AS right_cells, any_value(t.sentence) AS detail,
       verdict(CASE WHEN count(c.value) = count(*) THEN any_value(t.stated) = sum(c.value) END) AS strict,
       verdict(CASE WHEN count(coalesce(c.lenient, c.parts)) = count(*) THEN any_value(t.stated) = sum(coalesce(c.lenient, c.parts)) END) AS lenient
FROM told t
JOIN v_figure c ON c.report_id = t.report_id AND c.table_id = 'disputes'::table_code AND c.column_id::VARCHAR = t.column_id AND c.row_id IN ('reconsideration'::row_code)
GROUP BY t.report_id, t.position, t.column_id
