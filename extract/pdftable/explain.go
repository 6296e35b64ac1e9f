package pdftable

import (
	"fmt"
	"strings"

	"gongkai"
)

// explain sets why and source of the cells of which more or less is known than
// their text: characters left out, pictures and drawings in the place of text,
// a text layer.
func (l *layout) explain() {
	for _, t := range l.tables {
		cells, places := t.cells(), t.figurePlaces()
		for _, c := range cells {
			if l.page.pictured {
				c.source = "layer"
				continue
			}
			c.explainLost(l.page.lostIn(c.box))
		}
		if !l.page.pictured && l.page.view != nil && t.method == "lattice" {
			l.explainDrawn(places)
		}
		for _, c := range cells {
			c.confirmed = c.confirmed && c.why == "" // the second reader has no eye for it
		}
	}
}

// figurePlaces are the cells where figures belong: those behind the labels of
// their row, or in a row of figures without labels.
func (t *table) figurePlaces() []*cell {
	var places []*cell
	for _, row := range t.rows {
		if end := labelEnd(row); end > 0 || hasFigures(row) {
			places = append(places, row[end:]...)
		}
	}
	return places
}

// explainLost says which characters of the cell were left out.
func (c *cell) explainLost(lost []lostGlyph) {
	if len(lost) == 0 {
		return
	}
	var parts []string
	for _, why := range []string{struck, unseen} {
		var glyphs []glyph
		for _, g := range lost {
			if g.why == why {
				glyphs = append(glyphs, g.glyph)
			}
		}
		if len(glyphs) > 0 {
			parts = append(parts, fmt.Sprintf("%.40q %s", joinLines(lines(glyphs), c.box.X1), why))
		}
	}
	c.why = strings.Join(parts, ", ") + " and is left out"
	if c.text == "" {
		c.text = unreadable
	}
}

// explainDrawn finds what is drawn in cells where a figure may belong.
func (l *layout) explainDrawn(cells []*cell) {
	for _, c := range cells {
		picture := c.holds(l.page.images)
		switch {
		case c.text == "" && l.inkIn(c):
			c.text = drawn
		case c.text == "" || !figure(c.text):
		case picture && l.inkIn(c):
			c.why = "a picture stands beside the figure"
		case c.holds(l.page.drawn) && l.inkIn(c):
			c.why = "something is drawn over or beside the figure"
		}
	}
}

// holds reports whether one of the boxes lies in the cell: a seal or a picture
// over several cells hides no figure of one.
func (c *cell) holds(boxes []gongkai.Box) bool {
	for _, b := range boxes {
		if within(c.box, b.X0+frame, b.Y0+frame) && within(c.box, b.X1-frame, b.Y1-frame) {
			return true
		}
	}
	return false
}

// drawn stands for what is drawn where text belongs.
const drawn = "\uFFFC"

const (
	frame      = 2.0 // points along the sides of a cell that belong to its rules
	leastMark  = 0.6 // square points of ink that a mark in a cell has at least
	crossShare = 0.7 // a line from corner to corner takes up this share of the cell
)

// inkIn reports whether there is ink in the cell besides its text and rules. A
// line from corner to corner, which crosses a cell out that is not filled in,
// is none.
func (l *layout) inkIn(c *cell) bool {
	b := l.page.shown.box(gongkai.Box{X0: c.box.X0 + frame, Y0: c.box.Y0 + frame, X1: c.box.X1 - frame, Y1: c.box.Y1 - frame})
	if b.X1-b.X0 < 1 || b.Y1-b.Y0 < 1 {
		return false
	}
	v := l.page.view
	n, ink := v.inked(b)
	if float64(n) < leastMark*v.scale*v.scale {
		return false
	}
	r := v.pixels(b)
	crossing := float64(ink.Dx()) > crossShare*float64(r.Dx()) && float64(ink.Dy()) > crossShare*float64(r.Dy())
	return !crossing || n > 4*(r.Dx()+r.Dy())
}
