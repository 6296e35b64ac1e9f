package main

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"testing"
	"time"

	"gongkai/crawler"
	"gongkai/internal/demo"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"

	"github.com/google/go-cmp/cmp"
)

// TestRosters: the roster of the replica obliges its units, and the one of
// which it says 未公布 is not merely not found. A build from the archive, without
// the network, gives the same.
func TestRosters(t *testing.T) {
	n := newNights(t, replica.Options{Only: []string{"shili-bm"}})
	n.exact(n.pass())
	want := "13 obliged for 2025, 12 of them published; not published: 990100-scj; PB-FOUND, where the roster says so: 990100-scj; not found by us: 3"
	ask := `SELECT format('{} obliged for {}, {} of them published; not published: {}; PB-FOUND, where the roster says so: {}; not found by us: {}',
			count(*), string_agg(DISTINCT year::VARCHAR), count(*) FILTER (said = 'published'), string_agg(agency_key, ' ') FILTER (said = 'not_published'),
			(SELECT string_agg(agency_key, ' ') FILTER (status = 'disputed') FROM finding WHERE rule = 'PB-FOUND'),
			(SELECT count(*) FILTER (status = 'suspect' AND contains(detail, 'the roster says published')) FROM finding WHERE rule = 'PB-FOUND'))
		FROM v_obliged WHERE basis = 'page' AND source = 'http://bm.shili.example/zfxxgk/gbqk.html'`
	if d := cmp.Diff(want, answered(t, n.app, ask)); d != "" {
		t.Errorf("after the night (-want +got):\n%s", d)
	}
	digest := digestOf(t, n.app.data)
	if err := n.server.Close(); err != nil {
		t.Fatal(err)
	}
	if err := demo.KeepSites(n.app.folder(), n.world); err != nil {
		t.Fatal(err)
	}
	if err := n.app.build(t.Context(), "", pipeline.Reading{Jobs: 2, Batch: 16}); codeOf(err) != exitPartial { // some of its documents cannot be read
		t.Fatal(err)
	}
	if digestOf(t, n.app.data) != digest {
		t.Error("a build gives another digest")
	}
}

// answered returns the one text that a query gives.
func answered(t *testing.T, a *app, query string) (got string) {
	t.Helper()
	db, err := a.openReading(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SQL().QueryRowContext(t.Context(), query).Scan(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

// TestRosterOfYesterday: a roster that was redesigned says what it said when it
// could last be read; a line without a certain year is kept with the reason.
func TestRosterOfYesterday(t *testing.T) {
	page := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/gbqk.html" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, page)
	}))
	defer server.Close()
	site, err := crawler.Parse("roster.toml", []byte(`
name = "示例市人民政府"
platform = "roster"
hosts = ["www.roster.example"]
evidence = ["a test"]
[[column]]
id = "2023"
url = "http://www.roster.example/gbqk.html"
year = 2023
[[column]]
id = "undated"
url = "http://www.roster.example/gbqk.html"
[[agency]]
id = "990100-czj"
name = "示例市财政局"
parent = "990100-zf"
level = "prefecture"
type = "department"
first_year = 2023
[[agency]]
id = "990100-zf"
name = "示例市人民政府"
level = "prefecture"
type = "government"
first_year = 2023
`))
	if err != nil {
		t.Fatal(err)
	}
	site.Delay = crawler.Duration(time.Millisecond) // on loopback
	a := newApp(nil, io.Discard, io.Discard)
	a.say = slog.New(slog.DiscardHandler)
	a.data = filepath.Join(t.TempDir(), "data")
	const ask = `SELECT string_agg(line, '; ' ORDER BY line) FROM (
		SELECT format('{} {} {} {} {}', agency_key, year, government, said, basis) AS line FROM obliged
		UNION ALL SELECT format('problem {} {} {}', code, unit, split_part(detail, ':', 1)) FROM roster_problem)`
	const want = "990100-czj 2023 990100-zf not_published page; problem year 示例市财政局 nothing says the fiscal year for certain"
	for day, body := range []string{
		`<table><tr><td>单位名称</td><td>年度报告</td></tr><tr><td>示例市财政局</td><td>未公布</td></tr></table>`,
		`<div>新版网站</div>`,
		`<div>新版网站，二</div>`,
	} {
		page = body
		g := pipeline.Gathering{Sites: []*crawler.Site{site}, All: true, Now: func() time.Time {
			return time.Date(2024, 3, 1+day, 2, 0, 0, 0, crawler.Shanghai)
		}}
		g.Network.Dial = replica.Dial(server.Listener.Addr().(*net.TCPAddr).String())
		g.Network.Resolve = func(string) ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil }
		if _, err := a.pipeline().Nightly(t.Context(), g, pipeline.Reading{Jobs: 1, Batch: 16}); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, answered(t, a, ask)); d != "" {
			t.Errorf("night %d (-want +got):\n%s", day, d)
		}
	}
}
