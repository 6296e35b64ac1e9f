package notify

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"
)

// TestFeed reads the feed with a parser of another origin and holds it against
// what RFC 4287 asks of every feed and entry.
func TestFeed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.atom")
	var runs []*Bulletin
	for night := range 300 {
		b := &Bulletin{Run: fmt.Sprint(night), Finished: firstNight.AddDate(0, 0, night)}
		x := News{Title: fmt.Sprintf("示例市财政局<%d>年度报告 & 附件", night), URL: fmt.Sprintf("http://www.shili.example/t%d.html", night), Agency: "990100-czj", Year: 2025, SHA256: fmt.Sprintf("%064d", night)}
		if night%10 == 3 {
			x.URL = "reports/local file.pdf"
		}
		b.New = []News{x}
		if night%50 == 7 {
			b.Revised = []News{{Title: x.Title, URL: x.URL, SHA256: fmt.Sprintf("%063d0r", night)[:64]}}
		}
		runs = append(runs, b)
		if night == 0 || night == 299 {
			check(t, path, runs)
		}
	}
}

func check(t *testing.T, path string, runs []*Bulletin) {
	t.Helper()
	if err := WriteFeed(path, runs); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	feed, err := (&atom.Parser{}).Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	if feed.ID == "" || feed.Title == "" || feed.UpdatedParsed == nil || len(feed.Authors) == 0 {
		t.Errorf("the feed lacks what every feed must have: %q %q %q", feed.ID, feed.Title, feed.Updated)
	}
	if want := min(len(runs)+len(runs)/50, feedItems); len(feed.Entries) != want {
		t.Errorf("%d entries, want %d", len(feed.Entries), want)
	}
	ids := map[string]bool{}
	for _, e := range feed.Entries {
		if e.ID == "" || ids[e.ID] || e.Title == "" || e.UpdatedParsed == nil {
			t.Errorf("entry %q %q %q", e.ID, e.Title, e.Updated)
		}
		ids[e.ID] = true
		for _, l := range e.Links {
			if !strings.HasPrefix(l.Href, "http") {
				t.Errorf("entry %s links to %q", e.ID, l.Href)
			}
		}
		if len(e.Links) == 0 && (e.Content == nil || e.Content.Value == "") {
			t.Errorf("entry %s has neither a link nor content", e.ID)
		}
	}
	if latest := feed.Entries[0].UpdatedParsed; !latest.Equal(runs[len(runs)-1].Finished.Truncate(time.Second)) {
		t.Errorf("the latest entry is of %v", latest)
	}
}
