package pdftable

import "gongkai"

const (
	fewGlyphs = 20    // what a page of a report never has less of, page number aside
	fullPage  = 0.5   // share of the page that its picture takes up at least
	someInk   = 0.004 // share of the page that is dark at least if its picture shows anything
	manyDrawn = 100   // shapes of the size of characters: text drawn as outlines
)

// isPicture reports whether what a reader sees on the page is a picture: one
// of the page with no text, with text nobody sees, or with text that repeats
// what the picture shows. Text over a background is text.
func (p *page) isPicture(seen []bool) bool {
	if len(p.glyphs) < fewGlyphs && len(p.drawn) > manyDrawn {
		return true
	}
	if p.imageArea() < fullPage*p.width*p.height || p.view == nil || !p.view.anything(p) {
		return false
	}
	own := 0
	for i := range p.glyphs {
		if seen[i] && !p.view.repeats(&p.glyphs[i]) {
			own++
		}
	}
	return own < fewGlyphs || 2*own < len(p.glyphs)
}

// imageArea is the area of the page's images, as far as they lie on it.
func (p *page) imageArea() float64 {
	sum := 0.0
	for _, b := range p.images {
		b = gongkai.Box{X0: max(b.X0, 0), Y0: max(b.Y0, 0), X1: min(b.X1, p.width), Y1: min(b.Y1, p.height)}
		if b.X1 > b.X0 && b.Y1 > b.Y0 {
			sum += area(b)
		}
	}
	return sum
}

// anything reports whether there is ink on the page besides its text.
func (v *view) anything(p *page) bool {
	n, _ := v.inked(gongkai.Box{X1: p.width, Y1: p.height})
	return float64(n) > someInk*p.width*p.height*v.scale*v.scale
}

// repeats reports whether there is ink like a character's below the glyph.
func (v *view) repeats(g *glyph) bool {
	b := g.inner()
	n, _ := v.inked(b)
	return float64(n) > 0.04*area(b)*v.scale*v.scale
}
