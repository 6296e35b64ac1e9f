package analysis

import (
	"fmt"
	"slices"
	"strings"
)

// settle rates the standings, divides those that can be ranked into strata and
// ranks each. The others stand apart with the reason.
func (r *Ranking) settle(standings []standing) {
	var ranked []standing
	for _, s := range standings {
		r.rate(&s)
		if s.Reason = r.unfit(&s); s.Reason != "" {
			r.NotRanked = append(r.NotRanked, s.Standing)
			continue
		}
		ranked = append(ranked, s)
	}
	for _, g := range strata(ranked) {
		if len(g.list) >= r.Fewest {
			r.Strata = append(r.Strata, r.stratum(g.name, g.list))
			continue
		}
		for _, s := range g.list {
			s.Few, s.Reason = true, fmt.Sprintf("%d agencies can be compared, %d are needed", len(g.list), r.Fewest)
			r.NotRanked = append(r.NotRanked, s.Standing)
		}
	}
}

// unfit says why a report is not ranked; empty if it can be. Nothing is known of
// what could not be assessed: it neither helps nor harms.
func (r *Ranking) unfit(s *standing) string {
	var open, needed []string
	for i := range s.Values {
		if s.Values[i].State != Open {
			continue
		}
		open = append(open, r.Dimensions[i].Title)
		for _, name := range TheMethod().Rank.Needed {
			if r.Dimensions[i].Name == name {
				needed = append(needed, r.Dimensions[i].Title)
			}
		}
	}
	switch {
	case s.Coverage < r.Coverage:
		return fmt.Sprintf("%.0f %% of the weights could be assessed, %.0f %% are needed; not assessed: %s",
			100*s.Coverage, 100*r.Coverage, strings.Join(open, ", "))
	case len(needed) > 0:
		return "without it there is no rank; not assessed: " + strings.Join(needed, ", ")
	case !s.counted && !s.atFault(): // else it stands among those with the requests that it does print, if any
		return "how many requests were handled is not known"
	}
	return ""
}

// atFault reports whether a person has confirmed that something is not there.
func (s *standing) atFault() bool {
	return slices.ContainsFunc(s.Values, func(v Value) bool { return v.State == Fault })
}

// A size is a part of the group by the requests that were handled.
type size struct {
	from, below int64 // below is 0 for no end
	name        string
	list        []standing
}

// strata divides standings by the requests that they handled. A stratum of too
// few agencies joins the next, the last one that before it.
func strata(list []standing) []size {
	m := TheMethod().Strata
	var all []size
	for i, from := range m.From {
		s := size{from: from}
		if i+1 < len(m.From) {
			s.below = m.From[i+1]
		}
		for _, x := range list {
			if x.handled >= s.from && (s.below == 0 || x.handled < s.below) {
				s.list = append(s.list, x)
			}
		}
		if last := len(all) - 1; last >= 0 && (len(all[last].list) < m.Least || i+1 == len(m.From) && len(s.list) < m.Least) {
			all[last].below, all[last].list = s.below, append(all[last].list, s.list...)
			continue
		}
		all = append(all, s)
	}
	var used []size
	for _, s := range all {
		s.name = s.String()
		if len(s.list) > 0 {
			used = append(used, s)
		}
	}
	return used
}

// String names a stratum: "0 requests", "1-9 requests", "10 requests or more".
func (s *size) String() string {
	switch {
	case s.below == 0 && s.from == 0:
		return AllSizes
	case s.below == 0:
		return fmt.Sprintf("%d requests or more", s.from)
	case s.below == s.from+1:
		return fmt.Sprintf("%d requests", s.from)
	}
	return fmt.Sprintf("%d-%d requests", s.from, s.below-1)
}

// sizeOf names the stratum that so many requests belong to, if none are joined.
func sizeOf(requests int64) string {
	from := TheMethod().Strata.From
	for i := len(from) - 1; i >= 0; i-- {
		if requests < from[i] {
			continue
		}
		s := size{from: from[i]}
		if i+1 < len(from) {
			s.below = from[i+1]
		}
		return s.String()
	}
	return ""
}

// AllSizes is the stratum of all agencies, where they are too few to be divided.
const AllSizes = "all sizes"
