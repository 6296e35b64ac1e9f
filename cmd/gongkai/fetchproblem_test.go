package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/crawler"
	"gongkai/internal/demo"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"
)

// TestEveryAddressIsAccounted: what a visit failed to bring or left out is a row
// of the warehouse, and nothing else is; night after night.
func TestEveryAddressIsAccounted(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("whole nights take some seconds")
	}
	n := newNights(t, replica.Options{})
	for range 2 {
		night := n.pass()
		wanted := map[string]int{}
		for _, o := range night.Outcomes {
			switch o.Result {
			case crawler.Problem:
				wanted[strings.Join([]string{o.Site, o.URL, o.Title, "failed", string(o.Failure)}, "|")]++
			case crawler.Skipped:
				wanted[strings.Join([]string{o.Site, o.URL, o.Title, "skipped", string(o.Skip)}, "|")]++
			}
		}
		if len(wanted) < 10 {
			t.Fatalf("only %d addresses were not captured", len(wanted))
		}
		text := n.query("SELECT concat_ws('|', site, coalesce(url, ''), coalesce(title, ''), result, kind) FROM fetch_problem")
		for line := range strings.Lines(text) {
			wanted[strings.Trim(strings.TrimSpace(line), `"`)]--
		}
		for k, count := range wanted {
			if count != 0 && !strings.HasPrefix(k, "concat_ws") {
				t.Errorf("%s: %d more outcomes than rows", k, count)
			}
		}
	}
}

// query runs a query and gives its rows as CSV.
func (n *nights) query(sql string) string {
	n.t.Helper()
	var out, messages bytes.Buffer
	if code := run(n.t.Context(), []string{"query", sql, "--format", "csv", "--limit", "0", "--data", n.app.data}, nil, &out, &messages); code != exitOK {
		n.t.Fatalf("query: %d: %s", code, &messages)
	}
	return out.String()
}

// TestFaultOfACrawlIsTold: what gongkai crawl meets is an alert of the next
// night, even if that night does not visit the site; and it is told once.
func TestFaultOfACrawlIsTold(t *testing.T) {
	t.Parallel()
	n := newNights(t, replica.Options{})
	g, err := demo.Replicated(n.world, n.server.Address())
	if err != nil {
		t.Fatal(err)
	}
	n.server.Down(g.Sites[0].Hosts...)
	g.Registry, g.Sites = g.Sites, g.Sites[:1]
	p := n.app.pipeline()
	if _, err := p.Crawl(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	g.Sites = g.Registry[1:2] // the night has other things to do
	for night, want := range []int{1, 0} {
		g.Run = []string{"first", "second"}[night]
		got, err := p.Nightly(t.Context(), g, pipeline.Reading{Jobs: 2, Batch: 16})
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, a := range got.Bulletin.Alerts {
			if a.Site == g.Registry[0].ID && a.Code == crawler.AlertColumn {
				told++
			}
		}
		if told != want {
			t.Errorf("night %s told %d times of the fault of the crawl, want %d: %+v", g.Run, told, want, got.Bulletin.Alerts)
		}
	}
}

// TestSitesVerify: a site file loses its mark after a good visit, and not before.
func TestSitesVerify(t *testing.T) {
	t.Parallel()
	n := newNights(t, replica.Options{Only: []string{"wuzhong-kjj"}})
	if err := demo.KeepSites(n.app.folder(), n.world); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(n.app.folder().SiteFiles(), "wuzhong-kjj.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte("unverified")) {
		text = append([]byte("unverified = true\n"), text...)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	asked := func(want int, args ...string) string {
		t.Helper()
		var out, messages bytes.Buffer
		if code := run(t.Context(), append(args, "--data", n.app.data), nil, &out, &messages); code != want {
			t.Fatalf("%v: exit code %d: %s", args, code, &messages)
		}
		return out.String() + messages.String()
	}
	if got := asked(exitFailed, "sites", "verify", "wuzhong-kjj"); !strings.Contains(got, "was not visited yet") {
		t.Error(got)
	}
	n.pass()
	if got := asked(exitOK, "sites", "status", "--format", "csv"); !strings.Contains(got, "\nwuzhong-kjj,true,false,") {
		t.Error(got)
	}
	asked(exitOK, "sites", "status", "wuzhong-kjj")
	asked(exitUsage, "sites", "status", "nobody")
	asked(exitUsage, "sites", "verify", "nobody")
	asked(exitOK, "sites", "verify", "wuzhong-kjj")
	if got := asked(exitOK, "sites", "status", "--format", "csv"); !strings.Contains(got, "\nwuzhong-kjj,true,true,") {
		t.Error(got)
	}
}
