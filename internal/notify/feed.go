package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"
	"github.com/gorilla/feeds"
)

// feedItems is how many entries the feed keeps.
const feedItems = 200

// WriteFeed writes the new and revised reports of the runs, the latest first, as
// an Atom feed (RFC 4287). An entry is a report in one edition: its id is that
// of the bytes, and its link leads to the page if there is one.
func WriteFeed(path string, runs []*Bulletin) error {
	f := &feeds.AtomFeed{
		Xmlns: "http://www.w3.org/2005/Atom", Id: "urn:gongkai:reports", Title: "政府信息公开工作年度报告", Subtitle: "新公布和有更正的年度报告",
		Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: "gongkai"}}, Updated: stamp(time.Time{}),
	}
	seen := map[string]bool{}
	for _, b := range slices.Backward(runs) {
		if f.Updated == stamp(time.Time{}) {
			f.Updated = stamp(b.Finished)
		}
		for _, x := range b.Revised {
			f.Entries = add(f.Entries, seen, entry("更正：", &x, b.Finished))
		}
		for _, x := range b.New {
			f.Entries = add(f.Entries, seen, entry("", &x, b.Finished))
		}
	}
	text, err := feeds.ToXML(f)
	if err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	if err := renameio.WriteFile(path, []byte(text), 0o644); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	return nil
}

func add(list []*feeds.AtomEntry, seen map[string]bool, e *feeds.AtomEntry) []*feeds.AtomEntry {
	if seen[e.Id] || len(list) >= feedItems {
		return list
	}
	seen[e.Id] = true
	return append(list, e)
}

func entry(what string, x *News, at time.Time) *feeds.AtomEntry {
	e := &feeds.AtomEntry{
		Id: "urn:sha256:" + x.SHA256, Title: what + cmp.Or(x.Title, x.URL), Updated: stamp(at),
		Content: &feeds.AtomContent{Type: "text", Content: strings.TrimSpace(fmt.Sprintf("%s %s %s", x.Agency, year(x.Year), x.Published))},
	}
	if strings.HasPrefix(x.URL, "http://") || strings.HasPrefix(x.URL, "https://") {
		e.Links = []feeds.AtomLink{{Href: x.URL, Rel: "alternate"}}
	}
	return e
}

func year(y int) string {
	if y == 0 {
		return ""
	}
	return fmt.Sprint(y)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
