package analysis_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/extract/reader"
	"gongkai/queries"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

func openMemory(t testing.TB) *warehouse.DB {
	t.Helper()
	db, err := warehouse.Open(t.Context(), ":memory:", warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// zeroReport returns a report of form 2021 with every cell zero.
func zeroReport(name, agency string, year int) warehouse.Item {
	d := &gongkai.Document{Name: name, Body: []byte(name)}
	r := &gongkai.Report{
		Document: d.Hash(), Name: name, Part: 1, Reader: "html", Agency: agency, Year: year, Scope: gongkai.ScopeOwn, Title: agency + "年度报告",
	}
	for _, f := range extract.Forms() {
		if f.ID != "2021" {
			continue
		}
		for i := range f.Tables {
			t := &f.Tables[i]
			r.Tables = append(r.Tables, gongkai.Table{ID: t.ID, Form: f.ID, Found: true, Method: "html"})
			for j := range t.Rows {
				for k, c := range t.CellColumns(&t.Rows[j]) {
					r.Cells = append(r.Cells, gongkai.Cell{
						Table: t.ID, Row: t.Rows[j].ID, Column: c, Form: f.ID, State: gongkai.Number, Raw: "0", Status: gongkai.Verified,
						Place: gongkai.Place{Table: i + 1, Row: j + 4, Column: k + 3},
					})
				}
			}
		}
	}
	return warehouse.Item{Document: d, Reports: []*gongkai.Report{r}}
}

func set(it warehouse.Item, row, column string, value int64, status gongkai.Status) {
	for i := range it.Reports[0].Cells {
		c := &it.Reports[0].Cells[i]
		if c.Table == "requests" && c.Row == row && c.Column == column {
			c.Value, c.Raw, c.Status = gongkai.Int(value), gongkai.Int(value).String(), status
		}
	}
}

func load(t testing.TB, db *warehouse.DB, items ...warehouse.Item) {
	t.Helper()
	if _, err := db.Load(t.Context(), items); err != nil {
		t.Fatal(err)
	}
}

func check(t testing.TB, db *warehouse.DB, o analysis.CheckOptions) (analysis.Summary, []analysis.Finding) {
	t.Helper()
	s, f, err := analysis.Check(t.Context(), db.SQL(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s, f
}

// TestFindingSaysWhere wants a finding to name table, cell, figures and place.
func TestFindingSaysWhere(t *testing.T) {
	db := openMemory(t)
	bad := zeroReport("bad.html", "某局", 2023)
	set(bad, "granted", "company", 2, gongkai.Disputed)
	set(bad, "granted", "total", 3, gongkai.Disputed)
	load(t, db, bad, zeroReport("good.html", "另局", 2023))

	s, findings := check(t, db, analysis.CheckOptions{Rules: []string{"T3-ROW"}})
	want := []analysis.RuleSummary{{
		Rule: "T3-ROW", Title: "Applicants add up to the total", Severity: queries.Error,
		Pass: 49, Fail: 1, StrictPass: 49, StrictFail: 1,
	}}
	if diff := cmp.Diff(want, s.Rules); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if len(findings) != 1 {
		t.Fatalf("%d findings, want 1", len(findings))
	}
	f := findings[0]
	got := []string{
		f.Agency, f.Name, f.Table, f.Row, f.Column, f.TableLabel, f.RowLabel, f.ColumnLabel,
		f.Left, f.Right, f.Delta, string(f.Outcome), string(f.Status),
	}
	wantText := []string{
		"某局", "bad.html", "requests", "granted", "total", "收到和处理政府信息公开申请情况", "三、本年度办理结果 （一）予以公开", "总计",
		"2", "3", "-1", "FAIL", "disputed",
	}
	if diff := cmp.Diff(wantText, got); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
	if len(f.Operands) != 7 {
		t.Fatalf("%d operands, want 7", len(f.Operands))
	}
	total := f.Operands[6]
	if total.Left || total.Cell != "requests.granted.total" || total.Raw != "3" || total.DocTable != 2 || total.DocRow != 6 || total.DocCol != 9 {
		t.Errorf("total is %+v", total)
	}
}

// TestStatus makes one operand suspect: then the finding is ours.
func TestStatus(t *testing.T) {
	for status, want := range map[gongkai.Status]analysis.Status{
		gongkai.Disputed: analysis.Disputed, gongkai.Verified: analysis.Disputed, gongkai.Suspect: analysis.Suspect, gongkai.OCR: analysis.Suspect,
	} {
		db := openMemory(t)
		bad := zeroReport("bad.html", "某局", 2023)
		set(bad, "granted", "company", 2, status)
		load(t, db, bad)
		_, findings := check(t, db, analysis.CheckOptions{Rules: []string{"T3-ROW"}})
		if len(findings) != 1 || findings[0].Status != want {
			t.Errorf("cell %s: findings %+v, want one that is %s", status, findings, want)
		}
	}
}

// TestBlankTotalStandsForItsParts wants a balance to be tested although a total
// is left blank, with the parts of the total among the cells that it rests on.
func TestBlankTotalStandsForItsParts(t *testing.T) {
	for _, part := range []gongkai.Status{gongkai.Verified, gongkai.Suspect} {
		db := openMemory(t)
		it := zeroReport("a.html", "甲局", 2023)
		set(it, "new_received", "company", 8, gongkai.Verified)
		set(it, "granted", "company", 4, part)
		set(it, "partly_granted", "company", 3, gongkai.Verified)
		for i := range it.Reports[0].Cells {
			if c := &it.Reports[0].Cells[i]; c.Row == "processed_total" && c.Column == "company" {
				c.State, c.Raw = gongkai.Blank, ""
			}
		}
		load(t, db, it)
		_, findings := check(t, db, analysis.CheckOptions{Rules: []string{"T3-BAL"}})
		if len(findings) != 1 {
			t.Fatalf("%d findings, want that of company: %+v", len(findings), findings)
		}
		f := findings[0]
		if f.Left != "8" || f.Right != "7" || f.Strict != analysis.Unknown || f.Detail == "" {
			t.Errorf("%s and %s, strictly %s, %q; want 8 and 7, UNKNOWN, and what was done with blanks", f.Left, f.Right, f.Strict, f.Detail)
		}
		values := map[string]string{}
		for _, o := range f.Operands {
			values[o.Cell] = o.Value
		}
		if values["requests.granted.company"] != "4" || values["requests.partly_granted.company"] != "3" || values["requests.new_received.company"] != "8" {
			t.Errorf("the finding rests on %v", values)
		}
		want := analysis.Disputed
		if part == gongkai.Suspect {
			want = analysis.Suspect
		}
		if f.Status != want {
			t.Errorf("a part is %s: the finding is %s, want %s", part, f.Status, want)
		}
	}
}

func TestExcuse(t *testing.T) {
	db := openMemory(t)
	last, this := zeroReport("2022.html", "某局", 2022), zeroReport("2023.html", "某局", 2023)
	set(last, "carried_out", "total", 4, gongkai.Verified)
	load(t, db, last, this)
	rule := analysis.CheckOptions{Rules: []string{"XY-CARRY"}}
	s, f := check(t, db, rule)
	if s.Failed(queries.Error) != 1 || len(f) == 0 || f[0].OtherName != "2022.html" {
		t.Fatalf("before: %+v %+v", s, f)
	}
	excuses := []gongkai.Excuse{{Rule: "XY-CARRY", Agency: "name:某局", Year: 2023, Reason: "merged", Basis: "notice"}}
	if err := db.SetExcuses(t.Context(), excuses); err != nil {
		t.Fatal(err)
	}
	s, f = check(t, db, rule)
	if s.Failed(queries.Error) != 0 || s.Rules[0].Excused != 1 || f[0].Outcome != analysis.Excused || f[0].Excuse != "merged" {
		t.Errorf("after: %+v %+v", s, f)
	}
}

func TestCheckOptions(t *testing.T) {
	db := openMemory(t)
	for _, it := range []warehouse.Item{zeroReport("a", "甲局", 2022), zeroReport("b", "乙局", 2023)} {
		set(it, "granted", "company", 2, gongkai.Verified)
		load(t, db, it)
	}
	for _, c := range []struct {
		o                        analysis.CheckOptions
		reports, rules, findings int
	}{
		{analysis.CheckOptions{Rules: []string{"T3-ROW"}}, 2, 1, 2},
		{analysis.CheckOptions{Rules: []string{"T3-ROW"}, Year: 2022}, 1, 1, 1},
		{analysis.CheckOptions{Rules: []string{"T3-ROW"}, Agency: "乙"}, 1, 1, 1},
		{analysis.CheckOptions{Rules: []string{"T3-ROW"}, Agency: "name:甲局"}, 1, 1, 1},
		{analysis.CheckOptions{Rules: []string{"T4"}}, 2, 3, 0},
	} {
		s, f := check(t, db, c.o)
		if s.Reports != c.reports || len(s.Rules) != c.rules || len(f) != c.findings {
			t.Errorf("%+v: %d reports, %d rules, %d findings, want %d, %d, %d", c.o, s.Reports, len(s.Rules), len(f), c.reports, c.rules, c.findings)
		}
	}
	s, _ := check(t, db, analysis.CheckOptions{Severity: queries.Error})
	for _, r := range s.Rules {
		if r.Severity != queries.Error {
			t.Errorf("severity E also tests %s", r.Rule)
		}
	}
	for _, o := range []analysis.CheckOptions{{Rules: []string{"NO-RULE"}}, {Severity: "X"}} {
		if _, _, err := analysis.Check(t.Context(), db.SQL(), o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}

func TestStoreFindings(t *testing.T) {
	db := openMemory(t)
	bad := zeroReport("bad.html", "某局", 2023)
	set(bad, "granted", "company", 2, gongkai.Disputed)
	load(t, db, bad)
	for range 2 { // the second run replaces the first
		_, findings := check(t, db, analysis.CheckOptions{Store: true})
		var n int
		if err := db.SQL().QueryRowContext(t.Context(), "SELECT count(*) FROM finding").Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n != len(findings) || n == 0 {
			t.Errorf("%d findings stored, want %d", n, len(findings))
		}
	}
}

// TestRealReports runs all rules over published reports. The one contradiction
// known in them: Shanghai says 258 and prints 275.
func TestRealReports(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "reports")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("published reports are not here: %v", err)
	}
	db := openMemory(t)
	r := reader.New(reader.Options{})
	defer r.Close()
	for _, name := range []string{"shanghai-office-2019.html", "wuzhong-kjj-2023.txt", "shuyang-2025.md", "huaian-2024.pdf"} {
		body, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, os.ErrNotExist) {
			t.Skipf("%s is not here", name)
		}
		if err != nil {
			t.Fatal(err)
		}
		d := &gongkai.Document{Name: name, Body: body}
		content, err := r.Read(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		reports, err := extract.Extract(d, content)
		if err != nil {
			t.Fatal(err)
		}
		load(t, db, warehouse.Item{Document: d, Reports: reports})
	}
	s, findings := check(t, db, analysis.CheckOptions{})
	if s.Reports != 4 || s.Failed(queries.Error) != 0 {
		t.Errorf("%d reports, %d errors, want 4 and 0", s.Reports, s.Failed(queries.Error))
	}
	found := false
	for _, f := range findings {
		t.Logf("%s %s %s: %s %s %s | %s: %s | %s: %s | %s | %s", f.Rule, f.Severity, f.Agency, f.TableLabel, f.RowLabel, f.ColumnLabel, f.LeftLabel, f.Left, f.RightLabel, f.Right, f.Status, f.Detail)
		found = found || f.Rule == "TX-OUT" && f.Left == "258" && f.Right == "275" && f.Name == "shanghai-office-2019.html"
	}
	if !found {
		t.Error("the contradiction of Shanghai 2019 (258 in the text, 275 in the table) was not found")
	}
}
