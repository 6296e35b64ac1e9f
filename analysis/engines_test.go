//go:build linux

package analysis_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/extract"
	"gongkai/warehouse"
)

var engineReports = flag.Int("engine-reports", 20_000, "reports that BenchmarkEngines compares engines on: a multiple of 10000")

// An engine is a database that the same tables are loaded into.
type engine struct {
	name string
	load func(script string) error                               // tables, rows and indexes
	ask  func(ctx context.Context, query string) ([]byte, error) // rows as CSV without header
}

// engineTables are the tables compared, as SELECTs over the warehouse.
var engineTables = map[string]string{
	"report":        "SELECT report_id, agency_id, year FROM report",
	"agency":        "SELECT agency_id, level, type FROM agency",
	"equation_term": "SELECT equation_id, identity, table_id, row_id, column_id, side FROM equation_term WHERE form = '2021'",
	"measure_term":  "SELECT measure, table_id, row_id, column_id FROM measure_term WHERE form = '2021'",
	"cell":          "SELECT report_id, table_id, row_id, column_id, value::BIGINT FROM cell",
}

// BenchmarkEngines asks DuckDB, SQLite and PostgreSQL the same three queries
// (testdata/engines) over the same rows, in one run, and wants the same answers.
// Counts are integers, as suits all three. SQLite and PostgreSQL have covering
// indexes by report and by place (indexes.sql); DuckDB has none. Of three
// runs the fastest counts, so that all have their data in memory.
func BenchmarkEngines(b *testing.B) {
	dir := b.TempDir()
	exportEngines(b, dir)
	engines := []engine{duckdbEngine(b, dir), sqliteEngine(b, dir), postgresEngine(b, dir)}
	schema, indexes := engineSQL(b, "schema"), engineSQL(b, "indexes")
	for _, e := range engines {
		start := time.Now()
		script := schema
		if e.name != "duckdb" {
			script += indexes
		}
		if err := e.load(script); err != nil {
			b.Fatalf("%s: %v", e.name, err)
		}
		say("%-10s loaded %d reports in %.1f s", e.name, *engineReports, time.Since(start).Seconds())
	}
	for b.Loop() {
		for _, query := range []string{"check", "ranking", "trend"} {
			compareEngines(b, engines, query)
		}
	}
}

// compareEngines runs one query on all engines; the first is the measure.
func compareEngines(b *testing.B, engines []engine, query string) {
	var first []byte
	var unit time.Duration
	for i, e := range engines {
		var got []byte
		best := time.Duration(1<<63 - 1)
		for range 3 {
			start := time.Now()
			var err error
			if got, err = e.ask(b.Context(), engineSQL(b, query)); err != nil {
				b.Fatalf("%s, %s: %v", e.name, query, err)
			}
			best = min(best, time.Since(start))
		}
		if i == 0 {
			first, unit = got, best
			if len(first) == 0 {
				b.Fatalf("%s: no rows", query)
			}
		}
		if !bytes.Equal(first, got) {
			b.Errorf("%s: the rows of %s are not those of %s", query, e.name, engines[0].name)
		}
		ratio := best.Seconds() / unit.Seconds()
		say("%-8s %-10s %9.3f s, %7.1f times duckdb, %d rows", query, e.name, best.Seconds(), ratio, bytes.Count(got, []byte("\n")))
		b.ReportMetric(ratio, query+"-"+e.name+"-ratio")
	}
}

func engineSQL(b *testing.B, name string) string {
	text, err := os.ReadFile(filepath.Join("testdata", "engines", name+".sql"))
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

// exportEngines makes a warehouse and writes the tables as CSV.
func exportEngines(b *testing.B, dir string) {
	path := filepath.Join(dir, "w.duckdb")
	buildSynthetic(b, path, *engineReports/base)
	db, err := warehouse.Open(b.Context(), path, warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for name, query := range engineTables {
		if _, err := db.SQL().ExecContext(b.Context(), fmt.Sprintf("COPY (%s) TO '%s' (HEADER false)", query, engineCSV(dir, name))); err != nil {
			b.Fatal(err)
		}
	}
}

func engineCSV(dir, table string) string { return filepath.Join(dir, table+".csv") }

func duckdbEngine(b *testing.B, dir string) engine {
	db, err := sql.Open("duckdb", filepath.Join(dir, "engine.duckdb"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	load := func(script string) error {
		for name := range engineTables {
			script += fmt.Sprintf("COPY %s FROM '%s' (HEADER false);\n", name, engineCSV(dir, name))
		}
		_, err := db.ExecContext(b.Context(), script)
		return err
	}
	return engine{"duckdb", load, func(ctx context.Context, query string) ([]byte, error) {
		rows, err := db.QueryContext(ctx, strings.TrimRight(query, "; \n"))
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		return rowsCSV(rows)
	}}
}

func rowsCSV(rows *sql.Rows) ([]byte, error) {
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, pointers, record := make([]any, len(columns)), make([]any, len(columns)), make([]string, len(columns))
	for i := range values {
		pointers[i] = &values[i]
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			return nil, err
		}
		for i, v := range values {
			record[i] = fmt.Sprint(v)
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), rows.Err()
}

func sqliteEngine(b *testing.B, dir string) engine {
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("SKIPPED: sqlite3 is not installed; there is nothing to compare DuckDB with")
	}
	ask := func(ctx context.Context, text string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, program, "-batch", "-bail", "-csv", "-newline", "\n", filepath.Join(dir, "engine.sqlite"))
		cmd.Stdin = strings.NewReader("PRAGMA cache_size = -1000000;\n" + text)
		return output(cmd)
	}
	load := func(script string) error {
		schema, indexes, _ := strings.Cut(script, "CREATE INDEX")
		for name := range engineTables {
			schema += fmt.Sprintf(".import --csv %s %s\n", engineCSV(dir, name), name)
		}
		_, err := ask(b.Context(), "PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\n"+schema+"CREATE INDEX"+indexes)
		return err
	}
	return engine{"sqlite", load, ask}
}

// output runs a program and returns what it prints; an error has its words.
func output(cmd *exec.Cmd) ([]byte, error) {
	var trouble bytes.Buffer
	cmd.Stderr = &trouble
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, trouble.String())
	}
	return out, nil
}
