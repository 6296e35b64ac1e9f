package sqlgate_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/internal/sqlgate"
	"gongkai/warehouse"
)

const workerName = "query-worker"

// TestMain lets the test binary be the worker.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == workerName {
		if err := sqlgate.Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// empty makes a warehouse without reports.
func empty(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.duckdb")
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: extract.Forms(), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// ask runs a query and returns its rows, values joined by "|", NULL as "∅".
func ask(ctx context.Context, req sqlgate.Request) ([]string, error) {
	rows, err := sqlgate.Run(ctx, []string{workerName}, req)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var parts []string
		for _, v := range rows.Values() {
			if !v.Known {
				v.Text = "∅"
			}
			parts = append(parts, v.Text)
		}
		all = append(all, strings.Join(parts, "|"))
	}
	return all, rows.Err()
}

var small = sqlgate.Limits{Memory: "128MB", Spill: "16MB", Threads: 1}

func TestRun(t *testing.T) {
	t.Parallel()
	path := empty(t)
	for _, c := range []struct{ sql, want string }{
		{"SELECT 1 AS a, '' AS b, NULL AS c, 1.50 AS d, [1, 2] AS e, {x: '中'} AS f;", `1||∅|1.5|[1,2]|{"x":"中"}`},
		{"SELECT count(*) -- all\nFROM cell -- here", "0"},
		{"WITH a AS (SELECT 3 AS n), b AS (FROM a) SELECT n FROM b", "3"},
		{"WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t", "15"},
		{"PIVOT (VALUES ('a', 2023, 1), ('a', 2024, 2)) t(k, year, v) ON year IN (2023, 2024) USING sum(v)", "a|1|2"},
		{"FROM (PIVOT (VALUES ('a', 2023, 1)) t(k, year, v) ON year IN (2023) USING sum(v))", "a|1"},
		{"VALUES (1)", "1"},
		{"SELECT count(*) > 100 FROM duckdb_columns() WHERE NOT internal", "true"},
		{"SELECT table_name FROM information_schema.tables WHERE table_name = 'cell'", "cell"},
		{"SELECT count(*) > 5 FROM (SHOW TABLES)", "true"},
		{"SELECT count(*) > 5 FROM (DESCRIBE cell)", "true"},
		{"SELECT count(*) > 5 FROM (SUMMARIZE cell)", "true"},
		{"SELECT list_sum([x + 1 FOR x IN [1, 2]]), upper('a'), ('ab').upper(), rank() OVER ()", "5|A|AB|1"},
		{"SELECT verdict(true), w.main.verdict(false)", "PASS|FAIL"},
		{"SELECT sum(unnest) FROM unnest([1, 2]), range(2)", "6"},
	} {
		got, err := ask(t.Context(), sqlgate.Request{Warehouse: path, SQL: c.sql, Limits: small})
		if err != nil || strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %v, %v, want %s", c.sql, got, err, c.want)
		}
	}
	got, err := ask(t.Context(), sqlgate.Request{Warehouse: path, SQL: "SELECT $a || '!' FROM range(9)", Parameters: map[string]string{"a": "x"}, MaxRows: 2, Limits: small})
	if err != nil || strings.Join(got, "\n") != "x!\nx!" {
		t.Errorf("with a parameter: %v, %v", got, err)
	}
}

// TestPlaces points at the fault in the text of the user, in characters.
func TestPlaces(t *testing.T) {
	t.Parallel()
	path := empty(t)
	for _, c := range []struct {
		sql          string
		code         sqlgate.Code
		line, column int
		says         string
	}{
		{"", sqlgate.Empty, 0, 0, "empty"},
		{"SELEC 1", sqlgate.Syntax, 1, 1, "SELEC"},
		{"SELECT '中文', vlaue FROM\n cell", sqlgate.Faulty, 1, 14, "vlaue"},
		{"SELECT 1\nFROM cells", sqlgate.Table, 2, 6, "cells"},
		{"SELECT '中',\n getenv('HOME')", sqlgate.Function, 2, 2, "getenv"},
		{"SELECT CAST('x' AS INTEGER)", sqlgate.Broken, 1, 8, "x"},
		{"SELECT * FROM range(3) r(i) WHERE 10 < CAST('中' || i AS INTEGER)", sqlgate.Broken, 1, 40, "中"},
		{"SELECT nofunction(1)", sqlgate.Function, 1, 8, "nofunction"},
		{"SELECT 1; SELECT 2", sqlgate.Several, 0, 0, "2 statements"},
		{"DROP TABLE cell", sqlgate.NotSelect, 0, 0, "SELECT"},
		{"SELECT $a", sqlgate.Missing, 0, 0, "$a"},
		{"-- PIVOT\nFROM (PIVOT cell ON year USING count(*))", sqlgate.PivotIn, 2, 7, "IN ("},
		{"CREATE TABLE pivoted AS SELECT 'PIVOT'", sqlgate.NotSelect, 0, 0, "SELECT"},
		{"COPY cell TO 'PIVOT'", sqlgate.NotSelect, 0, 0, "SELECT"},
		{"WITH \"x.csv\" AS (SELECT 1) SELECT (WITH y AS (SELECT 1) FROM y), * FROM y", sqlgate.Table, 1, 73, "y"},
		{"SELECT '" + strings.Repeat("x", 21<<10) + "'", sqlgate.TooLong, 0, 0, "20480"},
		{"SELECT " + strings.Repeat("abs(", 300) + "1" + strings.Repeat(")", 300), sqlgate.TooDeep, 0, 0, "200"},
		{"SELECT 'a\x00b'", sqlgate.NotText, 0, 0, "UTF-8"},
	} {
		_, err := ask(t.Context(), sqlgate.Request{Warehouse: path, SQL: c.sql, Limits: small})
		var e *sqlgate.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Line != c.line || e.Column != c.column || !strings.Contains(e.Error(), c.says) || e.Refused() != (c.code != sqlgate.Broken) {
			t.Errorf("%.60q: %#v", c.sql, err)
		}
	}
}
