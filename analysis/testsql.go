package analysis

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"gongkai/queries"
)

// shared are the views that many rules ask, in the order in which they rest on
// each other. A run reads them once, into tables of its own connection that
// stand in their place.
var shared = []string{"v_current_report", "v_agency_key", "v_series_report", "v_obliged", "v_year_pair"}

// share makes the shared views tables for all that follows on conn.
func share(ctx context.Context, conn *sql.Conn) error {
	for _, view := range shared {
		if _, err := conn.ExecContext(ctx, fmt.Sprintf("CREATE TEMP TABLE %s AS FROM %[1]s", view)); err != nil {
			return fmt.Errorf("%s: %w", view, err)
		}
	}
	return nil
}

// release gives the connection back without the tables of the run. One that
// keeps them is thrown away.
func release(ctx context.Context, conn *sql.Conn) error {
	ctx = context.WithoutCancel(ctx)
	for _, table := range append([]string{"tested"}, shared...) {
		if _, err := conn.ExecContext(ctx, "DROP TABLE IF EXISTS temp."+table); err != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
			break
		}
	}
	if err := conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		return err
	}
	return nil
}

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

// testedSQL makes the table of the outcomes of all rules: counts and the places
// that fail. Places that do not fail are only counted: there are millions.
func testedSQL() string {
	return fmt.Sprintf(`CREATE TEMP TABLE tested (rule VARCHAR, pass BIGINT, fail BIGINT, unknown BIGINT, strict_pass BIGINT, strict_fail BIGINT, strict_unknown BIGINT,
		failed STRUCT(%s)[])`, fields(func(name, kind string) string { return name + " " + kind }))
}

// testText runs a check once, over all its places. A check leaves out columns
// that it has nothing to say of: they come from a row of nulls that is not there.
const testText = `
INSERT INTO tested
WITH tested_rule AS (
	SELECT %s WHERE false
	UNION ALL BY NAME (
%s
	)
)
SELECT ?, count(*) FILTER (t.lenient = 'PASS'), count(*) FILTER (t.lenient = 'FAIL'), count(*) FILTER (t.lenient = 'UNKNOWN'),
	count(*) FILTER (t.strict = 'PASS'), count(*) FILTER (t.strict = 'FAIL'), count(*) FILTER (t.strict = 'UNKNOWN'),
	list(CASE WHEN t.lenient = 'FAIL' THEN {%s} END) FILTER (t.lenient = 'FAIL')
FROM tested_rule t %s`

// testSQL wraps a check. Where is a condition on r, with the columns agency_key,
// agency and year of a report or, where the report may not be there, of the
// place; empty for all reports.
func testSQL(q *queries.Query, where string) string {
	nulls := fields(func(name, _ string) string { return "NULL AS " + name })
	cast := fields(func(name, kind string) string { return fmt.Sprintf("%s: t.%[1]s::%s", name, kind) })
	if where != "" {
		where = `LEFT JOIN v_current_report c ON c.report_id = t.report_id
	CROSS JOIN LATERAL (SELECT coalesce(t.agency_key, c.agency_key) AS agency_key, coalesce(t.agency, c.agency) AS agency, coalesce(t.year, c.year) AS year) r
WHERE ` + where
	}
	return fmt.Sprintf(testText, nulls, q.Select(), cast, where)
}

func fields(field func(name, kind string) string) string {
	list := make([]string, len(kept))
	for i, k := range kept {
		list[i] = field(k.name, k.kind)
	}
	return strings.Join(list, ", ")
}

// countsSQL gives the counts of all rules.
const countsSQL = "SELECT rule, pass, fail, unknown, strict_pass, strict_fail, strict_unknown FROM tested"

// findingsSQL gives the failing places of all rules with what is around them.
const findingsSQL = `
WITH failing AS (
	SELECT rule, unnest(failed) AS f FROM tested
), placed AS (
	SELECT f, r.* EXCLUDE (agency_key, agency, year), rt.form, failing.rule,
		coalesce(r.agency_key, f.agency_key) AS agency_key, coalesce(r.agency, f.agency) AS agency, coalesce(r.year, f.year) AS year, (
			SELECT min(x.reason) FROM excuse x
			WHERE x.rule = failing.rule AND coalesce(x.agency_key = coalesce(r.agency_key, f.agency_key), true) AND coalesce(x.year = coalesce(r.year, f.year), true)
				AND coalesce(x.scope = r.scope, true) AND coalesce(x.table_id = f.table_id, true)
				AND coalesce(x.row_id = f.row_id, true) AND coalesce(x.column_id = f.column_id, true)
		) AS reason
	FROM failing
	LEFT JOIN v_current_report r ON r.report_id = f.report_id
	LEFT JOIN report_table rt ON rt.report_id = f.report_id AND rt.table_id::VARCHAR = f.table_id
	WHERE r.report_id IS NOT NULL OR f.report_id IS NULL
)
SELECT p.rule, p.report_id, p.agency_key, p.agency, p.year, p.scope::VARCHAR, p.title, p.document, p.name,
	p.f.strict, p.reason, p.f.table_id, p.f.row_id, p.f.column_id, ft.title, array_to_string(fr.groups || [fr.label], ' '), fc.label,
	p.f.left_value::VARCHAR, p.f.right_value::VARCHAR, (p.f.left_value - p.f.right_value)::VARCHAR, p.f.detail,
	p.f.other_report_id, coalesce(oa.agency, o.agency), o.year, o.document, o.name,
	array_to_string(coalesce(p.f.left_cells, e.left_cells), ' '), array_to_string(coalesce(p.f.right_cells, e.right_cells), ' '), p.f.status
FROM placed p
LEFT JOIN report o ON o.report_id = p.f.other_report_id
LEFT JOIN agency oa ON oa.agency_id = o.agency_id
LEFT JOIN equation e ON e.equation_id = p.f.equation_id
LEFT JOIN form_table ft ON ft.form = p.form AND ft.table_id::VARCHAR = p.f.table_id
LEFT JOIN form_row fr ON fr.form = p.form AND fr.table_id::VARCHAR = p.f.table_id AND fr.row_id::VARCHAR = p.f.row_id
LEFT JOIN form_column fc ON fc.form = p.form AND fc.table_id::VARCHAR = p.f.table_id AND fc.column_id::VARCHAR = p.f.column_id`
