-- rule:     PL-SHIFT
-- title:    Figures stand in their columns
-- title_zh: 数字在其应在的列
-- question: Does a row that does not add up not do so when moved by one column?
-- question_zh: 不平的行，整体移动一列后是否仍然不平？
-- basis:    layout of table 三; perhaps a fault of reading
-- severity: W
-- left:     the figure that would be the total
-- left_zh:  移列后的总计
-- right:    总计 as printed
-- right_zh: 总计（原文）

-- A row adds up if its total is half of all its figures. Moved by one column
-- the total stands in the first or in the last but one.
WITH tested AS (
    SELECT report_id, form, row_id, left_value + right_value AS everything, CASE WHEN known THEN left_value = right_value OR left_value + right_value = 0 END AS adds_up
    FROM evaluated('requests', 'row')
), apart AS (
    SELECT t.report_id, t.row_id, any_value(t.everything) AS everything,
           max(c.lenient) FILTER (c.column_id = 'natural_person') AS first,
           max(c.lenient) FILTER (c.column_id = 'other_org') AS last_but_one,
           max(c.lenient) FILTER (c.column_id = 'total') AS total
    FROM tested t
    JOIN cell c ON c.report_id = t.report_id AND c.form = t.form AND c.table_id = 'requests'::table_code AND c.row_id = t.row_id
    WHERE NOT t.adds_up
    GROUP BY t.report_id, t.row_id
)
SELECT report_id, 'requests' AS table_id, row_id, CASE WHEN first * 2 = everything THEN 'natural_person' ELSE 'other_org' END AS column_id,
       CASE WHEN first * 2 = everything THEN first ELSE last_but_one END AS left_value, total AS right_value,
       verdict(in_place) AS strict, verdict(in_place) AS lenient
FROM (SELECT *, NOT (first * 2 = everything OR last_but_one * 2 = everything) AS in_place FROM apart)
UNION ALL
SELECT report_id, 'requests', row_id, NULL, NULL, NULL, verdict(adds_up), verdict(adds_up)
FROM tested
WHERE coalesce(adds_up, true)
