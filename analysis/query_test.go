package analysis_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/warehouse"
)

func openReadOnly(t *testing.T) *sql.DB {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	load(t, db, zeroReport("a.html", "甲局", 2023))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	ro, err := warehouse.Open(t.Context(), path, warehouse.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ro.Close() })
	return ro.SQL()
}

func TestQuery(t *testing.T) {
	db := openReadOnly(t)
	for _, c := range []struct {
		text string
		args []any
	}{
		{"SELECT count(*) FROM cell", nil},
		{"SELECT count(*) FROM cell;  ", nil},
		{"SELECT count(*) -- all of them\nFROM cell -- here", nil},
		{"WITH a AS (FROM cell) SELECT count(*) FROM a", nil},
		{"SELECT count(*) FROM cell WHERE row_id <> ? -- but one", []any{""}},
		{"SELECT count(*) FROM cell WHERE raw = $zero", []any{sql.Named("zero", "0")}},
	} {
		rows, err := analysis.Query(t.Context(), db, c.text, c.args...)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		var n int
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				t.Error(err)
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil || n != 200 {
			t.Errorf("%s: %d, %v, want 200", c.text, n, err)
		}
	}
}

func TestQueryRefuses(t *testing.T) {
	db := openReadOnly(t)
	for _, text := range []string{
		"", "   ;", "DROP TABLE cell", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE cell", "SET threads = 1", "PRAGMA database_list",
		"COPY cell TO 'x.csv'", "ATTACH 'x'", "CREATE TEMP TABLE x AS SELECT 1", "INSERT INTO cell SELECT * FROM cell", "DELETE FROM cell",
		"SELECT * FROM read_csv('x.csv')", "SELECT * FROM Read_Text('x')", "SELECT * FROM glob('*')", "SELECT * FROM query('SELECT 1')",
		"SELECT (SELECT count(*) FROM read_blob('x'))", "SELECT getenv('HOME')", "SELECT 'a\x00b'", "SELECT '\xff'",
		"SELECT '" + strings.Repeat("x", 30_000) + "'", "SELECT 1) UNION ALL (SELECT 2", "not sql at all",
	} {
		rows, err := analysis.Query(t.Context(), db, text)
		if err == nil {
			rows.Close()
			t.Errorf("%.60q was run", text)
		} else if !errors.Is(err, analysis.ErrQuery) {
			t.Errorf("%.60q: %v is not ErrQuery", text, err)
		}
	}
	// What the gate cannot see the settings forbid.
	if rows, err := analysis.Query(t.Context(), db, "SELECT * FROM '/etc/hostname.csv'"); err == nil {
		rows.Close()
		t.Error("a file was read")
	}
}

// TestQueryStops ends a query that would take for ever.
func TestQueryStops(t *testing.T) {
	db := openReadOnly(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rows, err := analysis.Query(ctx, db, "SELECT count(*) FROM range(1000000000) a, range(1000000000) b")
	if err == nil {
		rows.Close()
		t.Error("a cancelled query was run")
	}
}
