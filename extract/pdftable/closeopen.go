package pdftable

import (
	"cmp"
	"math"
	"slices"
)

const (
	openShare  = 0.6 // this share of the crossing rules must run past the outermost
	openBeyond = 6.0 // by more than this
)

// closeOpen adds the outer rule that a table lacks where it is cut by a page
// break, or where its style has none at the sides: most crossing rules run on
// past the outermost one.
func closeOpen(rules []rule) []rule {
	for _, vertical := range []bool{false, true} {
		for _, far := range []bool{false, true} {
			if r, ok := missingEdge(rules, vertical, far); ok {
				rules = append(rules, r)
			}
		}
	}
	slices.SortFunc(rules, compareRules)
	return rules
}

// missingEdge returns the rule that is missing at the near (top, left) or far
// (bottom, right) side.
func missingEdge(rules []rule, vertical, far bool) (rule, bool) {
	var outer float64
	var crossing []rule
	first := true
	for _, r := range rules {
		if r.vertical != vertical {
			crossing = append(crossing, r)
		} else if first || far && r.at > outer || !far && r.at < outer {
			outer, first = r.at, false
		}
	}
	var ends []float64
	edge := rule{vertical: vertical}
	for _, c := range crossing {
		end, beyond := c.from, outer-c.from
		if far {
			end, beyond = c.to, c.to-outer
		}
		if beyond <= openBeyond {
			continue
		}
		if len(ends) == 0 {
			edge.from, edge.to = c.at, c.at
		}
		edge.from, edge.to = min(edge.from, c.at), max(edge.to, c.at)
		ends = append(ends, end)
	}
	if len(ends) < 2 || float64(len(ends)) < openShare*float64(len(crossing)) && !outermostOpen(crossing, outer, far) {
		return rule{}, false
	}
	slices.Sort(ends)
	edge.at = ends[len(ends)/2]
	return edge, true
}

// outermostOpen reports whether the first and the last of the crossing rules,
// which frame the table, both run past the outermost rule to the same end.
func outermostOpen(crossing []rule, outer float64, far bool) bool {
	slices.SortFunc(crossing, func(a, b rule) int { return cmp.Compare(a.at, b.at) })
	a, b := crossing[0], crossing[len(crossing)-1]
	if far {
		return a.to-outer > openBeyond && math.Abs(a.to-b.to) <= sliver
	}
	return outer-a.from > openBeyond && math.Abs(a.from-b.from) <= sliver
}
