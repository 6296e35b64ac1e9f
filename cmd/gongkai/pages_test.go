package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/extract"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/fixture"
	"gongkai/internal/testbed/replica"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// splitSite serves a list with one report that goes on at …_1.html and
// …_2.html, cut in the middle of table 三. gone makes the last page 404.
type splitSite struct {
	mu    sync.Mutex
	gone  bool
	pages [3][]byte
}

func (s *splitSite) show(r *fixture.Report, gone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone = gone
	style, _ := fixture.Find("html-trs")
	d := fixture.Compose(fixture.Layout{SplitRequests: 11}, r)
	var tables []int
	for i, b := range d.Blocks {
		if b.Sheet != nil {
			tables = append(tables, i)
		}
	}
	cuts := []int{0, tables[2], tables[3], len(d.Blocks)} // before the rest of table 三, before table 四
	for i := range s.pages {
		page := *d
		page.Blocks = d.Blocks[cuts[i]:cuts[i+1]]
		pager := fmt.Sprintf(`<script>createPageHTML(3, %d, "t20240129_1", "html");</script></body>`, i)
		s.pages[i] = []byte(strings.Replace(string(style.Write(&page)), "</body>", pager, 1))
	}
}

func (s *splitSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html")
	switch r.URL.Path {
	case "/nb/":
		_, _ = io.WriteString(w, `<ul><li><a href="202401/t20240129_1.html">示例市财政局2023年政府信息公开工作年度报告</a><span>2024-01-29</span></li></ul></html>`)
	case "/nb/202401/t20240129_1.html":
		_, _ = w.Write(s.pages[0])
	case "/nb/202401/t20240129_1_1.html":
		_, _ = w.Write(s.pages[1])
	case "/nb/202401/t20240129_1_2.html":
		if s.gone {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(s.pages[2])
	default:
		http.NotFound(w, r)
	}
}

// TestSplitReport: a report over three pages is one report with all its cells,
// each with the page that it stands on; a missing page is a problem and no
// report; a new figure on the last page alone is seen; and a build from the
// archive gives the same digest each night.
func TestSplitReport(t *testing.T) {
	agency := gongkai.Agency{ID: "990100-czj", Name: "示例市财政局", Level: gongkai.Prefecture, Type: gongkai.Department}
	report := fixture.Random(7, fixture.Options{Agency: agency, Year: 2023, Size: fixture.Medium, Forms: fixture.Form2021, Plain: true})
	site := &splitSite{}
	server := httptest.NewServer(site)
	defer server.Close()
	declared, err := crawler.Parse("split.toml", []byte(`
name = "示例市财政局"
platform = "trs"
hosts = ["www.split.example"]
evidence = ["a test"]
[[column]]
id = "nb"
url = "http://www.split.example/nb/"
[[agency]]
id = "990100-czj"
name = "示例市财政局"
level = "prefecture"
type = "department"
first_year = 2023
`))
	if err != nil {
		t.Fatal(err)
	}
	declared.Delay = crawler.Duration(time.Millisecond) // on loopback
	a := newApp(nil, io.Discard, io.Discard)
	a.say = slog.New(slog.DiscardHandler)
	a.data = filepath.Join(t.TempDir(), "data")
	day := time.Date(2024, 2, 1, 2, 0, 0, 0, crawler.Shanghai)
	night := func(missing bool) {
		t.Helper()
		g := pipeline.Gathering{Sites: []*crawler.Site{declared}, All: true, Now: func() time.Time { return day }}
		g.Network.Dial = replica.Dial(server.Listener.Addr().(*net.TCPAddr).String())
		g.Network.Resolve = func(string) ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil }
		day = day.AddDate(0, 0, 1)
		if _, err := a.pipeline().Nightly(t.Context(), g, pipeline.Reading{Jobs: 2, Batch: 16}); err != nil {
			t.Fatal(err)
		}
		splitAs(t, a, report, missing)
		before := contentsOf(t, a)
		if err := a.build(t.Context(), "", pipeline.Reading{Jobs: 2, Batch: 16}); (err != nil) != missing {
			t.Fatalf("build: %v", err)
		}
		if diff := cmp.Diff(before, contentsOf(t, a)); diff != "" {
			t.Errorf("contents after a build (-before +after):\n%s", diff)
		}
	}
	site.show(report, true)
	night(true)
	site.show(report, false)
	night(false)
	keys := fixture.Keys(report.Forms)
	k := keys[len(keys)-1] // of table 四, on the last page
	report.Set(k, report.Number(k)+gongkai.Int(1))
	site.show(report, false)
	night(false)
}

// splitAs holds the warehouse against the report.
func splitAs(t *testing.T, a *app, r *fixture.Report, missing bool) {
	t.Helper()
	db, err := warehouse.Open(t.Context(), a.database(), warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var reports, problems int
	if err := db.SQL().QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM problem WHERE code = 'missing_page')").Scan(&reports, &problems); err != nil {
		t.Fatal(err)
	}
	if missing {
		if reports != 0 || problems != 1 {
			t.Errorf("%d reports and %d problems while a page is missing", reports, problems)
		}
		return
	}
	if reports != 1 || problems != 0 {
		t.Errorf("%d reports, %d problems", reports, problems)
	}
	met := 0
	err = warehouse.EachRow(t.Context(), db.SQL(), "SELECT table_id::VARCHAR, row_id::VARCHAR, column_id::VARCHAR, raw, page, name FROM v_cell_current",
		func(scan func(...any) error) error {
			var k fixture.Key
			var raw, name string
			var page int
			if err := scan(&k.Table, &k.Row, &k.Column, &raw, &page, &name); err != nil {
				return err
			}
			met++
			if want := r.Cells[k]; raw != want.Printed {
				t.Errorf("%v: %q, want %q", k, raw, want.Printed)
			}
			ending := map[int]string{1: "t20240129_1.html", 2: "t20240129_1_1.html", 3: "t20240129_1_2.html"}[page]
			if ending == "" || !strings.HasSuffix(name, "/"+ending) || k.Table == "proactive" && page != 1 || k.Table == "disputes" && page != 3 {
				t.Errorf("%v: on page %d of %s", k, page, name)
			}
			return nil
		})
	if err != nil || met != len(r.Cells) {
		t.Errorf("%d cells, want %d; %v", met, len(r.Cells), err)
	}
}

// contentsOf names the contents of all tables but that of the agencies, which
// come from the registry and not from the archive.
func contentsOf(t *testing.T, a *app) []string {
	t.Helper()
	db, err := warehouse.Open(t.Context(), a.database(), warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tables, err := db.TableDigests(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var contents []string
	for _, d := range tables {
		if d.Table != "agency" && d.Table != "region" { // they are of the registry, which is another here
			contents = append(contents, d.String())
		}
	}
	return contents
}
