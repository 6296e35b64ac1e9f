package analysis_test

import (
	"errors"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

func view(t *testing.T, db *warehouse.DB, name string) *analysis.AgencyView {
	t.Helper()
	v, err := analysis.ViewAgency(t.Context(), db.SQL(), name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func fresh(t *testing.T, db *warehouse.DB) bool {
	t.Helper()
	is, err := analysis.Fresh(t.Context(), db.SQL())
	if err != nil {
		t.Fatal(err)
	}
	return is
}

// TestStoredFindings: an agency is told of alike whether its rules are known
// from stored findings or all are tested; and what changes anything that
// findings rest on makes those that are stored stale.
func TestStoredFindings(t *testing.T) {
	t.Parallel()
	db := county(t, nil)
	before := map[string]*analysis.AgencyView{}
	names := []string{"甲局", "乙局", "丙局", "丁局", "戊局", "己局"}
	found := 0
	for _, n := range names {
		before[n] = view(t, db, n)
		found += len(before[n].Findings)
	}
	if found == 0 || fresh(t, db) {
		t.Fatalf("%d findings; fresh although none are stored: %v", found, fresh(t, db))
	}
	check(t, db, analysis.CheckOptions{Store: true})
	if !fresh(t, db) {
		t.Fatal("what was just stored is not fresh")
	}
	for _, n := range names {
		if diff := cmp.Diff(before[n], view(t, db, n), cmp.Exporter(all)); diff != "" {
			t.Errorf("%s (-all rules +stored):\n%s", n, diff)
		}
	}
	for what, change := range map[string]func() error{
		"reports": func() error {
			_, err := db.Load(t.Context(), []warehouse.Item{received(registered(zeroReport("c2", "丙局", 2024), "c"), 6)})
			return err
		},
		"replies": func() error {
			return db.SetReplies(t.Context(), []gongkai.Reply{reply("c", "T3-BAL", gongkai.ReplyWithdrawn, "2025-05-01")})
		},
		"agencies": func() error { return db.SetAgencies(t.Context(), []gongkai.Agency{bureau("a", "甲局")}) },
	} {
		check(t, db, analysis.CheckOptions{Store: true})
		if !fresh(t, db) {
			t.Errorf("%s: not fresh before", what)
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if fresh(t, db) {
			t.Errorf("%s changed, and the stored findings are still fresh", what)
		}
	}
	check(t, db, analysis.CheckOptions{Store: true})
	check(t, db, analysis.CheckOptions{Store: true, Rules: []string{"T3"}})
	if fresh(t, db) {
		t.Error("the findings of a few rules pass for all")
	}
}

func TestFindAgency(t *testing.T) {
	t.Parallel()
	db := county(t, nil)
	for name, want := range map[string]string{"a": "a", "甲局": "a", "乙": "b", "辛局": "u", "甲镇": "t"} {
		got, err := analysis.FindAgency(t.Context(), db.SQL(), name)
		if err != nil || got.Key != want {
			t.Errorf("%s: %+v, %v; want %s", name, got, err, want)
		}
	}
	for name, want := range map[string]gongkai.Error{
		"甲":          {Code: gongkai.CodeAmbiguous, Near: []string{"甲局 (a)", "甲镇 (t)"}},
		"甲镇局":        {Code: gongkai.CodeNotFound, Near: []string{"甲局"}},
		"样县财政委员会办公室": {Code: gongkai.CodeNotFound},
	} {
		want.What, want.Name = "agency", name
		_, err := analysis.FindAgency(t.Context(), db.SQL(), name)
		var e *gongkai.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v is no coded error", name, err)
			continue
		}
		if diff := cmp.Diff(want, *e); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestPut: of two figures for a year that differ neither stands, whatever comes
// behind them.
func TestPut(t *testing.T) {
	t.Parallel()
	var lines []analysis.Line
	for _, f := range []struct {
		measure string
		year    int
		value   string
	}{
		{"x", 2020, "1"},
		{"x", 2020, "1"},
		{"x", 2021, "1"},
		{"x", 2021, "2"},
		{"x", 2021, "2"},
		{"x", 2022, ""},
		{"x", 2022, "3"},
		{"y", 2020, "4"},
	} {
		lines = analysis.Put(lines, analysis.Line{Measure: f.measure}, f.year, analysis.Figure{Value: f.value})
	}
	want := []analysis.Line{
		{Measure: "x", Figures: map[int]analysis.Figure{2020: {Value: "1"}, 2021: {Differ: true}, 2022: {Differ: true}}},
		{Measure: "y", Figures: map[int]analysis.Figure{2020: {Value: "4"}}},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}
