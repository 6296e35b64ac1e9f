package pdftable

import (
	"math"
	"slices"
)

// addStreams finds the tables without rules in the body and takes their glyphs
// out of it. Rules are drawn in where the columns and rows must be, and the
// table is built from them as any other.
func (l *layout) addStreams() {
	for _, r := range l.regions() {
		c, ok := r.columnCuts()
		if !ok || len(c.xs) < 3 || len(c.xs) > maxColumns || len(r) > maxLines {
			continue
		}
		rules, bands := l.rowRules(r, c)
		t := lattice(l.page, rules)
		if t == nil {
			continue
		}
		t.method = "stream"
		var glyphs []glyph
		for i := range r {
			glyphs = append(glyphs, r[i].glyphs...)
		}
		rest := l.fill([]*table{t}, glyphs)
		if t.blank() || t.disorderly() {
			l.unread = append(l.unread, r)
			continue
		}
		for _, one := range t.cells() {
			one.doubt = true
			_, y := center(one.box)
			one.slipped = slices.ContainsFunc(bands, func(b band) bool { return b.slipped && y > b.from && y < b.to })
		}
		l.tables = append(l.tables, t)
		top, bottom := r[0].box.Y0, r[len(r)-1].box.Y1
		l.body = slices.DeleteFunc(l.body, func(g glyph) bool { return g.y > top && g.y <= bottom+1 })
		l.body = append(l.body, rest...)
	}
}

// disorderly reports whether a figure shares its cell with another figure or
// with words: the columns or rows were not found, and no cell can be trusted.
func (t *table) disorderly() bool {
	for _, c := range t.cells() {
		figures, others := 0, 0
		for _, ln := range lines(c.glyphs) {
			for _, tk := range ln.tokens() {
				if figure(tk.text) {
					figures++
				} else {
					others++
				}
			}
		}
		if figures > 1 || figures == 1 && others > 0 {
			return true
		}
	}
	return false
}

// A band is a row of a region: from the top of its first line to the bottom of
// its last.
type band struct {
	from, to float64
	header   bool   // words where the figures stand
	across   bool   // one of them spans columns
	words    []span // of a header's line
	begins   bool   // a label begins here: it has an ordinal
	slipped  bool   // its figures do not stand level with its label
	groups   []int  // by label column: the group label it belongs to, or -1
}

// maxLines is the most lines that a table without rules may have.
const maxLines = 400

// rowRules draws the rules of a region: between the rows, or the printed ones
// where every row has them, and between the columns wherever no text crosses. It
// returns the rows too.
func (l *layout) rowRules(r region, c cuts) ([]rule, []band) {
	left, right := c.xs[0], c.xs[len(c.xs)-1]
	bands := r.bands(c)
	var rules []rule
	printed := l.printedRules(r, left, right)
	if len(bands) == 0 {
		return nil, nil
	}
	if printed != nil && everyRow(edges(printed, false), bands) {
		rules = printed
		ys := edges(printed, false)
		bands = nil
		for i := 1; i < len(ys); i++ {
			bands = append(bands, band{from: ys[i-1], to: ys[i]})
		}
	} else {
		rules = bandRules(bands, c)
	}
	for _, x := range c.xs {
		for _, b := range bands {
			side := x == left || x == right
			if side || !r.crossed(x, b) {
				rules = append(rules, rule{vertical: true, at: x, from: b.from, to: b.to})
			}
		}
	}
	return rules, bands
}

// everyRow reports whether the rules at ys part all bands from each other, but
// for the lines of one header row.
func everyRow(ys []float64, bands []band) bool {
	row := func(b band) int { return slices.IndexFunc(ys, func(y float64) bool { return y > b.middle() }) }
	for i := 1; i < len(bands); i++ {
		if a, b := bands[i-1], bands[i]; row(a) == row(b) && !(a.header && b.header && !a.across && !b.across) {
			return false
		}
	}
	return true
}

// printedRules returns the horizontal rules in the region, if it has any, with
// one closing it above and below.
func (l *layout) printedRules(r region, left, right float64) []rule {
	top, bottom := r[0].box.Y0-12, r[len(r)-1].box.Y1+12
	var found []rule
	for _, h := range l.rules {
		if !h.vertical && h.at > top && h.at < bottom && h.to > left && h.from < right {
			h.from, h.to = max(left, h.from-2), min(right, h.to+2)
			found = append(found, h)
		}
	}
	if len(found) < 3 {
		return nil
	}
	ys := edges(found, false)
	if r[0].y < ys[0] {
		found = append(found, rule{at: r[0].box.Y0 - 1, from: left, to: right})
	}
	if last := r[len(r)-1]; last.y > ys[len(ys)-1] {
		found = append(found, rule{at: last.box.Y1 + 1, from: left, to: right})
	}
	return found
}

// bandRules draws a rule between bands over all columns but those of a group
// label that spans both.
func bandRules(bands []band, c cuts) []rule {
	right := c.xs[len(c.xs)-1]
	rules := []rule{
		{at: bands[0].from, from: c.xs[0], to: right},
		{at: bands[len(bands)-1].to, from: c.xs[0], to: right},
	}
	for i := 1; i < len(bands); i++ {
		y := bands[i].from
		for k := range c.xs[:len(c.xs)-1] {
			if k < len(bands[i].groups) && bands[i].groups[k] >= 0 && bands[i].groups[k] == bands[i-1].groups[k] {
				continue
			}
			rules = append(rules, rule{at: y, from: c.xs[k], to: c.xs[k+1]})
		}
	}
	return rules
}

// crossed reports whether a token of the band stands on both sides of x.
func (r region) crossed(x float64, b band) bool {
	for i := range r {
		_, y := center(r[i].box)
		if y < b.from || y > b.to {
			continue
		}
		for _, t := range r[i].tokens {
			if !figure(t.text) && t.box.X0 < x-1 && t.box.X1 > x+1 && !r.parts(t, x) {
				return true
			}
		}
	}
	return false
}

// parts reports whether x falls in a gap of the token that is wide enough to
// part two words: columns may stand closer than words of a line do.
func (r region) parts(t token, x float64) bool {
	gap := math.Inf(1)
	for i := 1; i < len(t.glyphs); i++ {
		if t.glyphs[i-1].box.X1 <= x+0.5 && t.glyphs[i].box.X0 >= x-0.5 {
			gap = t.glyphs[i].box.X0 - t.glyphs[i-1].box.X1
		}
	}
	return gap != math.Inf(1) && gap > wordGap*r[0].em
}
