-- The figures of reports. What views and columns mean is said in comments.txt.

-- The address of a cell, as findings and the CSV of gongkai extract give it.
CREATE MACRO address(table_id, row_id, column_id) AS table_id || '.' || row_id || '.' || column_id;

-- The group of outcomes that a row of table 三 belongs to.
CREATE MACRO outcome_group(row_id) AS
    CASE WHEN row_id IN ('granted', 'partly_granted') THEN row_id::VARCHAR
         ELSE split_part(row_id::VARCHAR, '_', 1) END;

-- The cells that checks and statistics are about: those of current reports.
CREATE VIEW v_figure AS
SELECT report_id, form, table_id, row_id, column_id, state, value, lenient,
       blank_total, parts, unit, raw, status, grounds, second
FROM cell SEMI JOIN (FROM report WHERE is_current) USING (report_id);

-- The same for reading: with the names of the report and the labels of the form.
CREATE VIEW v_cell_current AS
SELECT r.report_id, r.agency_key, r.agency, r.year, r.scope, c.form, c.table_id, c.row_id, c.column_id, f.label,
       c.state, c.value, c.unit, c.raw, c.note, c.status, c.grounds, c.second, c.blank_total,
       coalesce(p.document, r.document) AS document, coalesce(p.name, r.name) AS name,
       c.page, c.x0, c.y0, c.x1, c.y1, c.doc_table, c.doc_row, c.doc_column
FROM cell c
JOIN form_cell f USING (form, table_id, row_id, column_id)
JOIN report r USING (report_id)
LEFT JOIN report_page p USING (report_id, page)
WHERE r.is_current;

-- The column 总计 of tables 三 and 四; a total left blank is taken from its parts.
CREATE VIEW v_total AS
SELECT report_id, form, table_id, row_id, value AS strict_value, coalesce(lenient, parts) AS value, blank_total,
       CASE WHEN NOT blank_total THEN [address(table_id, row_id, 'total')]
            WHEN table_id = 'disputes' THEN list_transform(['upheld', 'corrected', 'other', 'pending'], lambda c: address(table_id, row_id, c))
            ELSE list_transform(['natural_person', 'company', 'research_org', 'public_interest_org', 'legal_service_org', 'other_org'],
                                lambda c: address(table_id, row_id, c)) END AS cells
FROM v_figure
WHERE column_id = 'total'::column_code;

-- Totals of the groups of outcomes: granted, partly_granted, denied, unable, refused, other.
CREATE VIEW v_outcome AS
SELECT report_id, outcome_group(row_id) AS outcome,
       CASE WHEN count(strict_value) = count(*) THEN sum(strict_value) END AS strict_value,
       CASE WHEN count(value) = count(*) THEN sum(value) END AS value,
       flatten(list(cells ORDER BY row_id)) AS cells
FROM v_total
WHERE table_id = 'requests'::table_code AND row_id NOT IN ('new_received'::row_code, 'carried_in'::row_code, 'processed_total'::row_code, 'carried_out'::row_code)
GROUP BY report_id, outcome;

-- The equations of an identity of the forms, with both sides (the sums of what is
-- known) and whether they are equal (the cells are in table equation): strictly,
-- if every cell is a figure, and leniently. A side without any figure is not
-- wrong, it is left out: UNKNOWN.
CREATE MACRO evaluated(of_table, of_identity) AS TABLE
SELECT *, CASE WHEN strict IS NULL AND NOT lenient THEN 'blanks count as zero, a total left blank as the sum of its parts' END AS detail
FROM (
    SELECT s.report_id, s.equation_id, e.form, e.table_id, e.row_id, e.column_id, s.left_value, s.right_value,
           CASE WHEN s.left_figures + s.right_figures = e.terms THEN s.left_value = s.right_value END AS strict,
           CASE WHEN s.left_known + s.right_known < e.terms OR s.left_value IS NULL OR s.right_value IS NULL THEN NULL
                WHEN s.left_value = s.right_value THEN true
                WHEN s.left_figures > 0 AND s.right_figures > 0 THEN false END AS lenient,
           s.left_known, s.right_known, s.left_figures, s.right_figures, s.left_known + s.right_known = e.terms AS known
    FROM equation_sum s
    JOIN (SELECT *, len(left_cells) + len(right_cells) AS terms FROM equation) e USING (equation_id)
    SEMI JOIN (FROM report WHERE is_current) r ON r.report_id = s.report_id
    WHERE e.table_id = of_table AND e.identity = of_identity);

-- Figures that the prose states, exact and for the whole of the report.
CREATE MACRO stated(of_measure) AS TABLE
SELECT f.report_id, f.value AS stated, f.unit, f.sentence
FROM fact f SEMI JOIN (FROM report WHERE is_current) USING (report_id)
WHERE f.measure = of_measure AND f.total AND NOT f.approximate;

-- A row of this year's report beside a row of last year's, column by column. A
-- total left blank is taken from its parts.
CREATE MACRO year_rows(of_table, this_row, prior_row) AS TABLE
SELECT p.report_id, p.prior_report_id, p.year, t.table_id, t.row_id, t.column_id, t.form,
       CASE WHEN NOT p.ambiguous THEN t.value END AS this_strict,
       CASE WHEN NOT p.ambiguous THEN b.value END AS prior_strict,
       CASE WHEN NOT p.ambiguous THEN coalesce(t.lenient, t.parts) END AS this_value,
       CASE WHEN NOT p.ambiguous THEN coalesce(b.lenient, b.parts) END AS prior_value,
       [address(t.table_id, t.row_id, t.column_id)] AS this_cell,
       ['prior:' || address(b.table_id, b.row_id, b.column_id)] AS prior_cell
FROM v_year_pair p
JOIN v_figure t ON t.report_id = p.report_id AND t.table_id = of_table::table_code AND t.row_id = this_row::row_code
JOIN v_figure b ON b.report_id = p.prior_report_id AND b.table_id = of_table::table_code AND b.row_id = prior_row::row_code AND b.column_id = t.column_id;

-- A table of a report as one number, to find tables that are the same. A table
-- is telling if at least three cells are not zero and one of them is 10 or
-- more: small figures agree by chance.
CREATE VIEW v_table_vector AS
SELECT report_id, table_id, fingerprint AS vector, nonzero >= 3 AND largest >= 10 AS telling
FROM report_table SEMI JOIN (FROM report WHERE is_current) USING (report_id)
WHERE cells > 0;
