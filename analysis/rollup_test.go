package analysis_test

import (
	"slices"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// countyReports returns reports for 2023 of 甲县, with 5 new requests, and of two
// agencies below it, with 3 and 4, the last of them read with the given status.
func countyReports(status gongkai.Status) []warehouse.Item {
	var items []warehouse.Item
	for _, r := range []struct {
		name, id string
		scope    gongkai.Scope
		received int64
		status   gongkai.Status
	}{
		{"甲县人民政府", "a", gongkai.ScopeConsolidated, 5, gongkai.Verified},
		{"甲县教育局", "aj", gongkai.ScopeOwn, 3, gongkai.Verified},
		{"甲县某镇人民政府", "az", gongkai.ScopeOwn, 4, status},
	} {
		it := zeroReport(r.id+".html", r.name, 2023)
		it.Reports[0].AgencyID, it.Reports[0].Scope = r.id, r.scope
		set(it, "new_received", "total", r.received, r.status)
		items = append(items, it)
	}
	return items
}

func countyRegister() []gongkai.Agency {
	return []gongkai.Agency{
		{ID: "a", Name: "甲县人民政府", Level: gongkai.County, Type: gongkai.Government},
		{ID: "aj", Name: "甲县教育局", Level: gongkai.County, Type: gongkai.Department, Parent: "a"},
		{ID: "az", Name: "甲县某镇人民政府", Level: gongkai.Township, Type: gongkai.Government, Parent: "a"},
	}
}

func rollup(t *testing.T, items []warehouse.Item, register []gongkai.Agency) []analysis.Finding {
	t.Helper()
	db := openMemory(t)
	if err := db.SetAgencies(t.Context(), register); err != nil {
		t.Fatal(err)
	}
	for _, it := range items {
		load(t, db, it)
	}
	_, findings := check(t, db, analysis.CheckOptions{Rules: []string{"RU"}})
	return findings
}

// TestRollup wants a finding about several reports to show the cell of each,
// and to be the agency's only if all of them were read without doubt.
func TestRollup(t *testing.T) {
	type operand struct{ Agency, Name, Cell, Value string }
	want := []operand{
		{"甲县人民政府", "a.html", "requests.new_received.total", "5"},
		{"甲县教育局", "aj.html", "requests.new_received.total", "3"},
		{"甲县某镇人民政府", "az.html", "requests.new_received.total", "4"},
	}
	for status, blame := range map[gongkai.Status]analysis.Status{gongkai.Verified: analysis.Disputed, gongkai.Suspect: analysis.Suspect} {
		findings := rollup(t, countyReports(status), countyRegister())
		if len(findings) != 1 || findings[0].Rule != "RU-LOWER" {
			t.Fatalf("findings %+v, want one of RU-LOWER", findings)
		}
		f := findings[0]
		var got []operand
		for _, o := range f.Operands {
			got = append(got, operand{o.Agency, o.Name, o.Cell, o.Value})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("operands (-want +got):\n%s", diff)
		}
		if f.Left != "5" || f.Right != "7" || f.Delta != "-2" || f.Status != blame {
			t.Errorf("cell %s: %s and %s, %s: want 5 and 7, %s", status, f.Left, f.Right, f.Status, blame)
		}
	}
}

// TestRollupOrder wants the same findings whatever the order of reports and register.
func TestRollupOrder(t *testing.T) {
	want := rollup(t, countyReports(gongkai.Verified), countyRegister())
	items, register := countyReports(gongkai.Verified), countyRegister()
	for range len(items) {
		items, register = append(items[1:], items[0]), append(register[2:], register[:2]...)
		if diff := cmp.Diff(want, rollup(t, items, register), cmpopts.IgnoreUnexported(analysis.Finding{})); diff != "" {
			t.Errorf("another order, other findings (-want +got):\n%s", diff)
		}
		back := slices.Clone(items)
		slices.Reverse(back)
		if diff := cmp.Diff(want, rollup(t, back, register), cmpopts.IgnoreUnexported(analysis.Finding{})); diff != "" {
			t.Errorf("reversed, other findings (-want +got):\n%s", diff)
		}
	}
}
