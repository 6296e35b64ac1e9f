package synthetic

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Governments is how many agencies of the register, the first, are county
// governments: a peer group as large as that of China. The others are towns
// and departments of counties.
const Governments = 3000

// registerSQL makes the register of the agencies that have a report.
const registerSQL = `
INSERT INTO agency BY NAME
SELECT agency_id, agency, CASE WHEN number >= {governments} AND number % 4 = 0 THEN 'township' ELSE 'county' END AS level,
	CASE WHEN number < {governments} OR number % 4 = 0 THEN 'government' ELSE 'department' END AS type
FROM (SELECT DISTINCT agency_id, agency, split_part(agency_id, '-', 2)::INTEGER AS number FROM report)`

// Register fills the register of agencies of a warehouse of made reports.
func Register(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, strings.ReplaceAll(registerSQL, "{governments}", fmt.Sprint(Governments))); err != nil {
		return fmt.Errorf("register agencies: %w", err)
	}
	return nil
}

// notes are temporary tables: what there is to copy; which tables have a figure
// of 10 or more, for only these are taken for copied if another agency has the
// same; and how often each measure and each side of an equation holds a cell
// that changes.
var notes = []struct{ table, rows string }{
	{"original_document", "FROM document"},
	{"original_report", "FROM report"},
	{"original_report_table", "FROM report_table"},
	{"original_section", "FROM section"},
	{"original_fact", "FROM fact"},
	{"original_sketch", "FROM sketch"},
	{"original_measured", "FROM measured"},
	{"original_equation_sum", "FROM equation_sum"},
	{"original_cell", "FROM cell"},
	{"lively", `SELECT report_id AS lively_id, table_id AS lively_table, true AS lively,
		count(*) FILTER (value = 0 AND ` + changed + `) AS zeros, max(value) FILTER (` + changed + `) AS top
		FROM cell c GROUP BY ALL HAVING max(value) >= 10`},
	{"raised", `SELECT lively_id AS raised_id, measure AS raised_measure, count(*) AS terms
		FROM lively JOIN measure_term c ON c.table_id = lively_table WHERE ` + changed + ` AND c.form = (SELECT min(form) FROM report_table) GROUP BY ALL`},
	{"shifted", `SELECT lively_id AS shifted_id, equation_id AS shifted_equation,
		count(*) FILTER (side = 0) AS left_terms, count(*) FILTER (side = 1) AS right_terms
		FROM lively JOIN equation_term c ON c.table_id = lively_table WHERE ` + changed + ` GROUP BY ALL`},
}

// changed are the cells of lively tables that differ in copy k, by k: no table
// is another agency's table of the same year, and all identities still hold.
const changed = `(c.table_id = 'requests' AND c.row_id IN ('new_received', 'granted', 'processed_total') AND c.column_id IN ('natural_person', 'total')
	OR c.table_id = 'disputes' AND c.row_id = 'reconsideration' AND c.column_id IN ('upheld', 'total')
	OR c.table_id = 'proactive' AND c.row_id = 'licence')`

// copies are the statements that copy the originals once more, as other agencies.
var copies = []string{
	"INSERT INTO document SELECT * REPLACE (md5(document || {k}) AS document, {agency} AS agency_id) FROM original_document",
	`INSERT INTO report SELECT * REPLACE ({id} AS report_id, md5(document || {k}) AS document, {agency} AS agency_key, {agency} AS agency_id, {name} AS agency,
		{agency} || '|' || year || '|' || scope AS identity, replace(title, agency, {name}) AS title)
		FROM original_report`,
	`INSERT INTO report_table SELECT t.* REPLACE ({id} AS report_id, t.nonzero + coalesce(l.zeros, 0) AS nonzero, greatest(t.largest, l.top + {k}) AS largest,
		CASE WHEN lively THEN hash(t.fingerprint, {k}) ELSE t.fingerprint END AS fingerprint)
		FROM original_report_table t LEFT JOIN lively l ON l.lively_id = t.report_id AND l.lively_table = t.table_id`,
	"INSERT INTO section SELECT * REPLACE ({id} AS report_id, {text} AS text) FROM original_section",
	`INSERT INTO fact SELECT f.* REPLACE ({id} AS report_id, f.value + {more} AS value,
		replace(f.sentence, f.value::BIGINT::VARCHAR, (f.value::BIGINT + {more})::VARCHAR) AS sentence)
		FROM original_fact f LEFT JOIN lively l ON l.lively_id = f.report_id AND l.lively_table = 'requests'`,
	// Equal signatures of one copy stay equal, those of two copies have nothing in common.
	`INSERT INTO sketch SELECT * REPLACE ({id} AS report_id, hash(hash, {k}) AS hash, list_transform(bits, lambda b, i: xor(b, hash({k}, i))) AS bits)
		FROM original_sketch`,
	`INSERT INTO measured SELECT m.* REPLACE ({id} AS report_id, m.value + {raised} AS value)
		FROM original_measured m
		LEFT JOIN raised r ON r.raised_id = m.report_id AND r.raised_measure = m.measure`,
	`INSERT INTO equation_sum SELECT e.* REPLACE ({id} AS report_id,
		e.left_value + coalesce(s.left_terms, 0) * {k} AS left_value, e.right_value + coalesce(s.right_terms, 0) * {k} AS right_value)
		FROM original_equation_sum e
		LEFT JOIN shifted s ON s.shifted_id = e.report_id AND s.shifted_equation = e.equation_id`,
	`INSERT INTO cell SELECT c.* REPLACE ({id} AS report_id, CASE WHEN lively AND ` + changed + ` THEN c.value + {k} ELSE c.value END AS value,
		CASE WHEN lively AND ` + changed + ` THEN c.lenient + {k} ELSE c.lenient END AS lenient,
		CASE WHEN lively AND ` + changed + ` THEN (c.value::BIGINT + {k})::VARCHAR ELSE raw END AS raw)
		FROM original_cell c LEFT JOIN lively l ON l.lively_id = c.report_id AND l.lively_table = c.table_id`,
}

// Multiply copies all reports in a warehouse of made reports times-1 times,
// within DuckDB: the quick way to a large one. Copies are of other agencies,
// for the same years. It must be called once only, before Register.
func Multiply(ctx context.Context, db *sql.DB, times int) error {
	conn, err := db.Conn(ctx) // temporary tables belong to it
	if err != nil {
		return err
	}
	defer conn.Close()
	defer func() {
		for _, n := range notes {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS temp."+n.table)
		}
	}()
	for _, n := range notes {
		if _, err := conn.ExecContext(ctx, "CREATE TEMP TABLE "+n.table+" AS "+n.rows); err != nil {
			return fmt.Errorf("note originals: %w", err)
		}
	}
	var agencies int
	if err := conn.QueryRowContext(ctx, "SELECT count(DISTINCT agency_id) FROM report").Scan(&agencies); err != nil {
		return fmt.Errorf("count agencies: %w", err)
	}
	for k := 1; k < times; k++ {
		number := fmt.Sprintf("(split_part(agency_id, '-', 2)::INTEGER + %d)", k*agencies)
		fill := strings.NewReplacer(
			"{id}", fmt.Sprintf("(hash(report_id, %d) >> 11)::BIGINT", k), "{k}", fmt.Sprint(k), "{more}", fmt.Sprintf("CASE WHEN lively THEN %d ELSE 0 END", k),
			"{raised}", fmt.Sprintf("coalesce(r.terms, 0) * %d", k),
			"{agency}", "('synthetic-' || "+number+")", "{name}", "('第' || "+number+" || '局')",
			"{text}", fmt.Sprintf("translate(sha256(text || '%d'), '%s', '%s') || '%s'", k, hexDigits, characters, closing))
		for _, s := range copies {
			if _, err := conn.ExecContext(ctx, fill.Replace(s)); err != nil {
				return fmt.Errorf("copy %d: %w", k, err)
			}
		}
	}
	return nil
}
