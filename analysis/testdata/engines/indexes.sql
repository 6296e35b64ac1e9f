CREATE INDEX report_by_id ON report (report_id, year, agency_id);
CREATE INDEX report_by_year ON report (year, report_id);
CREATE INDEX agency_by_id ON agency (agency_id, level, type);
CREATE INDEX cell_by_report ON cell (report_id, table_id, row_id, column_id, value);
CREATE INDEX cell_by_place ON cell (table_id, row_id, column_id, report_id, value);
ANALYZE;
