package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/replica"

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
func (s *changingSite) gathering(t *testing.T, agency string) gathering {
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
	g := gathering{sites: []*crawler.Site{site}, all: true, now: func() time.Time { return day }}
	g.network.Dial = replica.Dial(s.server.Listener.Addr().(*net.TCPAddr).String())
	g.network.Resolve = func(string) ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil }
	return g
}

// night passes one night and returns how many documents were read.
func (s *changingSite) night(t *testing.T, agency string) int {
	t.Helper()
	n, err := s.app.night(t.Context(), s.gathering(t, agency), readOptions{jobs: 2, batch: 16})
	if err != nil {
		t.Fatal(err)
	}
	return len(n.loader.outcomes)
}

// built tests that a build gives what the nights gave.
func (s *changingSite) built(t *testing.T) {
	t.Helper()
	before := contentsOf(t, s.app)
	if err := s.app.build(t.Context(), readOptions{jobs: 2, batch: 16}); err != nil {
		t.Fatalf("build: %v", err)
	}
	if diff := cmp.Diff(before, contentsOf(t, s.app)); diff != "" {
		t.Errorf("contents after a build (-before +after):\n%s", diff)
	}
}

// current returns a column of the report that counts.
func (s *changingSite) current(t *testing.T, column string) (got string) {
	t.Helper()
	db, err := s.app.openWarehouse(context.Background(), s.app.database())
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
