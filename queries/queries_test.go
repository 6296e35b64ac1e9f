package queries_test

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/queries"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write anew what is generated: want.csv, docs/queries.md")

// TestQueries runs every query over the rows of its testdata/KIND/NAME.txtar
// and compares what it returns with want.csv there.
func TestQueries(t *testing.T) {
	all, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, q := range all {
		path := filepath.Join("testdata", string(q.Kind), q.Name+".txtar")
		used[path] = true
		t.Run(string(q.Kind)+"/"+q.Name, func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatalf("every query has a test: %v", err)
			}
			db := load(t, archive)
			if q.Kind == queries.Ranking || strings.Contains(q.SQL, "FROM finding") { // they ask what the checks found
				if _, _, err := analysis.Check(t.Context(), db, analysis.CheckOptions{Store: true}); err != nil {
					t.Fatal(err)
				}
			}
			got := ask(t, db, &q)
			if *update {
				rewrite(t, path, archive, got)
			}
			if diff := cmp.Diff(part(archive, "want.csv"), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", path, diff)
			}
			if q.Kind == queries.Check {
				breaksAndHolds(t, db, &q)
			}
		})
	}
	found, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		if !used[path] {
			t.Errorf("%s belongs to no query", path)
		}
	}
}

func part(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func rewrite(t *testing.T, path string, a *txtar.Archive, got string) {
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want.csv" })
	a.Files = append(a.Files, txtar.File{Name: "want.csv", Data: []byte(got)})
	if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// load makes a warehouse of the rows in.
func load(t *testing.T, a *txtar.Archive) *sql.DB {
	w, err := warehouse.Open(t.Context(), ":memory:", warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	b := newBuilder(t)
	b.build(a)
	if err := w.SetAgencies(t.Context(), b.agencies); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.SetEvents(t.Context(), b.events), w.SetNames(t.Context(), b.names), w.SetRosters(t.Context(), b.rosters, nil), w.SetRuns(t.Context(), b.runs, b.alerts), w.SetFetchProblems(t.Context(), b.fetches)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Load(t.Context(), b.items); err != nil {
		t.Fatal(err)
	}
	return w.SQL()
}

// ask runs q and returns its rows as CSV. Reports are called by the name of
// their document. Of a check the rows that PASS both ways are left out.
func ask(t *testing.T, db *sql.DB, q *queries.Query) string {
	text, args := q.Select(), []any{}
	for _, p := range q.Params {
		args = append(args, sql.Named(p.Name, p.Default))
	}
	if q.Kind == queries.Check {
		text = `SELECT r.name AS report, c.* EXCLUDE (report_id) FROM (` + text + `) c LEFT JOIN report r USING (report_id)
			WHERE c.strict <> 'PASS' OR c.lenient <> 'PASS' ORDER BY ALL`
	}
	reports := names(t, db)
	rows, err := db.QueryContext(t.Context(), text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	checkColumns(t, q, columns)
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write(columns)
	for rows.Next() {
		values, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		record := make([]string, len(columns))
		for i, v := range values {
			record[i] = written(columns[i], v, reports)
		}
		w.Write(record)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	w.Flush()
	return out.String()
}

// written writes one value; ids of reports, which are hashes, as document names.
func written(column string, v any, names map[int64]string) string {
	if id, ok := v.(int64); ok && strings.HasSuffix(column, "report_id") {
		return names[id]
	}
	if v == nil {
		return ""
	}
	if list, ok := v.([]any); ok {
		for i, v := range list { // addresses in other reports begin with their ids
			text := fmt.Sprint(v)
			if id, cell, ok := strings.Cut(text, "/"); ok {
				n, _ := strconv.ParseInt(id, 10, 64)
				list[i] = names[n] + "/" + cell
			}
		}
		return strings.Trim(fmt.Sprint(list), "[]")
	}
	return fmt.Sprint(v)
}

func names(t *testing.T, db *sql.DB) map[int64]string {
	rows, err := db.QueryContext(t.Context(), "SELECT report_id, name FROM report")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	m := map[int64]string{}
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			t.Fatal(err)
		}
		m[id] = name
	}
	return m
}

// checkColumns compares the columns that q returns with its header.
func checkColumns(t *testing.T, q *queries.Query, got []string) {
	var want []string
	for _, c := range q.Columns {
		want = append(want, c.Name)
	}
	if q.Kind != queries.Check {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("columns (-header +returned):\n%s", diff)
		}
		return
	}
	got = append([]string{"report_id"}, got[1:]...)
	for _, c := range got {
		if !slices.Contains(want, c) {
			t.Errorf("column %s is none of a check", c)
		}
	}
	for _, c := range []string{"strict", "lenient"} {
		if !slices.Contains(got, c) {
			t.Errorf("column %s is missing", c)
		}
	}
	for column, label := range map[string]string{"left_value": q.Left, "right_value": q.Right} {
		if slices.Contains(got, column) != (label != "") {
			t.Errorf("column %s and its name %q in the header: both or none", column, label)
		}
	}
}

// breaksAndHolds wants a report that breaks the rule and one that was tested
// and does not.
func breaksAndHolds(t *testing.T, db *sql.DB, q *queries.Query) {
	var breaking, holding int
	err := db.QueryRowContext(t.Context(), `
		SELECT count(*) FILTER (fails > 0), count(*) FILTER (fails = 0 AND passes > 0)
		FROM (SELECT report_id, count(*) FILTER (lenient = 'FAIL') AS fails, count(*) FILTER (lenient = 'PASS') AS passes
		      FROM (`+q.Select()+`) GROUP BY report_id)`).Scan(&breaking, &holding)
	if err != nil {
		t.Fatal(err)
	}
	if breaking == 0 || holding == 0 {
		t.Errorf("%d reports break the rule and %d hold it: want one of each", breaking, holding)
	}
}
