package pdftable

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"gongkai"
	"gongkai/extract"
)

// A loader reads the pages of one open document.
type loader struct {
	ctx    context.Context
	in     pdfium.Pdfium
	doc    references.FPDF_DOCUMENT
	limits Limits
	fonts  bool // look for fonts that are not embedded

	layered bool // the file has layers that may be hidden
}

// open opens body in a fresh instance of PDFium.
func (e *engine) open(ctx context.Context, body []byte, limits Limits) (*loader, error) {
	in, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("start pdfium: %w", err)
	}
	l := &loader{ctx: ctx, in: in, limits: limits, fonts: !e.hasFont}
	doc, err := in.OpenDocument(&requests.OpenDocument{File: &body})
	if err != nil {
		l.close()
		switch {
		case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
			return nil, fmt.Errorf("open: %w; ask the agency for a file without one, or remove it and ingest the copy", extract.ErrEncrypted)
		case errors.Is(err, pdfiumerrors.ErrFormat), errors.Is(err, pdfiumerrors.ErrFile), errors.Is(err, pdfiumerrors.ErrPage), errors.Is(err, pdfiumerrors.ErrUnknown):
			return nil, fmt.Errorf("open: %w (%v); fetch it again", extract.ErrDamaged, err)
		}
		return nil, fmt.Errorf("open: %w: pdfium gave up (%v)", extract.ErrLimit, err)
	}
	l.doc = doc.Document
	return l, nil
}

func (l *loader) close() { _ = l.in.Close() }

// pageCount returns the number of pages, at least one.
func (l *loader) pageCount() (int, error) {
	n, err := l.in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: l.doc})
	switch {
	case err != nil:
		return 0, l.broken("count pages", err)
	case n.PageCount == 0:
		return 0, fmt.Errorf("count pages: %w: no page can be found; fetch it again", extract.ErrDamaged)
	case n.PageCount > l.limits.Pages:
		return 0, fmt.Errorf("count pages: %w: %d pages, at most %d are read; cut the report out of the file",
			extract.ErrLimit, n.PageCount, l.limits.Pages)
	}
	return n.PageCount, nil
}

// broken says what an error of PDFium in the middle of a document means: time
// is over, or the file drove it out of its memory.
func (l *loader) broken(step string, err error) error {
	if l.ctx.Err() != nil {
		return fmt.Errorf("%s: %w: more than the time allowed; read it by hand", step, extract.ErrLimit)
	}
	return fmt.Errorf("%s: %w: %v", step, extract.ErrDamaged, err)
}

// page reads page number n, counted from 1.
func (l *loader) page(n int) (*page, error) {
	if l.ctx.Err() != nil {
		return nil, l.broken(fmt.Sprintf("page %d", n), l.ctx.Err())
	}
	ref, err := l.in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: l.doc, Index: n - 1})
	if err != nil {
		return nil, l.broken(fmt.Sprintf("load page %d", n), err)
	}
	defer func() { _, _ = l.in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: ref.Page}) }()
	at := requests.Page{ByReference: &ref.Page}
	p := &page{number: n}
	if err := l.frame(p, at); err != nil {
		return nil, fmt.Errorf("page %d: %w", n, err)
	}
	angles, err := l.glyphs(p, at)
	if err != nil {
		return nil, fmt.Errorf("text of page %d: %w", n, err)
	}
	if err := l.drawing(p, at); err != nil {
		return nil, fmt.Errorf("drawing of page %d: %w", n, err)
	}
	if angles, err = l.leaveUnseen(p, angles, at); err != nil {
		return nil, fmt.Errorf("drawing of page %d: %w", n, err)
	}
	if err := l.colours(p, at); err != nil {
		return nil, fmt.Errorf("colours of page %d: %w", n, err)
	}
	p.upright(angles)
	p.strike()
	return p, nil
}

// frame sets the map from user space to the page as displayed.
func (l *loader) frame(p *page, at requests.Page) error {
	bounds, err := l.in.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: at})
	if err != nil {
		return l.broken("page size", err)
	}
	rotation, err := l.in.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: at})
	if err != nil {
		return l.broken("page rotation", err)
	}
	left, right := ordered(float64(bounds.Rect.Left), float64(bounds.Rect.Right))
	bottom, top := ordered(float64(bounds.Rect.Bottom), float64(bounds.Rect.Top))
	w, h := right-left, top-bottom
	quarters := int(rotation.PageRotation)
	p.user = matrix{a: 1, d: -1, e: -left, f: top}.then(turn(quarters, w, h))
	p.shown = identity
	p.width, p.height = w, h
	if quarters&1 == 1 {
		p.width, p.height = h, w
	}
	return nil
}

func ordered(a, b float64) (float64, float64) { return min(a, b), max(a, b) }

// slant is how far from a quarter turn, in radians, text runs that crosses the
// page: a watermark.
const slant = 0.1

// slanted reports whether text of that direction runs across the page.
func slanted(angle float64) bool {
	quarters := angle / (math.Pi / 2)
	return math.Abs(quarters-math.Round(quarters))*(math.Pi/2) > slant
}

// mostSlanted is the share of slanted glyphs from which on the page itself is
// askew.
const mostSlanted = 0.8

// glyphs reads the characters of the page, as displayed, and the direction of
// each in radians. Characters of a watermark are left out.
func (l *loader) glyphs(p *page, at requests.Page) ([]float64, error) {
	text, err := l.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return nil, l.broken("load", err)
	}
	defer func() { _, _ = l.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }()
	count, err := l.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, l.broken("count characters", err)
	}
	if count.Count > l.limits.Glyphs {
		return nil, fmt.Errorf("%w: %d characters on a page, at most %d are read", extract.ErrLimit, count.Count, l.limits.Glyphs)
	}
	var angles []float64
	var askew []int
	for i := range count.Count {
		if i&255 == 0 && l.ctx.Err() != nil {
			return nil, l.broken("read characters", l.ctx.Err())
		}
		g, ok, err := l.glyph(text.TextPage, i)
		if err != nil {
			return nil, l.broken("read characters", err)
		}
		if !ok {
			continue
		}
		angle := 0.0
		if a, err := l.in.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text.TextPage, Index: i}); err == nil {
			angle = -float64(a.CharAngle) // PDFium counts clockwise
		}
		if slanted(angle) {
			askew = append(askew, len(p.glyphs))
		}
		angles = append(angles, angle)
		g.index = i
		g.box = p.user.box(g.box)
		g.x, g.y = p.user.point(g.x, g.y)
		p.glyphs = append(p.glyphs, g)
	}
	return p.leaveOut(askew, angles), nil
}

// leaveOut drops the glyphs of a watermark, given by index, and returns the
// angles of the others. Where nearly all glyphs slant, the page itself is askew
// and keeps them.
func (p *page) leaveOut(slanted []int, angles []float64) []float64 {
	if len(slanted) == 0 || float64(len(slanted)) > mostSlanted*float64(len(p.glyphs)) {
		return angles
	}
	glyphs, kept := p.glyphs[:0], angles[:0]
	var mark strings.Builder
	for i := range angles {
		if len(slanted) > 0 && slanted[0] == i {
			slanted = slanted[1:]
			mark.WriteRune(p.glyphs[i].r)
			continue
		}
		glyphs, kept = append(glyphs, p.glyphs[i]), append(kept, angles[i])
	}
	p.glyphs, p.watermark = glyphs, mark.String()
	return kept
}

// glyph reads one character in user space; false for white space, which the
// gaps between the glyphs show better.
func (l *loader) glyph(text references.FPDF_TEXTPAGE, i int) (glyph, bool, error) {
	code, err := l.in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return glyph{}, false, err
	}
	g := glyph{r: extract.PlainRune(rune(uint32(code.Unicode)))}
	switch g.r {
	case 2, 0xFFFE: // a hyphen at the end of a line
		g.r = '-'
	case 0x200B, 0xFEFF:
		return glyph{}, false, nil
	}
	if unicode.IsSpace(g.r) { // the gaps between the glyphs show it
		return glyph{}, false, nil
	}
	loose, err := l.in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return glyph{}, false, nil //nolint:nilerr // a glyph without a box is one that PDFium made up
	}
	origin, err := l.in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	if err != nil {
		return glyph{}, false, err
	}
	unmapped, err := l.in.FPDFText_HasUnicodeMapError(&requests.FPDFText_HasUnicodeMapError{TextPage: text, Index: i})
	if err != nil {
		return glyph{}, false, err
	}
	g.doubt = unmapped.HasUnicodeMapError || g.r == 0 || g.r == 0xFFFD || g.r >= 0xE000 && g.r < 0xF900
	if g.r == 0 {
		g.r = 0xFFFD
	}
	g.x, g.y = origin.X, origin.Y
	g.box = gongkai.Box{
		X0: float64(loose.Rect.Left), Y0: float64(loose.Rect.Bottom), X1: float64(loose.Rect.Right), Y1: float64(loose.Rect.Top),
	}
	for _, v := range []float64{g.x, g.y, g.box.X0, g.box.X1, g.box.Y0, g.box.Y1} {
		if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e6 {
			return glyph{}, false, nil
		}
	}
	return g, true, nil
}

// upright turns the page so that most of its text reads from left to right,
// and mends the boxes of vertical writing.
func (p *page) upright(angles []float64) {
	votes := [4]int{}
	for _, a := range angles {
		// The direction in user space, mapped as a vector to the display.
		dx, dy := p.user.a*math.Cos(a)+p.user.c*math.Sin(a), p.user.b*math.Cos(a)+p.user.d*math.Sin(a)
		votes[int(math.Round(math.Atan2(dy, dx)/(math.Pi/2)))&3]++
	}
	way := 0
	for i, n := range votes {
		if n > votes[way] {
			way = i
		}
	}
	if way != 0 {
		t := turn(4-way, p.width, p.height)
		p.apply(t)
		p.shown = turn(way, p.height, p.width)
		if way == 2 {
			p.shown = turn(2, p.width, p.height)
		} else {
			p.width, p.height = p.height, p.width
		}
	}
	p.mendVertical()
}

// apply maps everything on the page by t.
func (p *page) apply(t matrix) {
	for i := range p.glyphs {
		g := &p.glyphs[i]
		g.box = t.box(g.box)
		g.x, g.y = t.point(g.x, g.y)
	}
	for i, r := range p.rules {
		b := gongkai.Box{X0: r.from, Y0: r.at, X1: r.to, Y1: r.at}
		if r.vertical {
			b = gongkai.Box{X0: r.at, Y0: r.from, X1: r.at, Y1: r.to}
		}
		b = t.box(b)
		if vertical := r.vertical != (t.a == 0); vertical {
			p.rules[i] = rule{vertical: true, at: b.X0, from: b.Y0, to: b.Y1}
		} else {
			p.rules[i] = rule{at: b.Y0, from: b.X0, to: b.X1}
		}
	}
	for i := range p.lost {
		p.lost[i].box = t.box(p.lost[i].box)
	}
	for _, boxes := range [][]gongkai.Box{p.images, p.drawn} {
		for i := range boxes {
			boxes[i] = t.box(boxes[i])
		}
	}
	p.user = p.user.then(t)
}

// mendVertical gives glyphs of vertical writing, whose boxes come out many
// times too wide, a square box about their origin.
func (p *page) mendVertical() {
	if len(p.glyphs) == 0 {
		return
	}
	heights := make([]float64, len(p.glyphs))
	for i := range p.glyphs {
		heights[i] = p.glyphs[i].size()
	}
	slices.Sort(heights)
	em := heights[len(heights)/2]
	for i := range p.glyphs {
		g := &p.glyphs[i]
		if em > 0 && g.box.X1-g.box.X0 > 5*em {
			g.turned = true
			g.box = gongkai.Box{X0: g.x - em/2, Y0: g.y - em/2, X1: g.x + em/2, Y1: g.y + em/2}
		}
	}
}
