package pdftable

import (
	"slices"
	"unicode"

	"github.com/klippa-app/go-pdfium/requests"
)

// A stray is a character in another colour than the page's text: of a seal or
// of a watermark that stands upright.
type stray uint8

const (
	plainInk stray = iota
	red            // as seals are; also titles and figures that are meant to stand out
	pale           // as watermarks are; white, which stands on dark ground, is not
)

// An ink is a colour, each part 0 to 255.
type ink [3]int

func (c ink) stray() stray {
	luma := (299*c[0] + 587*c[1] + 114*c[2]) / 1000
	switch {
	case luma >= 185 && luma < 240:
		return pale
	case c[0] > c[1]+80 && c[0] > c[2]+80:
		return red
	}
	return plainInk
}

// colours marks the strays of a page whose text is not all dark. Where most of
// it is red or pale, there are none.
func (l *loader) colours(p *page, at requests.Page) error {
	if !p.odd || p.pictured {
		return nil
	}
	text, err := l.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return l.broken("load", err)
	}
	defer func() { _, _ = l.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }()
	counts := [pale + 1]int{}
	for i := range p.glyphs {
		g := &p.glyphs[i]
		c, err := l.in.FPDFText_GetFillColor(&requests.FPDFText_GetFillColor{TextPage: text.TextPage, Index: g.index})
		if err == nil {
			g.stray = ink{int(c.R), int(c.G), int(c.B)}.stray()
		}
		counts[g.stray]++
	}
	if counts[plainInk] < len(p.glyphs)/2 {
		for i := range p.glyphs {
			p.glyphs[i].stray = plainInk
		}
	}
	return nil
}

// dropStrays takes the words of seals and watermarks out of a cell that holds
// text of its own. Digits stay, and so does all that stands beside them: whose
// they are cannot be told from their colour.
func (c *cell) dropStrays() (dropped []glyph) {
	own := false
	for i := range c.glyphs {
		g := &c.glyphs[i]
		own = own || g.stray == plainInk
		if g.stray != plainInk && (unicode.IsDigit(g.r) || g.r == '无' || g.r == '零') {
			return nil
		}
	}
	if !own {
		return nil
	}
	c.glyphs = slices.DeleteFunc(c.glyphs, func(g glyph) bool {
		if g.stray != plainInk {
			dropped = append(dropped, g)
		}
		return g.stray != plainInk
	})
	return dropped
}

// mostStamped bounds the characters of stamps that are kept for comparison; a
// second reading that meets more of them differs, and its cell is suspect.
const mostStamped = 4000

// stamp notes characters that were left out as those of a seal or watermark.
func (p *page) stamp(dropped ...glyph) {
	for _, g := range dropped[:min(len(dropped), mostStamped-len(p.stamped))] {
		p.watermark += string(g.r)
		p.stamped = append(p.stamped, g)
	}
}
