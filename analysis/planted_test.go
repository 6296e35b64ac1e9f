package analysis_test

import (
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/internal/testbed/synthetic"
	"gongkai/queries"
	"gongkai/warehouse"
)

func generator(errorEvery int) *synthetic.Generator {
	forms := extract.Forms()
	for i := range forms {
		if forms[i].ID == "2021" {
			return &synthetic.Generator{Form: &forms[i], Seed: 1, ErrorEvery: errorEvery}
		}
	}
	return nil
}

// TestPlantedErrors makes 400 reports, some with one error each, and wants
// every planted one found and no other.
func TestPlantedErrors(t *testing.T) {
	db := openMemory(t)
	g := generator(10)
	planted := map[string]string{}
	var items []warehouse.Item
	for i := range 400 {
		r := g.Make(i)
		items = append(items, warehouse.Item{Document: r.Document, Reports: []*gongkai.Report{r.Report}})
		if r.Planted != "" {
			planted[r.Document.Name] = r.Planted
		}
	}
	load(t, db, items...)
	_, findings := check(t, db, analysis.CheckOptions{Severity: queries.Warning})
	found := map[string]bool{}
	for _, f := range findings {
		// A wrong 结转下年度 is seen again in the next year's report, rightly.
		again := f.Rule == "XY-CARRY-COL" && planted[f.OtherName] == "T3-BAL"
		if planted[f.Name] == "" && !again {
			t.Errorf("false finding: %s in %s: %s, %s", f.Rule, f.Name, f.Left, f.Right)
		}
		if f.Status != analysis.Disputed {
			t.Errorf("%s in %s is %s", f.Rule, f.Name, f.Status)
		}
		found[f.Name+f.Rule] = true
	}
	for name, rule := range planted {
		if !found[name+rule] {
			t.Errorf("%s in %s was not found", rule, name)
		}
	}
}
