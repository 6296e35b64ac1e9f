package warehouse_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"gongkai"
	"gongkai/extract"
	"gongkai/internal/testbed/synthetic"
	"gongkai/warehouse"
)

// BenchmarkLoad10k loads 10,000 reports of 200 cells in batches of 500 into a file.
func BenchmarkLoad10k(b *testing.B) {
	forms := extract.Forms()
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "w.duckdb")
		db, err := warehouse.Open(b.Context(), path, warehouse.Options{Forms: forms})
		if err != nil {
			b.Fatal(err)
		}
		var g synthetic.Generator
		for i := range forms {
			if forms[i].ID == "2021" {
				g = synthetic.Generator{Form: &forms[i], Seed: 1, ErrorEvery: 100}
			}
		}
		for i := 0; i < 10_000; i += 500 {
			var items []warehouse.Item
			for j := range 500 {
				r := g.Make(i + j)
				items = append(items, warehouse.Item{Document: r.Document, Reports: []*gongkai.Report{r.Report}})
			}
			mustLoad(b, db, items)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		b.Logf("peak memory %s", regexp.MustCompile(`VmHWM:\s*(.*)`).FindSubmatch(status)[1])
	}
}
