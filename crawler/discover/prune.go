package discover

import (
	"cmp"
	"slices"

	"gongkai/crawler"
)

// shared tries the folders that several columns lie in: three lists by class of
// agency may be one column.
func (s *search) shared() {
	within := map[string]int{}
	var order []string
	for _, c := range s.columns {
		own, above := directory(c.URL)
		for _, folder := range slices.Compact([]string{own, above}) {
			if within[folder]++; within[folder] == 1 {
				order = append(order, folder)
			}
		}
	}
	for _, folder := range order {
		if within[folder] < 2 || pathOf(folder) == "/" || s.queued[folder] || s.wall != nil || s.spent >= s.o.Requests {
			continue
		}
		st := &step{address: folder, score: tryScore, trail: append(slices.Clone(s.columns[0].Trail), "the folder of several lists")}
		s.queued[folder] = true
		if p, err := s.fetch(folder); err == nil {
			s.try(st, p)
		}
	}
}

// remaining returns the columns that have a report of their own, the largest
// first.
func (s *search) remaining() []*Column {
	all := slices.Clone(s.columns)
	slices.SortStableFunc(all, func(a, b *Column) int {
		return cmp.Or(b.Reports-a.Reports, b.score-a.score, len(a.Trail)-len(b.Trail))
	})
	seen := map[string]bool{}
	var kept []*Column
	for _, c := range all {
		fresh := false
		for _, l := range c.Links {
			if key := keyOf(l); c.report(l) && !seen[key] {
				seen[key], fresh = true, true
			}
		}
		if fresh {
			kept = append(kept, c)
		}
	}
	return kept
}

func keyOf(l crawler.Link) string {
	if l.Entry == crawler.EntryUnlinked {
		return "unlinked " + l.Unit
	}
	return l.URL
}
