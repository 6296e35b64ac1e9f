package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"gongkai/crawler/discover"
	"gongkai/internal/demo"
	"gongkai/internal/pipeline"
	"gongkai/internal/survey"
	"gongkai/internal/testbed/replica"
)

// TestManySites: from a list of home pages to loaded reports in one run that
// nobody attends: 1,000 sites with GONGKAI_FULL=1, else a few of each kind.
func TestManySites(t *testing.T) {
	n := 24
	if os.Getenv("GONGKAI_FULL") != "" {
		n = 1000
	} else if testing.Short() {
		t.Skip("the whole pipeline takes some seconds")
	}
	w, err := replica.Small(n, 7)
	if err != nil {
		t.Fatal(err)
	}
	server, err := replica.Serve(w)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	a := newApp(nil, io.Discard, io.Discard)
	a.say = slog.New(slog.DiscardHandler)
	a.data = filepath.Join(t.TempDir(), "data")
	homes, err := discover.Homes(strings.NewReader(w.HomesCSV()))
	if err != nil || len(homes) != n {
		t.Fatalf("%d homes: %v", len(homes), err)
	}
	g, err := demo.Replicated(w, server.Address())
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	found, err := survey.Discover(t.Context(), homes, survey.Options{Network: g.Network, Folder: a.folder().SiteFiles(), Delay: -1, Now: g.Now})
	if err != nil {
		t.Fatal(err)
	}
	requests := 0
	for _, f := range found {
		requests += f.Requests
		if f.Path == "" || f.Confidence() == discover.None {
			t.Errorf("%s: %v", f.Home.URL, f.Err)
		}
	}
	searched := time.Since(begun)
	var out, messages bytes.Buffer
	if code := run(t.Context(), []string{"sites", "lint", a.folder().SiteFiles()}, nil, &out, &messages); code != exitOK {
		t.Fatalf("lint: %d: %s%s", code, &out, &messages)
	}
	if g.Sites, err = a.crawlLoopback(a.folder().SiteFiles()); err != nil {
		t.Fatal(err)
	}
	night, err := a.pipeline().Nightly(t.Context(), g, pipeline.Reading{Jobs: 2, Batch: 64})
	if err != nil {
		t.Fatal(err)
	}
	if read := len(night.Loaded.Outcomes) - night.Loaded.Problems; read != w.Reports {
		t.Errorf("published %d reports, read %d", w.Reports, read)
	}
	for _, o := range night.Outcomes {
		if o.Failure != "" {
			t.Log(o.Site, o.URL, o.Failure, o.Detail)
		}
	}
	if failed := night.Summary.Failed(); len(failed) > 0 {
		t.Errorf("sites that failed their assertions: %v", failed)
		for _, s := range night.Summary.Sites {
			for _, x := range s.Alerts {
				t.Log(s.Site, x)
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d sites: search %.1f requests a site in %s; in all %s, %d requests by the crawl, %d MB from the system",
		n, float64(requests)/float64(n), searched.Round(time.Millisecond), time.Since(begun).Round(time.Second), night.Summary.Total().Requests, m.Sys>>20)
}
