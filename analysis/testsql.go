package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gongkai/queries"
)

// kept are the columns of a failing place and their types.
var kept = []struct{ name, kind string }{
	{"report_id", "BIGINT"},
	{"other_report_id", "BIGINT"},
	{"strict", "VARCHAR"},
	{"equation_id", "INTEGER"},
	{"table_id", "VARCHAR"},
	{"row_id", "VARCHAR"},
	{"column_id", "VARCHAR"},
	{"left_value", "DECIMAL(38, 6)"},
	{"right_value", "DECIMAL(38, 6)"},
	{"left_cells", "VARCHAR[]"},
	{"right_cells", "VARCHAR[]"},
	{"detail", "VARCHAR"},
	{"agency_key", "VARCHAR"},
	{"agency", "VARCHAR"},
	{"year", "INTEGER"},
	{"status", "VARCHAR"},
}

// testText runs a check once, over all its places, and gives the counts on
// every row. Places that do not fail are only counted: there are millions.
const testText = `
WITH tested AS (
%s
), counted AS (
	SELECT count(*) FILTER (t.lenient = 'PASS') AS pass, count(*) FILTER (t.lenient = 'FAIL') AS fail,
		count(*) FILTER (t.lenient = 'UNKNOWN') AS unknown, count(*) FILTER (t.strict = 'PASS') AS strict_pass,
		count(*) FILTER (t.strict = 'FAIL') AS strict_fail, count(*) FILTER (t.strict = 'UNKNOWN') AS strict_unknown,
		list(CASE WHEN t.lenient = 'FAIL' THEN {%s} END) FILTER (t.lenient = 'FAIL') AS failed
	FROM tested t %s
), failing AS (
	SELECT unnest(failed) AS f FROM counted
), placed AS (
	SELECT f, r.* EXCLUDE (agency_key, agency, year), rt.form,
		coalesce(r.agency_key, f.agency_key) AS agency_key, coalesce(r.agency, f.agency) AS agency, coalesce(r.year, f.year) AS year, (
			SELECT min(x.reason) FROM excuse x
			WHERE x.rule = ? AND coalesce(x.agency_key = coalesce(r.agency_key, f.agency_key), true) AND coalesce(x.year = coalesce(r.year, f.year), true)
				AND coalesce(x.scope = r.scope, true) AND coalesce(x.table_id = f.table_id, true)
				AND coalesce(x.row_id = f.row_id, true) AND coalesce(x.column_id = f.column_id, true)
		) AS reason
	FROM failing
	LEFT JOIN v_current_report r ON r.report_id = f.report_id
	LEFT JOIN report_table rt ON rt.report_id = f.report_id AND rt.table_id::VARCHAR = f.table_id
	WHERE r.report_id IS NOT NULL OR f.report_id IS NULL
)
SELECT c.pass, c.fail, c.unknown, c.strict_pass, c.strict_fail, c.strict_unknown,
	p.report_id, p.agency_key, p.agency, p.year, p.scope::VARCHAR, p.title, p.document, p.name,
	p.f.strict, p.reason, p.f.table_id, p.f.row_id, p.f.column_id, ft.title, array_to_string(fr.groups || [fr.label], ' '), fc.label,
	p.f.left_value::VARCHAR, p.f.right_value::VARCHAR, (p.f.left_value - p.f.right_value)::VARCHAR, p.f.detail,
	p.f.other_report_id, coalesce(oa.agency, o.agency), o.year, o.document, o.name,
	array_to_string(coalesce(p.f.left_cells, e.left_cells), ' '), array_to_string(coalesce(p.f.right_cells, e.right_cells), ' '), p.f.status
FROM counted c
LEFT JOIN placed p ON true
LEFT JOIN report o ON o.report_id = p.f.other_report_id
LEFT JOIN agency oa ON oa.agency_id = o.agency_id
LEFT JOIN equation e ON e.equation_id = p.f.equation_id
LEFT JOIN form_table ft ON ft.form = p.form AND ft.table_id::VARCHAR = p.f.table_id
LEFT JOIN form_row fr ON fr.form = p.form AND fr.table_id::VARCHAR = p.f.table_id AND fr.row_id::VARCHAR = p.f.row_id
LEFT JOIN form_column fc ON fc.form = p.form AND fc.table_id::VARCHAR = p.f.table_id AND fc.column_id::VARCHAR = p.f.column_id`

// testSQL wraps a check. Where is a condition on r of v_current_report; empty
// for all reports.
func testSQL(ctx context.Context, db *sql.DB, q *queries.Query, where string) (string, error) {
	rows, err := db.QueryContext(ctx, "SELECT * FROM (\n"+q.Select()+"\n) LIMIT 0")
	if err != nil {
		return "", err
	}
	columns, err := rows.Columns()
	if err := rows.Close(); err != nil {
		return "", err
	}
	if err != nil {
		return "", err
	}
	fields := make([]string, len(kept))
	for i, k := range kept {
		from := "NULL"
		if slices.Contains(columns, k.name) {
			from = "t." + k.name
		}
		fields[i] = fmt.Sprintf("%s: %s::%s", k.name, from, k.kind)
	}
	switch {
	case where != "" && slices.Contains(columns, "agency_key"): // the report may not be there
		where = "CROSS JOIN LATERAL (SELECT t.agency_key AS agency_key, t.agency AS agency, t.year AS year) r WHERE " + where
	case where != "":
		where = "JOIN v_current_report r ON r.report_id = t.report_id WHERE " + where
	}
	return fmt.Sprintf(testText, q.Select(), strings.Join(fields, ", "), where), nil
}
