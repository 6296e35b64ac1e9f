package analysis_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/warehouse"
	"gongkai/warehouse/synthetic"
)

// peak gives the most memory that the process ever held.
func peak(b *testing.B) string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	m := regexp.MustCompile(`VmHWM:\s*(.*)`).FindSubmatch(status)
	if m == nil {
		return "unknown"
	}
	return string(m[1])
}

// BenchmarkChecks100k runs all checks over 100,000 reports, 20 million cells.
func BenchmarkChecks100k(b *testing.B) { benchmarkChecks(b, 10) }

// benchmarkChecks makes 10,000 reports and copies them within DuckDB.
func benchmarkChecks(b *testing.B, times int) {
	path := filepath.Join(b.TempDir(), "w.duckdb")
	db, err := warehouse.Open(b.Context(), path, warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		b.Fatal(err)
	}
	g := generator(100)
	for i := 0; i < 10_000; i += 500 {
		var items []warehouse.Item
		for j := range 500 {
			r := g.Make(i + j)
			items = append(items, warehouse.Item{Document: r.Document, Reports: []*gongkai.Report{r.Report}})
		}
		load(b, db, items...)
	}
	if err := synthetic.Multiply(b.Context(), db.SQL(), times); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d reports, file %d MB, peak memory so far %s", times*10_000, info.Size()>>20, peak(b))
	ro, err := warehouse.Open(b.Context(), path, warehouse.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer ro.Close()
	for b.Loop() {
		s, findings, err := analysis.Check(b.Context(), ro.SQL(), analysis.CheckOptions{})
		if err != nil {
			b.Fatal(err)
		}
		b.Logf("%d reports, %d rules, %d findings, peak memory %s", s.Reports, len(s.Rules), len(findings), peak(b))
	}
}
