package pdftable

import (
	"math"
	"slices"
	"unicode"
)

// Letter-spacing moves the glyphs of words and figures apart; the gaps between
// them must not be taken for those between words. Where it is found, each glyph
// is made as wide as its place.

const (
	leastTracking    = 0.08 // in ems: gaps below are those of the font
	mostTracking     = 1.2  // gaps beyond part words
	mostOpenTracking = 0.6  // outside the cells of rules, where columns may stand as close
	trackingSlack    = 0.07 // in ems: how far gaps of one spacing differ
	trackedShare     = 0.6  // of all gaps must be alike to be letter-spacing
	trackedPairs     = 5    // and so many at least
)

// track widens the glyphs of a table's cells by its letter-spacing.
func (t *table) track() {
	cells := t.cells()
	all := make([][]glyph, len(cells))
	for i, c := range cells {
		all[i] = c.glyphs // in the order of the file, which is that of lines nearly always
	}
	gap := trackingOf(all)
	if gap == 0 {
		return
	}
	for _, c := range cells {
		tracked := c.glyphs[:0:0]
		for _, l := range lines(c.glyphs) {
			l.widen(gap)
			tracked = append(tracked, l.glyphs...)
		}
		c.glyphs = tracked
	}
}

// track does the same for a region without rules.
func (r region) track() {
	all := make([][]glyph, len(r))
	for i := range r {
		all[i] = r[i].glyphs
	}
	gap := trackingOf(all)
	if gap == 0 || gap > mostOpenTracking {
		return
	}
	for i := range r {
		r[i].widen(gap)
		r[i] = newStreamLine(r[i].line)
	}
}

// trackingOf returns the letter-spacing of runs of glyphs in ems, 0 if they have none.
// Words show it; where they have none, figures may still be spaced, if all are
// alike: the columns of a table are not.
func trackingOf(all [][]glyph) float64 {
	if gap, share := commonGap(all, isHan); share >= trackedShare {
		return gap
	}
	if gap, share := commonGap(all, unicode.IsDigit); share >= 0.9 && gap <= mostOpenTracking {
		return gap
	}
	return 0
}

// track does the same for a line of body text, by its words alone.
func (l *line) track() {
	if gap, share := commonGap([][]glyph{l.glyphs}, isHan); share >= trackedShare {
		l.widen(gap)
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// commonGap returns the gap between neighbours of one kind that most of them
// have, in ems, and the share of those that have it.
func commonGap(all [][]glyph, kind func(rune) bool) (gap, share float64) {
	var gaps []float64
	for _, glyphs := range all {
		for k := 1; k < len(glyphs); k++ {
			a, b := &glyphs[k-1], &glyphs[k]
			if kind(a.r) && kind(b.r) && !a.turned && !b.turned && b.x > a.x && math.Abs(a.y-b.y) < 1 {
				gaps = append(gaps, (b.box.X0-a.box.X1)/min(a.size(), b.size()))
			}
		}
	}
	if len(gaps) < trackedPairs {
		return 0, 0
	}
	slices.Sort(gaps)
	gap = gaps[len(gaps)/2]
	if gap < leastTracking || gap > mostTracking {
		return 0, 0
	}
	alike := 0
	for _, g := range gaps {
		if math.Abs(g-gap) <= trackingSlack {
			alike++
		}
	}
	return gap, float64(alike) / float64(len(gaps))
}

// widen makes the glyphs of a line that stand gap ems apart meet.
func (l *line) widen(gap float64) {
	l.glyphs = slices.Clone(l.glyphs)
	for i := 1; i < len(l.glyphs); i++ {
		a, b := &l.glyphs[i-1], &l.glyphs[i]
		em := min(a.size(), b.size())
		if between := (b.box.X0 - a.box.X1) / em; between > 0 && between <= gap+trackingSlack {
			a.box.X1 = b.box.X0
		}
	}
}
