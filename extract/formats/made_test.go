// Package formats_test tries forms that are not part of the build.
package formats_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/extract/reader"
	"gongkai/internal/tabular/datapackage"
	"gongkai/internal/testbed/fixture"
	"gongkai/warehouse"
)

const (
	newRow    = `  { id = "denied_personal_safety", label = "9.危及人身安全", group = ["三、本年度办理结果", "（三）不予公开"], kind = "outcome" },`
	newColumn = `  { id = "foundation", label = "基金会组织" },`
)

// madeForm2027 is form 2021 with one row and one column more, made as a person
// would: lines are put in, id, since and the sums are changed.
func madeForm2027(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	names, err := filepath.Glob("*.toml")
	if err != nil || len(names) == 0 {
		t.Fatal("no forms", err)
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fsys["formats/"+name] = &fstest.MapFile{Data: body}
	}
	s := string(fsys["formats/2021.toml"].Data)
	for _, edit := range [][2]string{
		{`id    = "2021"`, `id    = "2027"`},
		{`since = 2021`, `since = 2027`},
		{`  { id = "unable_not_held",`, newRow + "\n" + `  { id = "unable_not_held",`},
		{`  { id = "other_org", `, newColumn + "\n" + `  { id = "other_org", `},
		{`"denied_registry_query", "unable`, `"denied_registry_query", "denied_personal_safety", "unable`},
		{`"legal_service_org", "other_org"]`, `"legal_service_org", "foundation", "other_org"]`},
	} {
		if strings.Count(s, edit[0]) != 1 {
			t.Fatalf("%q is %d times in 2021.toml", edit[0], strings.Count(s, edit[0]))
		}
		s = strings.Replace(s, edit[0], edit[1], 1)
	}
	fsys["formats/2027.toml"] = &fstest.MapFile{Data: []byte(s)}
	return fsys
}

// report2027 lays out a report of form 2021 and puts the new row and column into
// table 三. The new row counts 2 applications of foundations.
func report2027(seed uint64, year int, row, column bool) *fixture.Doc {
	r := fixture.Random(seed, fixture.Options{Year: year, Plain: true, Forms: fixture.Form2021, Size: fixture.Large})
	who := "foundation"
	if !column {
		who = "other_org"
	}
	more := map[string]bool{"new_received": row, "processed_total": row}
	d := fixture.Compose(fixture.Layout{}, r)
	for _, b := range d.Blocks {
		if b.Sheet == nil || !slices.ContainsFunc(b.Sheet.Rows, func(r fixture.Row) bool {
			return slices.ContainsFunc(r.Cells, func(c fixture.Cell) bool { return c.Key.Table == "requests" })
		}) {
			continue
		}
		if row {
			addRow(b.Sheet)
		}
		for i := range b.Sheet.Rows {
			line := &b.Sheet.Rows[i]
			if column {
				addColumn(line, i)
			}
			for k := range line.Cells {
				c := &line.Cells[k]
				if key := c.Key; more[key.Row] && (key.Column == who || key.Column == "total") {
					n := 0
					fmt.Sscan(c.Text, &n)
					c.Text = fmt.Sprint(n + 2)
				}
			}
		}
		if column {
			b.Sheet.Widths = append(b.Sheet.Widths, 2)
		}
	}
	return d
}

// addRow puts the new row before that of unable_not_held.
func addRow(s *fixture.Sheet) {
	at := 0
	for i, r := range s.Rows {
		for k := range r.Cells {
			switch c := &r.Cells[k]; {
			case strings.Contains(c.Text, "本年度办理结果"), strings.Contains(c.Text, "不予公开"):
				c.RowSpan++
			case c.Key.Row == "unable_not_held" && at == 0:
				at = i
			}
		}
	}
	cells := []fixture.Cell{{Text: "9.危及人身安全", ColSpan: 1, RowSpan: 1}}
	for _, column := range []string{"natural_person", "company", "research_org", "public_interest_org", "legal_service_org", "other_org", "total"} {
		text := "0"
		if column == "total" || column == "other_org" {
			text = "2"
		}
		cells = append(cells, fixture.Cell{Text: text, ColSpan: 1, RowSpan: 1, Key: fixture.Key{Table: "requests", Row: "denied_personal_safety", Column: column}})
	}
	s.Rows = slices.Insert(s.Rows, at, fixture.Row{Cells: cells})
}

// addColumn puts the new column before 其他.
func addColumn(line *fixture.Row, i int) {
	cells := slices.Clone(line.Cells)
	if line.Head {
		switch i {
		case 0:
			cells[len(cells)-1].ColSpan++
		case 1:
			cells[1].ColSpan++
		case 2:
			cells = slices.Insert(cells, len(cells)-1, fixture.Cell{Text: "基金会组织", ColSpan: 1, RowSpan: 1})
		}
		line.Cells = cells
		return
	}
	at := slices.IndexFunc(cells, func(c fixture.Cell) bool { return c.Key.Column == "other_org" })
	key := cells[at].Key
	key.Column = "foundation"
	text := "0"
	if key.Row == "denied_personal_safety" {
		text, cells[at].Text = cells[at].Text, "0"
	}
	line.Cells = slices.Insert(cells, at, fixture.Cell{Text: text, ColSpan: 1, RowSpan: 1, Key: key})
}

func readDoc(t *testing.T, d *fixture.Doc) (*gongkai.Document, *gongkai.Report) {
	t.Helper()
	document := &gongkai.Document{Name: "r.html", Body: fixture.HTML(d, fixture.Markup{Frame: "bare", Text: "plain", Meta: "utf-8"})}
	rd := reader.New(reader.Options{})
	defer rd.Close()
	c, err := rd.Read(t.Context(), document)
	if err != nil {
		t.Fatal(err)
	}
	reports, err := extract.Extract(document, c)
	if err != nil || len(reports) != 1 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	return document, reports[0]
}

// TestMadeForm adds a form of FY2027 as one file: reports are read, verified,
// checked and exported by it, and those of other years as before.
func TestMadeForm(t *testing.T) {
	restore, err := extract.UseForms(madeForm2027(t))
	if err != nil {
		t.Fatal(err)
	}
	defer restore()

	document, r := readDoc(t, report2027(1, 2027, true, true))
	read := map[string]gongkai.Cell{}
	for _, c := range r.Cells {
		read[c.Row+"."+c.Column] = c
		if c.Form != "2027" || c.Status != gongkai.Verified {
			t.Errorf("%+v", c)
		}
	}
	if n := len(r.Cells); n != 200+25+8 {
		t.Errorf("%d cells", n)
	}
	for address, want := range map[string]int64{"denied_personal_safety.foundation": 2, "denied_personal_safety.total": 2, "processed_total.foundation": 2} {
		if got := read[address]; got.Value != gongkai.Int(want) || got.Grounds != gongkai.GroundsBoth {
			t.Errorf("%s: %+v", address, got)
		}
	}
	for _, i := range r.Issues {
		t.Errorf("issue %+v", i)
	}
	storeAndCheck(t, document, r)
}

func storeAndCheck(t *testing.T, document *gongkai.Document, r *gongkai.Report) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: extract.Forms(), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Load(t.Context(), []warehouse.Item{{Document: document, Reports: []*gongkai.Report{r}}}); err != nil {
		t.Fatal(err)
	}
	summary, findings, err := analysis.Check(t.Context(), db.SQL(), analysis.CheckOptions{Rules: []string{"T3-ROW", "T3-SUM", "T3-BAL"}})
	if err != nil || len(findings) > 0 {
		t.Fatalf("%v, findings %+v", err, findings)
	}
	for _, rule := range summary.Rules {
		if want := map[string]int64{"T3-ROW": 26, "T3-SUM": 8, "T3-BAL": 8}[rule.Rule]; rule.Pass != want {
			t.Errorf("%s passes %d times, want %d", rule.Rule, rule.Pass, want)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := warehouse.Attach(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	folder := t.TempDir()
	tables, err := datapackage.Choose(t.Context(), file, []string{"cell"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := datapackage.Write(t.Context(), file, folder, tables, datapackage.Options{Format: "csv"}); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(filepath.Join(folder, "cell.csv"))
	if err != nil || strings.Count(string(body), "denied_personal_safety") != 8 || strings.Count(string(body), ",foundation,") != 26 {
		t.Errorf("%v, exported %d bytes", err, len(body))
	}
}

// TestOtherYears reads by the form of 2021 what has nothing of that of 2027, and
// by the rows or columns that are there what has.
func TestOtherYears(t *testing.T) {
	restore, err := extract.UseForms(madeForm2027(t))
	if err != nil {
		t.Fatal(err)
	}
	defer restore()
	for _, tt := range []struct {
		year        int
		row, column bool
		want        string
	}{
		{2024, false, false, "2021"},
		{2026, false, false, "2021"},
		{2027, false, false, "2027"}, // both missing: flagged
		{2027, true, true, "2027"},
		{2028, true, true, "2027"},
	} {
		_, r := readDoc(t, report2027(uint64(tt.year), tt.year, tt.row, tt.column))
		for _, table := range r.Tables {
			if table.Form != tt.want {
				t.Errorf("%+v: table %s by form %s", tt, table.ID, table.Form)
			}
		}
		flagged := 0
		for _, c := range r.Cells {
			if c.Status != gongkai.Verified {
				flagged++
			}
		}
		if whole := tt.want == "2021" || tt.row && tt.column; whole != (flagged == 0) {
			t.Errorf("%+v: %d cells flagged", tt, flagged)
		}
	}
}
