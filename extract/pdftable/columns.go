package pdftable

import (
	"cmp"
	"slices"
)

// cuts are the x positions between the columns of a region: labels first, then
// figures from index first on.
type cuts struct {
	xs    []float64 // with both sides
	first int       // xs[first] is where the figures begin
}

// columnCuts finds the columns of a region by the stretches that are empty in
// all its rows of figures.
func (r region) columnCuts() (cuts, bool) {
	columns := r.figureColumns()
	if len(columns) == 0 {
		return cuts{}, false
	}
	left, right := r[0].box.X0, r[0].box.X1
	for i := range r {
		left, right = min(left, r[i].box.X0), max(right, r[i].box.X1)
	}
	inner := r.labelCuts(columns[0].from)
	xs := append([]float64{left - 2}, inner...)
	c := cuts{first: len(xs) - 1}
	words := r.words()
	for i := 1; i < len(columns); i++ {
		xs = append(xs, bestCut(columns[i-1].to, columns[i].from, words))
	}
	c.xs = append(xs, right+2)
	return c, true
}

// merge joins stretches with gaps of no more than gap between them.
func merge(spans []span, gap float64) []span {
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var all []span
	for _, s := range spans {
		if n := len(all); n > 0 && s.from <= all[n-1].to+gap {
			all[n-1].to = max(all[n-1].to, s.to)
			continue
		}
		all = append(all, s)
	}
	return all
}

// labelCuts finds the cuts between the columns of labels, the last of them the
// one before the figures, which begin at edge. A label that spans columns
// crosses their cut; more than two fifths of the labels may not. A table without
// labels has none.
func (r region) labelCuts(edge float64) []float64 {
	var labels []span
	for i := range r {
		for _, t := range r[i].tokens {
			if x, _ := center(t.box); x < edge && !figure(t.text) && r[i].figures > 0 || t.box.X1 < edge {
				labels = append(labels, span{t.box.X0, t.box.X1})
			}
		}
	}
	if len(labels) == 0 {
		return nil
	}
	end := labels[0].to
	for _, s := range labels {
		if s.to < edge {
			end = max(end, s.to)
		}
	}
	last := edge - 1
	if end < edge {
		last = (end + edge) / 2
	}
	var found []labelCut
	for _, s := range labels {
		x := s.from - 1
		crossing, before, after := 0, 0, 0
		for _, o := range labels {
			switch {
			case o.to <= x:
				before++
			case o.from >= x:
				after++
			default:
				crossing++
			}
		}
		if before >= 2 && after >= 3 && 5*crossing <= 2*len(labels) {
			found = append(found, labelCut{x, crossing})
		}
	}
	slices.SortFunc(found, func(a, b labelCut) int { return cmp.Compare(a.x, b.x) })
	return append(thinOut(found, labels), last)
}

// A labelCut is a possible cut and the number of labels across it.
type labelCut struct {
	x        float64
	crossing int
}

// thinOut keeps of several cuts between the same labels the one that fewest
// cross: a cut is another one only if a whole label stands between it and the
// last.
func thinOut(all []labelCut, labels []span) []float64 {
	var kept []labelCut
	for _, c := range all {
		n := len(kept)
		apart := n == 0 || slices.ContainsFunc(labels, func(s span) bool { return s.from >= kept[n-1].x && s.to <= c.x })
		switch {
		case apart:
			kept = append(kept, c)
		case c.crossing < kept[n-1].crossing:
			kept[n-1] = c
		}
	}
	xs := make([]float64, len(kept))
	for i := range kept {
		xs[i] = kept[i].x
	}
	return xs
}

// wordGap is the gap, in ems, that parts two words of a header, whose columns
// may stand closer than tokens do.
const wordGap = 0.12

// words returns where the words of the region stand that are not figures.
func (r region) words() []span {
	var all []span
	for i := range r {
		for _, t := range r[i].tokens {
			if figure(t.text) {
				continue
			}
			var parts []span
			for _, g := range t.glyphs {
				parts = append(parts, span{g.box.X0, g.box.X1})
			}
			all = append(all, merge(parts, wordGap*r[i].em)...)
		}
	}
	return all
}

// bestCut returns where between from and to a cut crosses the fewest words; in
// the middle, if it can be there.
func bestCut(from, to float64, words []span) float64 {
	best := (from + to) / 2
	least := crossings(best, words)
	for _, w := range words {
		for _, x := range []float64{w.from - 0.5, w.to + 0.5} {
			if x <= from || x >= to {
				continue
			}
			if n := crossings(x, words); n < least {
				best, least = x, n
			}
		}
	}
	return best
}

func crossings(x float64, words []span) int {
	n := 0
	for _, w := range words {
		if w.from < x-0.4 && w.to > x+0.4 {
			n++
		}
	}
	return n
}
