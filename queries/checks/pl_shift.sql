-- rule:     PL-SHIFT
-- title:    Figures stand in their columns
-- question: Does a row that does not add up not do so when moved by one column?
-- basis:    layout of table 三; perhaps a fault of reading
-- severity: W
-- left:     the figure that would be the total
-- right:    总计 as printed

-- A row adds up if its total is half of all its figures. Moved by one column
-- the total stands in the first or in the last but one.
WITH by_row AS (
    SELECT report_id, form, row_id, count(lenient) AS known, sum(lenient) AS everything,
           max(lenient) FILTER (column_id = 'natural_person') AS first,
           max(lenient) FILTER (column_id = 'other_org') AS last_but_one,
           max(lenient) FILTER (column_id = 'total') AS total
    FROM v_figure
    WHERE table_id = 'requests'
    GROUP BY report_id, form, row_id
)
SELECT report_id, 'requests' AS table_id, row_id, CASE WHEN first * 2 = everything THEN 'natural_person' ELSE 'other_org' END AS column_id,
       CASE WHEN first * 2 = everything THEN first ELSE last_but_one END AS left_value, total AS right_value,
       verdict(in_place) AS strict, verdict(in_place) AS lenient
FROM (SELECT *, CASE WHEN known = 7 THEN everything = 0 OR total * 2 = everything
                                         OR NOT (first * 2 = everything OR last_but_one * 2 = everything) END AS in_place FROM by_row)
