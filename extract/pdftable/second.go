package pdftable

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ledongthuc/pdf"
)

// secondTime bounds the second reading of a document; a file that PDFium read
// takes far less.
const secondTime = 4 * time.Second

// A mark is one character of the second reading.
type mark struct {
	r     rune
	x, y  float64
	width float64 // 0 where the reader knows no widths: all marks of a string share their x

	slanted bool // stands askew, as watermarks do
}

// A secondReader reads documents with github.com/ledongthuc/pdf, which shares
// no code with PDFium. It may hang, and nothing can stop it then.
type secondReader struct {
	hung atomic.Int32 // readings that never came back
}

// maxHung is how many lost readings are borne before no more are begun.
const maxHung = 4

// read returns the text of the wanted pages in user space; nil for a page that
// it cannot read, and nil altogether for such a document.
func (s *secondReader) read(ctx context.Context, body []byte, wanted []bool) [][]mark {
	if s.hung.Load() >= maxHung {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, secondTime)
	defer cancel()
	done := make(chan [][]mark, 1)
	go func() {
		pages, _ := secondPages(ctx, body, wanted)
		done <- pages
	}()
	select {
	case pages := <-done:
		return pages
	case <-ctx.Done():
		s.hung.Add(1)
		return nil
	}
}

func secondPages(ctx context.Context, body []byte, wanted []bool) (pages [][]mark, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			pages, err = nil, fmt.Errorf("second reading: %v", fault)
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, err
	}
	pages = make([][]mark, len(wanted))
	for i := range pages {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if wanted[i] {
			pages[i] = secondPage(r, i+1)
		}
	}
	return pages, nil
}

func secondPage(r *pdf.Reader, n int) (text []mark) {
	defer func() {
		if recover() != nil {
			text = nil
		}
	}()
	return pageText(r.Page(n))
}

// trusted is the share of a page's cells on which both readings must agree
// before a difference counts against the rest: below it, the second reader
// cannot handle the page's fonts.
const trusted = 0.7

// confirm gives the cells of the page what the second reading saw in them. It
// reports whether that reading could be used.
func (l *layout) confirm(text []mark) bool {
	if len(text) == 0 {
		return false
	}
	seen := map[*cell][]mark{}
	for _, m := range text {
		if m.slanted && l.page.watermark != "" {
			continue // left out of the first reading too
		}
		m.x, m.y = l.page.user.point(m.x, m.y)
		if c := l.cellOf(m); c != nil && !l.leftOut(c, m) {
			seen[c] = append(seen[c], m)
		}
	}
	same, filled := 0, 0
	var cells []*cell
	for _, t := range l.tables {
		cells = append(cells, t.cells()...)
	}
	for _, c := range cells {
		c.second = spell(seen[c])
		if bare(c.figure()) == c.second {
			c.second = c.text
		}
		if c.text != "" {
			filled++
			if c.second == c.text {
				same++
			}
		}
	}
	ok := filled > 0 && float64(same) >= trusted*float64(filled)
	for _, c := range cells {
		if c.confirmed = ok; !ok {
			c.second = ""
		}
	}
	return ok
}

// leftOut reports whether the mark is a note of its cell or a character that
// was left out of it.
func (l *layout) leftOut(c *cell, m mark) bool {
	for i := range c.glyphs {
		if g := &c.glyphs[i]; g.note && m.at(g) {
			return true
		}
	}
	for i := range l.page.stamped {
		if g := &l.page.stamped[i]; g.r == m.r && m.at(g) {
			return true
		}
	}
	for i := range l.page.lost {
		if m.at(&l.page.lost[i].glyph) {
			return true
		}
	}
	return false
}

// at reports whether the mark starts where the glyph does.
func (m mark) at(g *glyph) bool {
	return math.Abs(m.x-g.box.X0) < 1.5 && m.y < g.box.Y1+1.5 && m.y > g.box.Y0-1.5
}

// figure is the cell's text without the notes beside it.
func (c *cell) figure() string {
	return strings.Map(func(r rune) rune {
		if isNote(r) {
			return -1
		}
		return r
	}, c.text)
}

// cellOf returns the cell that the mark stands in, judged by a point a little
// right of and above its origin.
func (l *layout) cellOf(m mark) *cell {
	var best *cell
	for _, t := range l.tables {
		if c := t.place(m.x+1.5, m.y-2); c != nil && (best == nil || area(c.box) < area(best.box)) {
			best = c
		}
	}
	return best
}

// spell joins marks line by line, from left to right; marks at one place stay
// in the order of the file.
func spell(marks []mark) string {
	slices.SortStableFunc(marks, func(a, b mark) int {
		if d := a.y - b.y; d > 3 || d < -3 {
			return cmp.Compare(a.y, b.y)
		}
		return cmp.Compare(a.x, b.x)
	})
	var b strings.Builder
	for i, m := range marks {
		if i > 0 && m.width > 0 && marks[i-1].r == m.r && m.x-marks[i-1].x < 0.25*m.width && m.x != marks[i-1].x {
			continue // fake bold
		}
		b.WriteRune(m.r)
	}
	return b.String()
}

// bare drops the white space that gaps were turned into.
func bare(s string) string { return strings.ReplaceAll(s, " ", "") }
