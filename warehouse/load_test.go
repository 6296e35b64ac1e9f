package warehouse_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"gongkai"
	"gongkai/extract"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// blankReport returns a report for d with every cell of form 2021 zero.
func blankReport(d *gongkai.Document, agency string, year int) *gongkai.Report {
	r := &gongkai.Report{
		Document: d.Hash(), Name: d.Name, Part: 1, Reader: "html", Agency: agency, Year: year,
		Scope: gongkai.ScopeOwn, Title: fmt.Sprintf("%s%d年政府信息公开工作年度报告", agency, year),
	}
	for _, f := range extract.Forms() {
		if f.ID != "2021" {
			continue
		}
		for i := range f.Tables {
			t := &f.Tables[i]
			r.Tables = append(r.Tables, gongkai.Table{ID: t.ID, Form: f.ID, Found: true, Method: "html"})
			for j := range t.Rows {
				for _, c := range t.CellColumns(&t.Rows[j]) {
					r.Cells = append(r.Cells, gongkai.Cell{
						Table: t.ID, Row: t.Rows[j].ID, Column: c, Form: f.ID,
						State: gongkai.Number, Raw: "0", Status: gongkai.Verified,
					})
				}
			}
		}
	}
	return r
}

func setCell(r *gongkai.Report, table, row, column, raw string) {
	for i := range r.Cells {
		c := &r.Cells[i]
		if c.Table != table || c.Row != row || c.Column != column {
			continue
		}
		c.Raw, c.Value, c.State = raw, 0, gongkai.Blank
		if v, err := gongkai.ParseDecimal(raw); err == nil {
			c.Value, c.State = v, gongkai.Number
		}
		return
	}
	panic("no cell " + table + "." + row + "." + column)
}

func document(name, body string) *gongkai.Document {
	return &gongkai.Document{Name: name, Body: []byte(body)}
}

// items returns n documents of one report each.
func items(n int) []warehouse.Item {
	var list []warehouse.Item
	for i := range n {
		d := document(fmt.Sprintf("%d.html", i), fmt.Sprint("body ", i))
		r := blankReport(d, fmt.Sprintf("机关%d", i/3), 2021+i%3)
		setCell(r, "requests", "new_received", "total", fmt.Sprint(i))
		r.Facts = []gongkai.Fact{{Section: 1, Measure: "received", Value: gongkai.Int(int64(i)), Unit: "件", Total: true, Sentence: "收到申请。"}}
		r.Sections = []gongkai.Section{{Number: 1, Title: "一、总体情况", Present: true, Text: "概述", Order: 1}}
		r.Extra = []gongkai.ExtraRow{{Table: "proactive", Label: "其他", Values: []string{"1", ""}}}
		r.Issues = []gongkai.Issue{{Code: gongkai.IssueExtraRow, Table: "proactive", Detail: "其他", Place: gongkai.Place{Table: 1, Row: 9}}}
		list = append(list, warehouse.Item{Document: d, Reports: []*gongkai.Report{r}})
	}
	return list
}

func mustLoad(t testing.TB, db *warehouse.DB, list []warehouse.Item) warehouse.Loaded {
	t.Helper()
	l, err := db.Load(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func mustDigest(t testing.TB, db *warehouse.DB) string {
	t.Helper()
	d, err := db.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func count(t testing.TB, db *warehouse.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.SQL().QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestLoadIsIdempotent(t *testing.T) {
	db := openMemory(t)
	empty := mustDigest(t, db)
	want := warehouse.Loaded{Added: 9, Reports: 9}
	if diff := cmp.Diff(want, mustLoad(t, db, items(9))); diff != "" {
		t.Errorf("first load (-want +got):\n%s", diff)
	}
	first := mustDigest(t, db)
	if first == empty {
		t.Error("loading does not change the digest")
	}
	if diff := cmp.Diff(warehouse.Loaded{Unchanged: 9}, mustLoad(t, db, items(9))); diff != "" {
		t.Errorf("second load (-want +got):\n%s", diff)
	}
	if mustDigest(t, db) != first {
		t.Error("loading the same again changes the digest")
	}
	if n := count(t, db, "SELECT count(*) FROM cell"); n != 9*200 {
		t.Errorf("%d cells, want 1800", n)
	}
}

func TestDigestIgnoresOrderAndTimes(t *testing.T) {
	one := openMemory(t)
	mustLoad(t, one, items(12))
	shuffled := items(12)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	other := openMemory(t)
	for i := range shuffled {
		shuffled[i].Document.Fetched = time.Date(2024, 1, i+1, 0, 0, 0, 0, time.UTC)
		mustLoad(t, other, shuffled[i:i+1])
	}
	if mustDigest(t, one) != mustDigest(t, other) {
		t.Error("order and times of loading change the digest")
	}
	shuffled[0].Reports[0].Cells[5].Raw = "0 "
	mustLoad(t, other, shuffled[:1])
	if mustDigest(t, one) == mustDigest(t, other) {
		t.Error("a changed character does not change the digest")
	}
}

func TestReplaceDocument(t *testing.T) {
	db := openMemory(t)
	mustLoad(t, db, items(6))
	before := mustDigest(t, db)

	changed := items(6)[2:3]
	setCell(changed[0].Reports[0], "requests", "granted", "total", "77")
	if diff := cmp.Diff(warehouse.Loaded{Replaced: 1, Reports: 1}, mustLoad(t, db, changed)); diff != "" {
		t.Errorf("replace (-want +got):\n%s", diff)
	}
	if n := count(t, db, "SELECT count(*) FROM cell WHERE raw = '77'"); n != 1 {
		t.Errorf("%d changed cells, want 1", n)
	}
	if n := count(t, db, "SELECT count(*) FROM cell"); n != 6*200 {
		t.Errorf("%d cells after replacing, want 1200", n)
	}
	// A document that can no longer be read loses its report and says why.
	changed[0].Reports, changed[0].Problem = nil, &warehouse.Problem{Step: "read", Code: "damaged", Detail: "cut", Next: "fetch again"}
	mustLoad(t, db, changed)
	if n := count(t, db, "SELECT count(*) FROM report"); n != 5 {
		t.Errorf("%d reports, want 5", n)
	}
	if n := count(t, db, "SELECT count(*) FROM v_problem WHERE code = 'damaged'"); n != 1 {
		t.Errorf("%d problems, want 1", n)
	}
	mustLoad(t, db, items(6))
	if mustDigest(t, db) != before {
		t.Error("loading the first content again does not restore the digest")
	}
}

func TestLoadIsAtomic(t *testing.T) {
	db := openMemory(t)
	mustLoad(t, db, items(2))
	before := mustDigest(t, db)
	bad := items(4)
	bad[3].Reports[0].Cells[7].Row = "no_such_row"
	if _, err := db.Load(t.Context(), bad); err == nil {
		t.Fatal("a cell outside the form was loaded")
	}
	if mustDigest(t, db) != before {
		t.Error("a failed load left something behind")
	}
	mustLoad(t, db, items(4)) // the warehouse is still usable
}

func TestLoadRefuses(t *testing.T) {
	db := openMemory(t)
	for name, spoil := range map[string]func(*warehouse.Item){
		"cell twice":             func(it *warehouse.Item) { r := it.Reports[0]; r.Cells = append(r.Cells, r.Cells[3]) },
		"part twice":             func(it *warehouse.Item) { it.Reports = append(it.Reports, it.Reports[0]) },
		"report of another file": func(it *warehouse.Item) { it.Document.Body = []byte("other") },
		"unknown form":           func(it *warehouse.Item) { it.Reports[0].Tables[0].Form = "1999" },
	} {
		list := items(1)
		spoil(&list[0])
		if _, err := db.Load(t.Context(), list); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if n := count(t, db, "SELECT count(*) FROM document"); n != 0 {
		t.Errorf("%d documents, want 0", n)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	mustLoad(t, db, items(3))
	want := mustDigest(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	ro, err := warehouse.Open(t.Context(), path, warehouse.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	if got := mustDigest(t, ro); got != want {
		t.Errorf("digest %s after closing and opening, want %s", got, want)
	}
	for _, statement := range []string{
		"DELETE FROM cell",
		"CREATE TABLE x (a INTEGER)",
		"SET enable_external_access = true",
		"SELECT * FROM read_text('" + path + "')",
		"COPY report TO '" + path + ".csv'",
		"ATTACH '" + path + ".other' AS other",
		"INSTALL httpfs",
	} {
		if _, err := ro.SQL().ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s: allowed", statement)
		}
	}
}

// TestFileExplainsItself wants a comment in Chinese and English on every
// table, view and column, and a column in the wide view for every cell.
func TestFileExplainsItself(t *testing.T) {
	db, err := warehouse.Open(t.Context(), filepath.Join(t.TempDir(), "w.duckdb"), warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const said = "regexp_matches(coalesce(comment, ''), '\\p{Han}.* / .*[a-z0-9]')"
	for _, query := range []string{
		"SELECT count(*) FROM duckdb_tables() WHERE NOT internal AND NOT " + said,
		"SELECT count(*) FROM duckdb_views() WHERE NOT internal AND NOT " + said,
		"SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND NOT " + said,
	} {
		if n := count(t, db, query); n != 0 {
			t.Errorf("%d without a comment: %s", n, query)
		}
	}
	for _, f := range extract.Forms() {
		n := count(t, db, "SELECT count(*) FROM duckdb_columns() WHERE table_name = ? AND comment LIKE '% / cell %'", "v_form_"+f.ID)
		if n != f.Size() {
			t.Errorf("v_form_%s has %d cells, want %d", f.ID, n, f.Size())
		}
	}
}
