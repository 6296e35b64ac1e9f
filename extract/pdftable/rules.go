package pdftable

import (
	"cmp"
	"slices"
)

const (
	snapGap    = 1.3 // rules closer than this are one
	snapSpread = 2.2 // but a chain of them must not drift further
	joinGap    = 3.2 // pieces of a line with gaps up to this are one: dashes, one line per cell
	touchGap   = 3.0 // a rule that ends this near to another meets it
)

// joinRules moves rules that lie almost on one line onto it and joins their
// pieces. The result is sorted: horizontal first, by position, then by start.
func joinRules(rules []rule) []rule {
	rules = slices.Clone(rules)
	slices.SortFunc(rules, compareRules)
	var joined []rule
	for start := 0; start < len(rules); {
		end := start + 1
		for end < len(rules) && rules[end].vertical == rules[start].vertical &&
			rules[end].at-rules[end-1].at <= snapGap && rules[end].at-rules[start].at <= snapSpread {
			end++
		}
		joined = append(joined, joinLine(rules[start:end])...)
		start = end
	}
	return joined
}

func compareRules(a, b rule) int {
	if a.vertical != b.vertical {
		if a.vertical {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
}

// joinLine joins the pieces of one line, put at their mean weighted by length.
func joinLine(pieces []rule) []rule {
	at, length := 0.0, 0.0
	for _, p := range pieces {
		at += p.at * (p.to - p.from)
		length += p.to - p.from
	}
	if length > 0 {
		at /= length
	}
	pieces = slices.Clone(pieces)
	slices.SortFunc(pieces, func(a, b rule) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var joined []rule
	for _, p := range pieces {
		p.at = at
		if n := len(joined); n > 0 && p.from-joined[n-1].to <= joinGap {
			joined[n-1].to = max(joined[n-1].to, p.to)
			continue
		}
		joined = append(joined, p)
	}
	return joined
}

// meet reports whether a horizontal and a vertical rule touch.
func meet(h, v rule) bool {
	return v.at >= h.from-touchGap && v.at <= h.to+touchGap && h.at >= v.from-touchGap && h.at <= v.to+touchGap
}

// frames groups rules that touch each other, each group in the order given.
// Only groups with at least two rules each way can be a table.
func frames(rules []rule) [][]rule {
	set := newDisjoint(len(rules))
	for i, h := range rules {
		if h.vertical {
			continue
		}
		for j, v := range rules {
			if v.vertical && meet(h, v) {
				set.join(i, j)
			}
		}
	}
	groups := map[int][]rule{}
	var order []int
	for i := range rules {
		root := set.find(i)
		if groups[root] == nil {
			order = append(order, root)
		}
		groups[root] = append(groups[root], rules[i])
	}
	var found [][]rule
	for _, root := range order {
		across := 0
		for _, r := range groups[root] {
			if !r.vertical {
				across++
			}
		}
		if across >= 2 && len(groups[root])-across >= 2 {
			found = append(found, groups[root])
		}
	}
	return found
}

// A disjoint is a set of numbers split into disjoint subsets.
type disjoint []int

func newDisjoint(n int) disjoint {
	d := make(disjoint, n)
	for i := range d {
		d[i] = i
	}
	return d
}

func (d disjoint) find(i int) int {
	for d[i] != i {
		d[i] = d[d[i]]
		i = d[i]
	}
	return i
}

func (d disjoint) join(i, j int) {
	i, j = d.find(i), d.find(j)
	d[max(i, j)] = min(i, j)
}
