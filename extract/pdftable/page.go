package pdftable

import "gongkai"

// A page is one page as both table and text code see it: glyphs and rules in
// points, y downwards from the top left corner, turned so that its text stands
// upright.
type page struct {
	number        int // 1-based
	width, height float64
	glyphs        []glyph
	rules         []rule
	images        []gongkai.Box
	shown         matrix  // from these coordinates to the page as displayed
	user          matrix  // from PDF user space to these coordinates
	badFont       bool    // a font that is not embedded and that no system font stands in for
	stamped       []glyph // of seals and watermarks, left out of cells and body
	watermark     string  // text that runs across the page, left out of glyphs
	lost          []lostGlyph
	drawn         []gongkai.Box // shapes that are neither rules nor shading
	odd           bool          // what its text looks like only a drawing tells
	view          *view         // the drawing of an odd page, as displayed; nil if none was made
	pictured      bool          // the page is a picture; its text, if any, is a reading of it
}

// A glyph is one character at its place.
type glyph struct {
	r      rune
	box    gongkai.Box // loose box: as wide as its advance, as high as its font
	x, y   float64     // origin: where the baseline starts
	doubt  bool        // the font does not say which character it is
	stray  stray       // in another colour than the page's text
	turned bool        // stands at another angle than the page's text
	note   bool        // a digit beside a figure, raised or lowered, spelled as such
	index  int         // of the character in PDFium's text page
}

// size is the glyph's height, near enough its font size.
func (g *glyph) size() float64 { return g.box.Y1 - g.box.Y0 }

// A rule is a straight line along an axis.
type rule struct {
	vertical bool
	at       float64 // x of a vertical rule, y of a horizontal one
	from, to float64 // its ends along the other axis
}

func center(b gongkai.Box) (x, y float64) { return (b.X0 + b.X1) / 2, (b.Y0 + b.Y1) / 2 }

// within reports whether (x, y) lies in b.
func within(b gongkai.Box, x, y float64) bool {
	return x >= b.X0 && x <= b.X1 && y >= b.Y0 && y <= b.Y1
}

func union(a, b gongkai.Box) gongkai.Box {
	if a.Zero() {
		return b
	}
	if b.Zero() {
		return a
	}
	return gongkai.Box{X0: min(a.X0, b.X0), Y0: min(a.Y0, b.Y0), X1: max(a.X1, b.X1), Y1: max(a.Y1, b.Y1)}
}
