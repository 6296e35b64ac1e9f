package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/google/renameio/v2"
	"github.com/gorilla/feeds"
)

// feedItems is how many entries the feed keeps.
const feedItems = 200

// writeFeed puts new and revised reports at the head of an Atom feed. The old
// entries are read from the file itself. A run that is told twice stands once.
func writeFeed(path string, b *bulletin) error {
	old, err := readFeed(path)
	if err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	f := &feeds.Feed{
		Title: "政府信息公开工作年度报告", Description: "New and revised annual reports on disclosure of government information",
		Id: "urn:gongkai:reports", Link: &feeds.Link{}, Updated: b.Finished,
	}
	seen := map[string]bool{}
	add := func(i *feeds.Item) {
		if !seen[i.Id] && len(f.Items) < feedItems {
			seen[i.Id] = true
			f.Items = append(f.Items, i)
		}
	}
	for _, list := range []struct {
		what  string
		items []news
	}{{"revised: ", b.Revised}, {"", b.New}} {
		for _, x := range list.items {
			add(&feeds.Item{
				Id: "urn:sha256:" + x.SHA256, Title: list.what + x.Title, Link: &feeds.Link{Href: x.URL},
				Description: fmt.Sprintf("%s %d %s", x.Agency, x.Year, x.Published), Updated: b.Finished, Created: b.Finished,
			})
		}
	}
	for _, i := range old {
		add(i)
	}
	var out bytes.Buffer
	if err := f.WriteAtom(&out); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	if err := renameio.WriteFile(path, out.Bytes(), 0o644); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	return nil
}

// readFeed reads the entries of a feed that writeFeed wrote.
func readFeed(path string) ([]*feeds.Item, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var f struct {
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Summary string `xml:"summary"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(text, &f); err != nil {
		return nil, fmt.Errorf("%s is no feed: move it away: %w", path, err)
	}
	var items []*feeds.Item
	for _, e := range f.Entries {
		at, _ := time.Parse(time.RFC3339, e.Updated) // one of ours
		items = append(items, &feeds.Item{Id: e.ID, Title: e.Title, Link: &feeds.Link{Href: e.Link.Href}, Description: e.Summary, Updated: at, Created: at})
	}
	return items, nil
}
