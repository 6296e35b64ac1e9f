package analysis_test

import (
	"cmp"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/internal/testbed/synthetic"
	"gongkai/queries"
	"gongkai/warehouse"
)

var (
	benchReports = flag.String("reports", "10000,100000", "sizes that BenchmarkScale makes, in reports: multiples of 10000, the smallest first")
	benchMemory  = flag.String("memory", "8GB", "memory_limit of DuckDB in BenchmarkScale")
	benchRules   = flag.Bool("rules", false, "BenchmarkScale gives the time of every rule")
)

// base is how many reports are made one by one; larger warehouses are copies.
const base = 10_000

// A stage is one part of the work with what it took.
type stage struct {
	name   string
	took   time.Duration
	memory int64 // most bytes of memory held, by the whole process
}

// BenchmarkScale makes warehouses of 10,000 reports (2 million cells) and more
// and takes on each the time and memory of: building it, all checks (which
// keep their findings), ranking the 3,000 county governments with 1,000 draws
// on these findings, and the trends of benchTrends.
//
//	go test ./analysis -run '^$' -bench Scale -benchtime 1x -timeout 2h -reports 10000,100000,1000000
//
// A million reports need 8 GB of memory, 10 GB of disk and about 12 minutes.
func BenchmarkScale(b *testing.B) {
	var before []stage
	for text := range strings.SplitSeq(*benchReports, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n%base != 0 || n == 0 {
			b.Fatalf("-reports %s: want multiples of %d", text, base)
		}
		b.Run(text, func(b *testing.B) {
			var stages []stage
			for b.Loop() {
				stages = scale(b, n)
			}
			for i, s := range stages {
				growth := ""
				if before != nil {
					growth = fmt.Sprintf(", %.1f times the size before", s.took.Seconds()/before[i].took.Seconds())
				}
				say("%9d reports: %-36s %8.2f s, peak memory %5d MB%s", n, s.name, s.took.Seconds(), s.memory>>20, growth)
				b.ReportMetric(s.took.Seconds(), strings.ReplaceAll(s.name, " ", "-")+"-s")
			}
			before = stages
		})
	}
}

// scale goes through all stages once.
func scale(b *testing.B, n int) []stage {
	path := filepath.Join(b.TempDir(), "w.duckdb")
	defer os.Remove(path) // the next size needs the space
	var stages []stage
	take := func(name string, do func()) {
		forgetPeak()
		start := time.Now()
		do()
		stages = append(stages, stage{name, time.Since(start), peak(b)})
	}
	take("build", func() { buildSynthetic(b, path, n/base) })
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size()>>20), "MB")
	say("%9d reports: file %d MB", n, info.Size()>>20)

	db, err := warehouse.Open(b.Context(), path, warehouse.Options{Forms: extract.Forms(), MemoryLimit: *benchMemory})
	if err != nil {
		b.Fatal(err)
	}
	take("all checks", func() {
		s, findings, err := analysis.Check(b.Context(), db.SQL(), analysis.CheckOptions{Store: true})
		if err != nil {
			b.Fatal(err)
		}
		if s.Reports != n || len(findings) < n/100 {
			b.Fatalf("%d reports, %d findings", s.Reports, len(findings))
		}
		say("%9d reports: %d rules, %d findings", n, len(s.Rules), len(findings))
	})
	if *benchRules {
		eachRule(b, db)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	ro, err := warehouse.Open(b.Context(), path, warehouse.Options{ReadOnly: true, MemoryLimit: *benchMemory})
	if err != nil {
		b.Fatal(err)
	}
	defer ro.Close()
	take("ranking", func() {
		r, err := analysis.Rank(b.Context(), ro.SQL(), analysis.RankOptions{Year: synthetic.FirstYear + 1, PeerGroup: "county_government", Seed: 1, Stored: true})
		if err != nil {
			b.Fatal(err)
		}
		if want := min(n/synthetic.Years, synthetic.Governments); r.Reports != want || len(r.Strata) == 0 {
			b.Fatalf("%d reports of the group, want %d", r.Reports, want)
		}
	})
	for _, t := range benchTrends {
		take(t.name, func() { t.rows(b, ro.SQL(), n) })
	}
	return stages
}

// benchTrends are the trends that are timed: one measure of one agency, one
// measure summed by level and kind of all agencies over all years, and a rate
// with intervals and shrinkage for all agencies in one year.
var benchTrends = []benchTrend{
	{"trend measure of one agency", "measure", map[string]string{"agency": "synthetic-7"}, func(int) int { return synthetic.Years }},
	{"trend volume of all agencies", "volume", nil, func(n int) int { return kinds(n) * synthetic.Years }},
	{"trend outcome O2 of one year", "outcome", map[string]string{"metric": "O2", "year": "2022"}, func(n int) int { return n / synthetic.Years }},
}

type benchTrend struct {
	name, query string
	params      map[string]string
	want        func(reports int) int // rows
}

// kinds is how many kinds of agency a register of that many reports has.
func kinds(reports int) int {
	if reports/synthetic.Years <= synthetic.Governments {
		return 1
	}
	return 3
}

// rows runs the trend, reads all its rows and counts them.
func (t *benchTrend) rows(b *testing.B, db *sql.DB, reports int) {
	q, ok := queries.Get(t.query)
	if !ok {
		b.Fatalf("no query %s", t.query)
	}
	var args []any
	for _, p := range q.Params {
		value, given := t.params[p.Name]
		if !given {
			value = p.Default
		}
		args = append(args, sql.Named(p.Name, value))
	}
	rows, err := db.QueryContext(b.Context(), q.SQL, args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	if want := t.want(reports); n != want {
		b.Fatalf("%s: %d rows, want %d", t.name, n, want)
	}
}

// eachRule gives the time of every rule, the slowest first.
func eachRule(b *testing.B, db *warehouse.DB) {
	all, err := queries.All()
	if err != nil {
		b.Fatal(err)
	}
	var times []stage
	for _, q := range all {
		if q.Kind != queries.Check {
			continue
		}
		start := time.Now()
		if _, _, err := analysis.Check(b.Context(), db.SQL(), analysis.CheckOptions{Rules: []string{q.Rule}}); err != nil {
			b.Fatal(err)
		}
		times = append(times, stage{name: q.Rule, took: time.Since(start)})
	}
	slices.SortFunc(times, func(x, y stage) int { return cmp.Compare(y.took, x.took) })
	for _, s := range times {
		say("%-20s %8.2f s", s.name, s.took.Seconds())
	}
}

// say prints a line: the log of a benchmark is cut after ten.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// buildSynthetic makes a warehouse of times · base reports, one in a hundred
// with an error.
func buildSynthetic(b *testing.B, path string, times int) {
	db, err := warehouse.Open(b.Context(), path, warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		b.Fatal(err)
	}
	g := generator(100)
	for i := 0; i < base; i += 500 {
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
	if err := synthetic.Register(b.Context(), db.SQL()); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

// forgetPeak lets Linux measure the most memory held from now on.
func forgetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// peak gives the most bytes of memory held since forgetPeak; 0 where that is
// not known.
func peak(b *testing.B) int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	m := regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(status)
	if m == nil {
		return 0
	}
	kb, err := strconv.ParseInt(string(m[1]), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return kb << 10
}
