package pdftable

import (
	"image"
	"slices"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"gongkai"
)

// A lostGlyph is a character that the file holds and that counts for nothing:
// nobody sees it, or it is struck out.
type lostGlyph struct {
	glyph
	why string // unseen or struck
}

const (
	unseen = "cannot be seen"
	struck = "is struck out"
)

// A view is a page drawn twice, with its text and without, in shades of grey.
type view struct {
	text, bare *image.Gray
	scale      float64 // pixels per point
}

const viewDPI = 144

// look draws the page with its text and without. Afterwards the page shows no
// text: nothing else may be read from it.
func (l *loader) look(at requests.Page) (*view, error) {
	v := &view{scale: viewDPI / 72.0}
	var err error
	if v.text, err = l.draw(at, viewDPI); err != nil {
		return nil, err
	}
	count, err := l.in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: at})
	if err != nil {
		return nil, l.broken("count objects", err)
	}
	for i := range count.Count {
		o, err := l.in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: at, Index: i})
		if err != nil {
			return nil, l.broken("read objects", err)
		}
		l.hideText(o.PageObject, 0)
	}
	v.bare, err = l.draw(at, viewDPI)
	return v, err
}

// hideText makes the text of o invisible; what cannot be hidden stays.
func (l *loader) hideText(o references.FPDF_PAGEOBJECT, depth int) {
	kind, err := l.in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o})
	if err != nil || depth > maxFormDepth {
		return
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_TEXT:
		_, _ = l.in.FPDFTextObj_SetTextRenderMode(&requests.FPDFTextObj_SetTextRenderMode{
			PageObject: o, TextRenderMode: enums.FPDF_TEXTRENDERMODE_INVISIBLE,
		})
	case enums.FPDF_PAGEOBJ_FORM:
		count, err := l.in.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: o})
		if err != nil {
			return
		}
		for i := range count.Count {
			inner, err := l.in.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: o, Index: uint64(i)})
			if err == nil {
				l.hideText(inner.PageObject, depth+1)
			}
		}
	}
}

// Differences in shade, of 255, from which on something can be seen, and from
// which on it is ink as text has.
const (
	faint  = 40
	strong = 70
)

// pixels is the part of the view that the box, as displayed, takes up.
func (v *view) pixels(b gongkai.Box) image.Rectangle {
	return image.Rect(int(b.X0*v.scale), int(b.Y0*v.scale), int(b.X1*v.scale)+1, int(b.Y1*v.scale)+1).Intersect(v.text.Rect).Intersect(v.bare.Rect)
}

// inner is the part of a glyph's box where its own ink lies, not that of its neighbours.
func (g *glyph) inner() gongkai.Box {
	w, h := g.box.X1-g.box.X0, g.box.Y1-g.box.Y0
	return gongkai.Box{X0: g.box.X0 + 0.12*w, Y0: g.box.Y0 + 0.05*h, X1: g.box.X1 - 0.12*w, Y1: g.box.Y1 - 0.02*h}
}

// shows reports whether the page's text changes anything in the box.
func (v *view) shows(b gongkai.Box) bool {
	r := v.pixels(b)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if d := int(v.text.Pix[y*v.text.Stride+x]) - int(v.bare.Pix[y*v.bare.Stride+x]); d >= faint || d <= -faint {
				return true
			}
		}
	}
	return false
}

// inked returns how many pixels of the box are darker than its lightest by as
// much as text is, with the text left out, and the box they take up.
func (v *view) inked(b gongkai.Box) (n int, ink image.Rectangle) {
	r := v.pixels(b)
	light := uint8(0)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		light = max(light, slices.Max(v.bare.Pix[y*v.bare.Stride+r.Min.X:y*v.bare.Stride+r.Max.X]))
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if int(light)-int(v.bare.Pix[y*v.bare.Stride+x]) >= strong {
				n++
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return n, ink
}

// tiny is the size in points below which nobody reads a character.
const tiny = 2.0

// offPage reports whether the glyph stands outside the page or is too small to
// be read.
func (p *page) offPage(g *glyph) bool {
	x, y := center(g.box)
	small := max(g.size(), g.box.X1-g.box.X0) < tiny && (unicode.IsLetter(g.r) || unicode.IsDigit(g.r))
	return x < 0 || y < 0 || x > p.width || y > p.height || small
}

// transparent is the opacity, of 255, below which text cannot be seen.
const transparent = 40

// sight says of every glyph whether it can be seen. Where only the drawing
// itself can tell, view is asked.
func (l *loader) sight(p *page, at requests.Page) ([]bool, error) {
	seen := make([]bool, len(p.glyphs))
	if !p.odd {
		for i := range p.glyphs {
			seen[i] = !p.offPage(&p.glyphs[i])
		}
		return seen, nil
	}
	text, err := l.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return nil, l.broken("load", err)
	}
	for i := range p.glyphs {
		seen[i] = !p.offPage(&p.glyphs[i]) && l.painted(text.TextPage, p.glyphs[i].index)
	}
	_, _ = l.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	if p.view, err = l.look(at); err != nil {
		return nil, err
	}
	for i := range p.glyphs {
		seen[i] = seen[i] && p.view.shows(p.glyphs[i].inner())
	}
	return seen, nil
}

// painted reports whether the character is painted at all, whatever covers it.
func (l *loader) painted(text references.FPDF_TEXTPAGE, i int) bool {
	o, err := l.in.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: text, Index: i})
	if err != nil {
		return true
	}
	mode, err := l.in.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: o.TextObject})
	if err != nil {
		return true
	}
	switch mode.TextRenderMode {
	case enums.FPDF_TEXTRENDERMODE_INVISIBLE, enums.FPDF_TEXTRENDERMODE_CLIP:
		return false
	case enums.FPDF_TEXTRENDERMODE_FILL, enums.FPDF_TEXTRENDERMODE_FILL_CLIP:
		color, err := l.in.FPDFText_GetFillColor(&requests.FPDFText_GetFillColor{TextPage: text, Index: i})
		return err != nil || color.A >= transparent
	}
	return true
}

// leaveUnseen takes the glyphs that cannot be seen out of the page, unless the
// page is a picture, of which they may be a reading.
func (l *loader) leaveUnseen(p *page, angles []float64, at requests.Page) ([]float64, error) {
	seen, err := l.sight(p, at)
	if err != nil {
		return nil, err
	}
	if p.pictured = p.isPicture(seen); p.pictured {
		return angles, nil
	}
	glyphs, kept := p.glyphs[:0:0], angles[:0]
	for i := range p.glyphs {
		if !seen[i] {
			p.lost = append(p.lost, lostGlyph{p.glyphs[i], unseen})
			continue
		}
		glyphs, kept = append(glyphs, p.glyphs[i]), append(kept, angles[i])
	}
	p.glyphs = glyphs
	return kept, nil
}
