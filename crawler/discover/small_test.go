package discover_test

import (
	"slices"
	"testing"

	"gongkai/crawler/discover"
	"gongkai/internal/testbed/replica"
)

// TestSmallSites: sites of many kinds, each found with all entries of its list.
func TestSmallSites(t *testing.T) {
	t.Parallel()
	w, err := replica.Small(60, 3)
	if err != nil {
		t.Fatal(err)
	}
	search := searcher(t, w)
	for _, h := range w.Homes {
		p, err := search(discover.Home{URL: h.URL})
		if err != nil {
			t.Errorf("%s: %v", h.ID, err)
			continue
		}
		var got []string
		for _, c := range p.Columns {
			for _, l := range c.Links {
				got = append(got, l.URL)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, h.Entries) {
			t.Errorf("%s: %d of %d entries", h.URL, len(got), len(h.Entries))
		}
	}
}
