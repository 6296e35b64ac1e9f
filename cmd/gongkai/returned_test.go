package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"

	"github.com/google/go-cmp/cmp"
)

// A changingSite serves a list of one report, whose bytes are put there anew.
type changingSite struct {
	mu     sync.Mutex
	report []byte
	closed bool
	server *httptest.Server
	app    *app
	day    time.Time
}

func newChangingSite(t *testing.T) *changingSite {
	t.Helper()
	s := &changingSite{app: newApp(nil, io.Discard, io.Discard), day: time.Date(2024, 2, 1, 2, 0, 0, 0, crawler.Shanghai)}
	s.server = httptest.NewServer(s)
	t.Cleanup(s.server.Close)
	s.app.say = slog.New(slog.DiscardHandler)
	s.app.data = filepath.Join(t.TempDir(), "data")
	return s
}

func (s *changingSite) show(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.report = body
}

// refuse makes the site answer with a challenge, or with its pages again.
func (s *changingSite) refuse(closed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = closed
}

func (s *changingSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html")
	if s.closed {
		w.WriteHeader(http.StatusPreconditionFailed)
		_, _ = io.WriteString(w, "<script>$_ts=window['$_ts'];</script>")
		return
	}
	switch r.URL.Path {
	case "/nb/":
		_, _ = io.WriteString(w, `<ul><li><a href="202401/t20240129_1.html">示例市财政局2023年政府信息公开工作年度报告</a><span>2024-01-29</span></li></ul></html>`)
	case "/nb/202401/t20240129_1.html":
		_, _ = w.Write(s.report)
	default:
		http.NotFound(w, r)
	}
}

// gathering visits the site, which knows its agency by the given id.
func (s *changingSite) gathering(t *testing.T, agency string) pipeline.Gathering {
	t.Helper()
	site, err := crawler.Parse("changing.toml", fmt.Appendf(nil, `
name = "示例市财政局"
platform = "trs"
hosts = ["www.changing.example"]
evidence = ["a test"]
[[column]]
id = "nb"
url = "http://www.changing.example/nb/"
[[agency]]
id = %q
name = "示例市财政局"
level = "prefecture"
type = "department"
first_year = 2023
`, agency))
	if err != nil {
		t.Fatal(err)
	}
	site.Delay = crawler.Duration(time.Millisecond) // on loopback
	day := s.day
	s.day = s.day.AddDate(0, 0, 1)
	g := pipeline.Gathering{Sites: []*crawler.Site{site}, All: true, Now: func() time.Time { return day }}
	g.Network.Dial = replica.Dial(s.server.Listener.Addr().(*net.TCPAddr).String())
	g.Network.Resolve = func(string) ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil }
	return g
}

// night passes one night and returns how many documents were read.
func (s *changingSite) night(t *testing.T, agency string) int {
	t.Helper()
	n, err := s.app.pipeline().Nightly(t.Context(), s.gathering(t, agency), pipeline.Reading{Jobs: 2, Batch: 16})
	if err != nil {
		t.Fatal(err)
	}
	return len(n.Loaded.Outcomes)
}

// built tests that a build gives what the nights gave.
func (s *changingSite) built(t *testing.T) {
	t.Helper()
	before := contentsOf(t, s.app)
	if err := s.app.build(t.Context(), "", pipeline.Reading{Jobs: 2, Batch: 16}); err != nil {
		t.Fatalf("build: %v", err)
	}
	if diff := cmp.Diff(before, contentsOf(t, s.app)); diff != "" {
		t.Errorf("contents after a build (-before +after):\n%s", diff)
	}
}

// current returns a column of the report that counts.
func (s *changingSite) current(t *testing.T, column string) (got string) {
	t.Helper()
	db, err := openWarehouse(t, s.app)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SQL().QueryRowContext(t.Context(), "SELECT "+column+" FROM v_current_report").Scan(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

// TestBytesComeBack: an address that gives A, then B, then A again ends with A,
// whether the warehouse is kept night by night or built at once; and what an
// agency is called in the registry is brought up to date in both.
func TestBytesComeBack(t *testing.T) {
	s := newChangingSite(t)
	a, b := edition(0), edition(1)
	hash := func(body []byte) string { return (&gongkai.Document{Body: body}).Hash() }
	for night, c := range []struct {
		body   []byte
		agency string
		read   int
	}{
		{a, "990100-czj", 1},
		{b, "990100-czj", 1},
		{a, "990100-czj", 1},
		{a, "990100-czj", 0},
		{b, "990100-czj", 1},
		{a, "990100-czj", 1},
		{a, "990100-finance", 2},
		{a, "990100-finance", 0},
	} {
		s.show(c.body)
		if read := s.night(t, c.agency); read != c.read {
			t.Errorf("night %d: %d documents were read, want %d", night, read, c.read)
		}
		if got := s.current(t, "document"); got != hash(c.body) {
			t.Errorf("night %d: the report that counts is %s, want %s", night, got, hash(c.body))
		}
		if got := s.current(t, "agency_id"); got != c.agency {
			t.Errorf("night %d: agency %s, want %s", night, got, c.agency)
		}
		if night == 2 || night == 7 {
			s.built(t)
		}
	}
}

// TestCounterOfVisits: a page whose counter changes with every load is captured
// again and again, and is one revision that is told once. A figure that changes
// is told, also if it changes back.
func TestCounterOfVisits(t *testing.T) {
	s := newChangingSite(t)
	visits := 0
	counted := func(number int) []byte {
		visits += 7
		counter := fmt.Appendf(nil, "<p>浏览次数：%d次</p>", visits)
		body := edition(number)
		at := bytes.LastIndex(body, []byte("</p>")) + len("</p>") // after the last words of section 六
		return slices.Concat(body[:at], counter, body[at:])
	}
	for night, c := range []struct {
		number              int
		told, revisions     string
		documents, versions int
	}{
		{0, "1 new, 0 revised", "1/1", 1, 1},
		{0, "0 new, 0 revised", "1/1", 2, 1},
		{0, "0 new, 0 revised", "1/1", 3, 1},
		{1, "0 new, 1 revised", "2/2", 4, 2},
		{1, "0 new, 0 revised", "2/2", 5, 2},
		{0, "0 new, 1 revised", "3/3", 6, 3},
	} {
		body := counted(c.number)
		s.show(body)
		n, err := s.app.pipeline().Nightly(t.Context(), s.gathering(t, "990100-czj"), pipeline.Reading{Jobs: 1, Batch: 16})
		if err != nil {
			t.Fatal(err)
		}
		told := fmt.Sprintf("%d new, %d revised", len(n.Bulletin.New), len(n.Bulletin.Revised))
		if told != c.told || len(n.Loaded.Outcomes) != 1 {
			t.Errorf("night %d: %s, want %s; %d documents were read", night, told, c.told, len(n.Loaded.Outcomes))
		}
		if got := s.current(t, "revision || '/' || revisions"); got != c.revisions {
			t.Errorf("night %d: revision %s, want %s", night, got, c.revisions)
		}
		if got, want := s.current(t, "document"), (&gongkai.Document{Body: body}).Hash(); got != want {
			t.Errorf("night %d: the report that counts is not of tonight's page", night)
		}
		got := answered(t, s.app, "SELECT format('{} {}', count(*), count(DISTINCT revision)) FROM report")
		if want := fmt.Sprintf("%d %d", c.documents, c.versions); got != want {
			t.Errorf("night %d: documents and versions %s, want %s", night, got, want)
		}
	}
	s.built(t)
}
