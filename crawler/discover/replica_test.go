package discover_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/crawler"
	"gongkai/crawler/discover"
	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
	"gongkai/internal/testbed/replica"
)

// searcher serves a world and returns a search on it, and how to read a column.
func searcher(t *testing.T, w *replica.World) func(home discover.Home) (*discover.Proposal, error) {
	t.Helper()
	server, err := replica.Serve(w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	chain := transport.New(transport.Config{Resolve: w.Resolve, Dial: replica.Dial(server.Address())})
	t.Cleanup(chain.CloseIdleConnections)
	return func(home discover.Home) (*discover.Proposal, error) {
		site := &transport.Site{ID: "search", Domain: crawler.Domain(hostOf(home.URL)), Delay: -1}
		return discover.Search(t.Context(), home, discover.Options{Get: fetch.ForSite(site, chain)})
	}
}

func hostOf(address string) string {
	return strings.Split(strings.TrimPrefix(address, "http://"), "/")[0]
}

// TestReplica: from its home page alone every site gives the entries that the
// file written by hand gives, but the one behind a wall.
func TestReplica(t *testing.T) {
	t.Parallel()
	w, err := replica.New(replica.Options{})
	if err != nil {
		t.Fatal(err)
	}
	search := searcher(t, w)
	r := discover.NewRegister(nil)
	for i, h := range w.Homes {
		p, err := search(discover.Home{URL: h.URL})
		if err != nil {
			t.Errorf("%s: %v", h.ID, err)
			continue
		}
		if h.Walled() {
			if p.Wall == nil || len(p.Columns) > 0 {
				t.Errorf("%s: wall %v, %d columns", h.ID, p.Wall, len(p.Columns))
			}
			continue
		}
		if len(p.Columns) != 1 {
			t.Errorf("%s: %d columns, want 1 (%d requests)", h.ID, len(p.Columns), p.Requests)
			continue
		}
		var got []string
		for _, l := range p.Columns[0].Links {
			if l.URL != "" {
				got = append(got, l.URL)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, h.Entries) {
			t.Errorf("%s: %d links, the list has %d:\n%q\n%q", h.ID, len(got), len(h.Entries), got, h.Entries)
		}
		text, err := p.File(r, "2026-06-15")
		if err != nil {
			t.Error(err)
			continue
		}
		declared, err := crawler.Parse("hand.toml", []byte(w.Declarations[i].TOML))
		if err != nil {
			t.Fatal(err)
		}
		found, _ := crawler.Parse(h.ID+".toml", text)
		names := func(s *crawler.Site) map[string]bool {
			all := map[string]bool{}
			for _, a := range s.Agencies {
				all[a.Name] = true
			}
			return all
		}
		for name := range names(declared) {
			if !names(found)[name] {
				t.Errorf("%s: agency %s was not found:\n%s", h.ID, name, text)
			}
		}
		if p.Requests > 25 {
			t.Errorf("%s: %d requests", h.ID, p.Requests)
		}
		t.Logf("%s: %d requests, confidence %s", h.ID, p.Requests, p.Confidence())
	}
}

// TestPortals: a portal without reports gives nothing, whatever it calls its
// columns.
func TestPortals(t *testing.T) {
	t.Parallel()
	w, err := replica.New(replica.Options{Only: []string{"wuzhong-kjj"}})
	if err != nil {
		t.Fatal(err)
	}
	homes := w.Portals(40)
	search := searcher(t, w)
	for _, h := range homes {
		p, err := search(discover.Home{URL: h.URL})
		if err != nil {
			t.Errorf("%s: %v", h.ID, err)
			continue
		}
		for _, c := range p.Columns {
			t.Errorf("%s: %v is taken for a column: %d reports of %d links", h.ID, c.Trail, c.Reports, len(c.Links))
			for _, l := range c.Links {
				t.Log(l.Title)
			}
		}
		if p.Requests > 60 {
			t.Errorf("%s: %d requests", h.ID, p.Requests)
		}
	}
}
