package pdftable

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"gongkai"
)

// oddities is what a page's objects say about whether its text can be seen as
// it stands. Most pages have none, and are spared a drawing of the page.
type oddities struct {
	found  bool
	texts  []shownText // so far
	covers []cover     // what was painted after some text
	clips  map[int]int // text objects by number of clip paths
}

// A shownText is a text object and the map from its coordinates to the page.
type shownText struct {
	object references.FPDF_PAGEOBJECT
	to     matrix
}

// A cover is a filled shape that was painted after the first texts.
type cover struct {
	box   gongkai.Box
	texts int
}

// light is the shade, of 255, from which on letters are lighter than letters are.
const light = 150

// text notes text that is painted in another way than dark on the page.
func (d *drawer) text(o references.FPDF_PAGEOBJECT, m matrix) {
	d.font(o)
	d.odd.texts = append(d.odd.texts, shownText{o, m})
	if d.odd.found {
		return
	}
	mode, err := d.in.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: o})
	if err != nil || mode.TextRenderMode != enums.FPDF_TEXTRENDERMODE_FILL && mode.TextRenderMode != enums.FPDF_TEXTRENDERMODE_FILL_STROKE {
		d.odd.found = true
		return
	}
	color, err := d.in.FPDFPageObj_GetFillColor(&requests.FPDFPageObj_GetFillColor{PageObject: o})
	if err != nil {
		d.odd.found = true
		return
	}
	c := color.FillColor
	d.odd.found = c.A < 255-light || 299*c.R+587*c.G+114*c.B > 1000*light
	clip, err := d.in.FPDFPageObj_GetClipPath(&requests.FPDFPageObj_GetClipPath{PageObject: o})
	if err != nil {
		return
	}
	if paths, err := d.in.FPDFClipPath_CountPaths(&requests.FPDFClipPath_CountPaths{ClipPath: clip.ClipPath}); err == nil {
		d.odd.clips[paths.Count]++
	}
}

// cover notes what was painted over earlier text.
func (d *drawer) cover(b gongkai.Box) {
	if len(d.odd.texts) > 0 && !d.odd.found {
		d.odd.covers = append(d.odd.covers, cover{b, len(d.odd.texts)})
	}
}

// fewClips is the share of text objects that are clipped like no others and may be cut off.
const fewClips = 0.5

// isOdd reports whether only a drawing tells how the page looks.
func (d *drawer) isOdd(at requests.Page) bool {
	p := d.page
	if d.odd.found || d.layered || len(p.images) > 0 || len(p.drawn) > 0 {
		return true
	}
	for _, n := range d.odd.clips {
		if n > 0 && float64(n) < fewClips*float64(len(d.odd.texts)) {
			return true
		}
	}
	return d.covered() || d.annotated(at)
}

// covered reports whether a shape was painted over earlier text.
func (d *drawer) covered() bool {
	covers := d.odd.covers
	if len(covers) == 0 {
		return false
	}
	texts := d.odd.texts[:covers[len(covers)-1].texts]
	if len(covers)*len(texts) > maxCovers {
		return true
	}
	for i, t := range texts {
		r, err := d.in.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: t.object})
		if err != nil {
			continue
		}
		b := t.to.box(gongkai.Box{X0: float64(r.Left), Y0: float64(r.Bottom), X1: float64(r.Right), Y1: float64(r.Top)})
		for _, c := range covers {
			if c.texts > i && b.X0 < c.box.X1 && b.X1 > c.box.X0 && b.Y0 < c.box.Y1 && b.Y1 > c.box.Y0 {
				return true
			}
		}
	}
	return false
}

// maxCovers bounds the pairs of shapes and texts that are compared.
const maxCovers = 1_000_000

// annotated reports whether the page has annotations that may cover text.
func (d *drawer) annotated(at requests.Page) bool {
	count, err := d.in.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: at})
	if err != nil || count.Count == 0 {
		return false
	}
	for i := range min(count.Count, maxAnnotations) {
		a, err := d.in.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: at, Index: i})
		if err != nil {
			return true
		}
		kind, err := d.in.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a.Annotation})
		_, _ = d.in.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation})
		if err != nil || kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_LINK {
			return true
		}
	}
	return count.Count > maxAnnotations
}

// maxAnnotations bounds those whose kind is looked at.
const maxAnnotations = 200

// Sizes in points of shapes that may be characters.
const (
	leastShape = 3.0
	mostShape  = 60.0
)

// shape keeps a part of a path that is neither a rule nor shading: it may be a
// character drawn as an outline.
func (d *drawer) shape(part *subpath, fill bool) {
	if len(part.points) < 2 {
		return
	}
	b := part.bounds()
	if _, rule := thin(b); rule {
		return
	}
	if fill {
		d.cover(b)
	}
	w, h := b.X1-b.X0, b.Y1-b.Y0
	if max(w, h) < leastShape || w > mostShape || h > mostShape || !part.curved && part.upright() {
		return
	}
	d.page.drawn = append(d.page.drawn, b)
}

// upright reports whether the part is made of lines along the axes that
// enclose no more than a box.
func (s *subpath) upright() bool {
	if len(s.points) > 6 {
		return false
	}
	for i := 1; i < len(s.points); i++ {
		if _, ok := straight(s.points[i-1], s.points[i]); !ok && s.points[i-1] != s.points[i] {
			return false
		}
	}
	return true
}
