package pdftable

import (
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"gongkai"
	"gongkai/extract"
)

// drawing reads the rules and images of the page, as displayed.
func (l *loader) drawing(p *page, at requests.Page) error {
	count, err := l.in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: at})
	if err != nil {
		return l.broken("count objects", err)
	}
	d := &drawer{loader: l, page: p, odd: oddities{clips: map[int]int{}}}
	for i := range count.Count {
		o, err := l.in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: at, Index: i})
		if err != nil {
			return l.broken("read objects", err)
		}
		if err := d.object(o.PageObject, p.user, 0); err != nil {
			return err
		}
	}
	p.rules = append(p.rules, dotted(d.dots)...)
	p.odd = d.isOdd(at)
	return nil
}

// A drawer turns the objects of one page into rules.
type drawer struct {
	*loader
	page *page
	cost int // objects and path segments so far
	dots []point
	odd  oddities
}

func (d *drawer) spend() error {
	d.cost++
	if d.cost > d.limits.Objects {
		return fmt.Errorf("%w: more than %d drawing objects on a page", extract.ErrLimit, d.limits.Objects)
	}
	if d.cost&255 == 0 && d.ctx.Err() != nil {
		return d.broken("read objects", d.ctx.Err())
	}
	return nil
}

func (d *drawer) object(o references.FPDF_PAGEOBJECT, m matrix, depth int) error {
	if err := d.spend(); err != nil {
		return err
	}
	kind, err := d.in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o})
	if err != nil {
		return d.broken("read objects", err)
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_PATH:
		return d.path(o, m)
	case enums.FPDF_PAGEOBJ_FORM:
		return d.form(o, m, depth)
	case enums.FPDF_PAGEOBJ_IMAGE:
		return d.image(o, m)
	case enums.FPDF_PAGEOBJ_TEXT:
		d.text(o, m)
	case enums.FPDF_PAGEOBJ_SHADING:
		d.odd.found = true
	}
	return nil
}

// font notes text in a font that is neither embedded nor found on the system.
func (d *drawer) font(o references.FPDF_PAGEOBJECT) {
	if !d.fonts || d.page.badFont {
		return
	}
	font, err := d.in.FPDFTextObj_GetFont(&requests.FPDFTextObj_GetFont{PageObject: o})
	if err != nil {
		return
	}
	embedded, err := d.in.FPDFFont_GetIsEmbedded(&requests.FPDFFont_GetIsEmbedded{Font: font.Font})
	d.page.badFont = err == nil && !embedded.IsEmbedded
}

func (d *drawer) form(o references.FPDF_PAGEOBJECT, m matrix, depth int) error {
	if depth == maxFormDepth {
		return fmt.Errorf("%w: drawings nested more than %d deep", extract.ErrLimit, maxFormDepth)
	}
	own, err := d.matrix(o)
	if err != nil {
		return err
	}
	count, err := d.in.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: o})
	if err != nil {
		return d.broken("read form", err)
	}
	for i := range count.Count {
		inner, err := d.in.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: o, Index: uint64(i)})
		if err != nil {
			return d.broken("read form", err)
		}
		if err := d.object(inner.PageObject, own.then(m), depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (d *drawer) matrix(o references.FPDF_PAGEOBJECT) (matrix, error) {
	r, err := d.in.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: o})
	if err != nil {
		return identity, d.broken("read matrix", err)
	}
	m := r.Matrix
	return matrix{float64(m.A), float64(m.B), float64(m.C), float64(m.D), float64(m.E), float64(m.F)}, nil
}

func (d *drawer) image(o references.FPDF_PAGEOBJECT, m matrix) error {
	b, err := d.in.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o})
	if err != nil {
		return nil //nolint:nilerr // an image without bounds shows nothing
	}
	box := m.box(gongkai.Box{X0: float64(b.Left), Y0: float64(b.Bottom), X1: float64(b.Right), Y1: float64(b.Top)})
	if at, ok := dot(box); ok {
		d.dots = append(d.dots, at)
		return nil
	}
	if r, ok := thin(box); ok { // an image one pixel high is a rule
		d.page.rules = append(d.page.rules, r)
		return nil
	}
	d.page.images = append(d.page.images, box)
	return nil
}

// path adds the axis-parallel lines of a path.
func (d *drawer) path(o references.FPDF_PAGEOBJECT, m matrix) error {
	mode, err := d.in.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: o})
	if err != nil {
		return d.broken("read path", err)
	}
	fill := mode.FillMode != enums.FPDF_FILLMODE_NONE
	if !fill && !mode.Stroke {
		return nil // clips only
	}
	own, err := d.matrix(o)
	if err != nil {
		return err
	}
	m = own.then(m)
	count, err := d.in.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: o})
	if err != nil {
		return d.broken("read path", err)
	}
	var part subpath
	for i := range count.Count {
		if err := d.spend(); err != nil {
			return err
		}
		start, err := d.segment(o, i, m, &part)
		if err != nil {
			return d.broken("read path", err)
		}
		if start != nil {
			d.draw(&part, fill, mode.Stroke)
			part = *start
		}
	}
	d.draw(&part, fill, mode.Stroke)
	return nil
}

// draw adds what a subpath shows to the page: rules or a dot of one.
func (d *drawer) draw(part *subpath, fill, stroke bool) {
	if at, ok := part.dot(); ok {
		d.dots = append(d.dots, at)
		return
	}
	d.page.rules = part.rules(d.page.rules, fill, stroke)
	d.shape(part, fill)
}

// segment adds segment i to part, or returns the part that it begins.
func (d *drawer) segment(o references.FPDF_PAGEOBJECT, i int, m matrix, part *subpath) (*subpath, error) {
	s, err := d.in.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: o, Index: i})
	if err != nil {
		return nil, err
	}
	kind, err := d.in.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s.PathSegment})
	if err != nil {
		return nil, err
	}
	at, err := d.in.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
	if err != nil {
		return nil, err
	}
	x, y := m.point(float64(at.X), float64(at.Y))
	if math.IsNaN(x) || math.IsNaN(y) || math.Abs(x) > 1e5 || math.Abs(y) > 1e5 {
		part.curved = true
		return nil, nil
	}
	p := point{x, y}
	var start *subpath
	switch kind.Type {
	case enums.FPDF_SEGMENT_MOVETO:
		start = &subpath{points: []point{p}}
		part = start
	case enums.FPDF_SEGMENT_BEZIERTO:
		part.curved = true
		part.points = append(part.points, p)
	default:
		part.points = append(part.points, p)
	}
	closing, err := d.in.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s.PathSegment})
	if err == nil && closing.IsClose && len(part.points) > 1 {
		part.points = append(part.points, part.points[0])
	}
	return start, nil
}
