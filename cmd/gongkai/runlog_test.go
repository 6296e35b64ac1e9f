package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/internal/notify"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/fixture"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// edition returns the page of a report; each number gives other bytes.
func edition(number int) []byte {
	r := fixture.Random(7, fixture.Options{
		Agency: gongkai.Agency{ID: "990100-czj", Name: "示例市财政局", Level: gongkai.Prefecture, Type: gongkai.Department},
		Year:   2023, Size: fixture.Medium, Forms: fixture.Form2021, Plain: true,
	})
	k := fixture.Keys(r.Forms)[0]
	r.Set(k, r.Number(k)+gongkai.Int(int64(number)))
	style, _ := fixture.Find("html-trs")
	return style.Bytes(r)
}

// TestNewsOfALostNight: what a run has captured that never came to its end is
// told by the next; a run that fails to publish tells nothing, and its second
// line in the log says why.
func TestNewsOfALostNight(t *testing.T) {
	s := newChangingSite(t)
	told := func(g pipeline.Gathering, fails bool, want string) {
		t.Helper()
		n, err := s.app.pipeline().Nightly(t.Context(), g, pipeline.Reading{Jobs: 2, Batch: 16})
		if (err != nil) != fails {
			t.Fatalf("night: %v", err)
		}
		var got []string
		for _, x := range n.Bulletin.New {
			got = append(got, fmt.Sprint("new ", x.Site, " ", x.Agency, " ", x.Year))
		}
		for _, x := range n.Bulletin.Revised {
			got = append(got, fmt.Sprint("revised ", x.Site, " ", x.Agency, " ", x.Year))
		}
		if d := cmp.Diff(want, strings.Join(got, ", ")); d != "" || fails != (n.Bulletin.Error != "") {
			t.Errorf("told, failure %q (-want +got):\n%s", n.Bulletin.Error, d)
		}
	}
	s.show(edition(0))
	s.lost(t)
	told(s.gathering(t, "990100-czj"), false, "new changing 990100-czj 2023")
	s.show(edition(1))
	s.lost(t)
	g := s.gathering(t, "990100-czj")
	s.app.point = func(name string) {
		if name == "checked" { // there is nothing left to publish
			if err := os.Remove(s.app.database() + warehouse.NewSuffix); err != nil {
				t.Error(err)
			}
		}
	}
	told(g, true, "")
	s.app.point = nil
	told(s.gathering(t, "990100-czj"), false, "revised changing 990100-czj 2023")
	told(s.gathering(t, "990100-finance"), false, "") // the registry was put right
	s.show(edition(0))
	told(s.gathering(t, "990100-finance"), false, "revised changing 990100-finance 2023")

	lines, err := os.ReadFile(s.app.folder().RunLog())
	if err != nil {
		t.Fatal(err)
	}
	runs, _, err := s.app.folder().Runs()
	if err != nil || len(runs) != 5 || strings.Count(string(lines), "\n") != 6 || runs[1].Error == "" {
		t.Errorf("%d runs in %d lines, the second failed: %q; %v", len(runs), strings.Count(string(lines), "\n"), runs[1].Error, err)
	}
	if d := cmp.Diff("5 runs, 1 failed, 5 visits, 3 news, 0 alerts", s.logged(t)); d != "" {
		t.Errorf("tables of the run log (-want +got):\n%s", d)
	}
	if err := s.app.build(t.Context(), "", pipeline.Reading{Jobs: 1, Batch: 16}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff("5 runs, 1 failed, 5 visits, 3 news, 0 alerts", s.logged(t)); d != "" {
		t.Errorf("tables of the run log after a build (-want +got):\n%s", d)
	}
}

// lost passes a run that ends when it has crawled.
func (s *changingSite) lost(t *testing.T) {
	t.Helper()
	if _, err := s.app.pipeline().Crawl(t.Context(), s.gathering(t, "990100-czj")); err != nil {
		t.Fatal(err)
	}
}

// logged says what the warehouse tells of runs.
func (s *changingSite) logged(t *testing.T) (got string) {
	t.Helper()
	db, err := openWarehouse(t, s.app)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.SQL().QueryRowContext(t.Context(), `SELECT format('{} runs, {} failed, {} visits, {} news, {} alerts', count(*), count(failure),
		(SELECT count(*) FROM crawl_site_run), sum(new_reports + revised_reports), (SELECT count(*) FROM alert)) FROM crawl_run`).Scan(&got)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestQuietNight: a night on which nothing was due publishes nothing and is
// logged; one with a new record publishes.
func TestQuietNight(t *testing.T) {
	s := newChangingSite(t)
	s.show(edition(0))
	day := s.day
	pass := func() *notify.Bulletin {
		t.Helper()
		g := s.gathering(t, "990100-czj")
		g.All, g.Now = false, func() time.Time { return day }
		day = day.Add(time.Minute)
		n, err := s.app.pipeline().Nightly(t.Context(), g, pipeline.Reading{Jobs: 2, Batch: 16})
		if err != nil {
			t.Fatal(err)
		}
		return n.Bulletin
	}
	published := func() os.FileInfo {
		t.Helper()
		info, err := os.Stat(s.app.database())
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	first := pass()
	before := published()
	if b := pass(); !b.Quiet || b.Reports != 1 || len(b.New) > 0 || !cmp.Equal(b.Findings, first.Findings) || !os.SameFile(before, published()) {
		t.Errorf("nothing was due: %+v", b)
	}
	if err := os.MkdirAll(s.app.folder().Records(), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.app.folder().Records(), "excuses.toml"), []byte("# none yet\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if b := pass(); b.Quiet || b.Reports != 1 || os.SameFile(before, published()) {
		t.Errorf("there was a new record: %+v", b)
	}
	if d := cmp.Diff("3 runs, 0 failed, 1 visits, 1 news, 0 alerts", s.logged(t)); d != "" {
		t.Errorf("tables of the run log (-want +got):\n%s", d)
	}
}

// TestDeadlineInSilence: on the first night after a deadline the warehouse is
// checked and published again, and what has become missing is told, although
// nothing was due at the site; the nights around it are quiet.
func TestDeadlineInSilence(t *testing.T) {
	s := newChangingSite(t)
	s.show(edition(0))
	pass := func(day string, open bool) *notify.Bulletin {
		t.Helper()
		now, err := time.ParseInLocation("2006-01-02 15:04", day, crawler.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		g := s.gathering(t, "990100-czj")
		g.All, g.Now = false, func() time.Time { return now }
		s.refuse(!open)
		n, err := s.app.pipeline().Nightly(t.Context(), g, pipeline.Reading{Jobs: 1, Batch: 16})
		if err != nil {
			t.Fatal(err)
		}
		return n.Bulletin
	}
	told := func(b *notify.Bulletin) string {
		return fmt.Sprint(b.Sites, " visited, quiet ", b.Quiet, ", missing ", b.Missing)
	}
	pass("2025-01-25 02:00", true)
	pass("2025-01-26 02:00", false) // the site refuses us: the next try is a week later
	for _, c := range []struct{ day, want string }{
		{"2025-01-31 02:00", "0 visited, quiet true, missing []"},
		{"2025-01-31 23:59", "0 visited, quiet true, missing []"},
		{"2025-02-01 00:00", "0 visited, quiet false, missing [{990100-czj 2024 2025-01-31  false}]"},
		{"2025-02-01 00:01", "0 visited, quiet true, missing []"},
	} {
		if d := cmp.Diff(c.want, told(pass(c.day, true))); d != "" {
			t.Errorf("night of %s (-want +got):\n%s", c.day, d)
		}
	}
}
