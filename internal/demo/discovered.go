package demo

import (
	"fmt"
	"slices"

	"gongkai/crawler"
	"gongkai/internal/survey"
	"gongkai/internal/testbed/replica"
)

// Discovered counts the sites whose list was found with all its entries, and
// those that must be: all but the walled ones.
// The lists that were not found whole are told.
func Discovered(world *replica.World, found []survey.Found) (whole, wanted int, amiss []string) {
	for _, h := range world.Homes {
		if !h.Walled() {
			wanted++
		}
		i := slices.IndexFunc(found, func(f survey.Found) bool { return f.Home.URL == h.URL })
		var got []string
		for _, c := range found[i].Columns {
			for _, l := range c.Links {
				if l.Entry != crawler.EntryUnlinked {
					got = append(got, l.URL)
				}
			}
		}
		slices.Sort(got)
		switch got = slices.Compact(got); {
		case found[i].Path != "" && slices.Equal(got, h.Entries):
			whole++
		default:
			amiss = append(amiss, fmt.Sprintf("%s: %d of %d entries were found: %v", h.URL, len(got), len(h.Entries), found[i].Err))
		}
	}
	return whole, wanted, amiss
}

// Lured counts the portals on which something was found.
func Lured(portals []replica.Home, found []survey.Found) int {
	n := 0
	for _, h := range portals {
		if slices.ContainsFunc(found, func(f survey.Found) bool { return f.Home.URL == h.URL && f.Path != "" }) {
			n++
		}
	}
	return n
}
