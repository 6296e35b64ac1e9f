package pdftable

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"gongkai"
)

// A line is glyphs on one baseline, from left to right.
type line struct {
	glyphs []glyph
	box    gongkai.Box
	y      float64 // baseline
	em     float64 // size of its largest glyph
}

// lines sorts glyphs into lines from top to bottom. A glyph drawn twice at the
// same place, as fake bold is, counts once.
func lines(glyphs []glyph) []line {
	sorted := slices.Clone(glyphs)
	slices.SortStableFunc(sorted, func(a, b glyph) int { return cmp.Compare(a.y, b.y) })
	var found []line
	for _, g := range sorted {
		n := len(found)
		if n == 0 || g.y-found[n-1].y > 0.35*min(g.size(), found[n-1].em) {
			found = append(found, line{y: g.y, em: g.size()})
			n++
		}
		l := &found[n-1]
		l.glyphs = append(l.glyphs, g)
		l.em = max(l.em, g.size())
	}
	for i := range found {
		l := &found[i]
		slices.SortStableFunc(l.glyphs, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
		l.glyphs = slices.CompactFunc(l.glyphs, sameGlyph)
		l.box = gongkai.Box{}
		for _, g := range l.glyphs {
			l.box = union(l.box, g.box)
		}
	}
	return found
}

// sameGlyph reports whether b is a shifted copy of a.
func sameGlyph(a, b glyph) bool {
	return a.r == b.r && math.Abs(a.x-b.x) < 0.25*(a.box.X1-a.box.X0) && math.Abs(a.y-b.y) < 0.25*a.size()
}

// text spells the line out. Spaces come from gaps: between letters and digits
// from a quarter of an em on, beside Chinese characters from one em and a half.
func (l *line) text() string {
	var b strings.Builder
	for i, g := range l.glyphs {
		if i > 0 && spaced(&l.glyphs[i-1], &g) {
			b.WriteByte(' ')
		}
		b.WriteRune(g.r)
	}
	return b.String()
}

func spaced(a, b *glyph) bool {
	gap := b.box.X0 - a.box.X1
	em := min(a.size(), b.size())
	if plain(a.r) && plain(b.r) {
		return gap > 0.25*em
	}
	return gap > 1.5*em
}

// plain holds for characters that words and figures are made of.
func plain(r rune) bool {
	return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".,%-+/", r))
}

// cellText spells out what stands in a cell.
func (c *cell) read() {
	turned := 0
	for i := range c.glyphs {
		c.doubt = c.doubt || c.glyphs[i].doubt
		if c.glyphs[i].turned {
			turned++
		}
	}
	if turned*2 > len(c.glyphs) {
		c.text = verticalText(c.glyphs)
		return
	}
	glyphs, mixed := withNotes(c.glyphs)
	c.glyphs = glyphs
	if mixed && c.why == "" {
		c.why = "digits of two sizes stand on one line"
	}
	c.text = joinLines(lines(c.glyphs), c.box.X1)
}

// joinLines joins the lines of a cell. Words and figures of two lines are two
// unless the first line fills its cell up to the right edge.
func joinLines(all []line, right float64) string {
	var b strings.Builder
	for i := range all {
		l := &all[i]
		if i > 0 {
			last, next := all[i-1].glyphs[len(all[i-1].glyphs)-1], l.glyphs[0]
			full := right-last.box.X1 < next.box.X1-next.box.X0+0.6*l.em && all[i-1].em > 0
			if plain(last.r) && plain(next.r) && !full {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l.text())
	}
	return b.String()
}

// verticalText reads columns from right to left, each downwards.
func verticalText(glyphs []glyph) string {
	sorted := slices.Clone(glyphs)
	slices.SortStableFunc(sorted, func(a, b glyph) int {
		ax, _ := center(a.box)
		bx, _ := center(b.box)
		if math.Abs(ax-bx) > 0.5*a.size() {
			return cmp.Compare(bx, ax)
		}
		return cmp.Compare(a.y, b.y)
	})
	var b strings.Builder
	for _, g := range sorted {
		b.WriteRune(g.r)
	}
	return b.String()
}
