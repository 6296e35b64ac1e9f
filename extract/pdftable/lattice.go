package pdftable

import (
	"slices"

	"gongkai"
)

const (
	sliver  = 4.0 // rows and columns narrower than this hold no text: double rules
	covered = 0.5 // an edge is there if this share of it is ruled
)

// A table is what stands between the rules of one frame on one page or, once
// stitched, on several.
type table struct {
	method string
	first  int         // page it begins on
	last   int         // page it ends on
	box    gongkai.Box // on the first page
	end    gongkai.Box // on the last page
	xs     []float64   // column edges
	rows   [][]*cell   // rows[r][c]; a merged cell stands at every place it covers
	ragged bool        // merged areas that are no rectangles
}

// A cell is one (merged) cell.
type cell struct {
	page      *page
	box       gongkai.Box // upright
	glyphs    []glyph
	text      string
	doubt     bool
	why       string // why nothing proves the text right; empty if something may
	source    string // as in extract.GridCell
	second    string
	confirmed bool
	slipped   bool // stands between two rows: whose it is, is not sure
}

// lattice builds the table of one frame, or nil if it has fewer than two cells.
func lattice(p *page, rules []rule) *table {
	xs, ys := edges(rules, true), edges(rules, false)
	if len(xs) < 2 || len(ys) < 2 || len(xs)*len(ys) <= 4 || len(xs) > maxColumns || len(ys) > maxRows {
		return nil
	}
	t := &table{method: "lattice", first: p.number, last: p.number, xs: xs}
	t.box = gongkai.Box{X0: xs[0], Y0: ys[0], X1: xs[len(xs)-1], Y1: ys[len(ys)-1]}
	t.end = t.box
	columns, height := len(xs)-1, len(ys)-1
	set := newDisjoint(columns * height)
	across, down := coverage(rules, false), coverage(rules, true)
	for r := range height {
		for c := range columns {
			if c+1 < columns && !down.covers(xs[c+1], ys[r], ys[r+1]) {
				set.join(r*columns+c, r*columns+c+1)
			}
			if r+1 < height && !across.covers(ys[r+1], xs[c], xs[c+1]) {
				set.join(r*columns+c, (r+1)*columns+c)
			}
		}
	}
	t.fill(p, set, ys)
	return t
}

// fill makes the cells from the merged areas of the base grid. An area that is
// no rectangle is taken apart again, all of it in doubt.
func (t *table) fill(p *page, set disjoint, ys []float64) {
	columns, height := len(t.xs)-1, len(ys)-1
	type area struct{ r0, r1, c0, c1, n int }
	areas := map[int]*area{}
	for i := range set {
		r, c, root := i/columns, i%columns, set.find(i)
		a := areas[root]
		if a == nil {
			a = &area{r, r, c, c, 0}
			areas[root] = a
		}
		a.r0, a.r1, a.c0, a.c1 = min(a.r0, r), max(a.r1, r), min(a.c0, c), max(a.c1, c)
		a.n++
	}
	cells := map[int]*cell{}
	t.rows = make([][]*cell, height)
	for r := range height {
		t.rows[r] = make([]*cell, columns)
		for c := range columns {
			root := set.find(r*columns + c)
			a := areas[root]
			whole := a.n == (a.r1-a.r0+1)*(a.c1-a.c0+1)
			if made := cells[root]; whole && made != nil {
				t.rows[r][c] = made
				continue
			}
			one := *a
			if !whole {
				one = area{r, r, c, c, 1}
				t.ragged = true
			}
			made := &cell{page: p, doubt: !whole, box: gongkai.Box{
				X0: t.xs[one.c0], Y0: ys[one.r0], X1: t.xs[one.c1+1], Y1: ys[one.r1+1],
			}}
			cells[root] = made
			t.rows[r][c] = made
		}
	}
}

// edges returns the distinct positions of the rules along one axis.
func edges(rules []rule, vertical bool) []float64 {
	var at []float64
	for _, r := range rules {
		if r.vertical == vertical {
			at = append(at, r.at)
		}
	}
	slices.Sort(at)
	var distinct []float64
	for _, x := range at {
		if n := len(distinct); n == 0 || x-distinct[n-1] > sliver {
			distinct = append(distinct, x)
		}
	}
	return distinct
}

// covering answers which stretches of a line are ruled.
type covering []rule

func coverage(rules []rule, vertical bool) covering {
	var c covering
	for _, r := range rules {
		if r.vertical == vertical {
			c = append(c, r)
		}
	}
	return c
}

func (c covering) covers(at, from, to float64) bool {
	sum := 0.0
	for _, r := range c {
		if r.at >= at-0.01 && r.at <= at+sliver {
			sum += max(0, min(r.to, to)-max(r.from, from))
		}
	}
	return sum >= covered*(to-from)
}

// place returns the cell at (x, y), nil if there is none.
func (t *table) place(x, y float64) *cell {
	if !within(t.box, x, y) {
		return nil
	}
	c, _ := slices.BinarySearch(t.xs, x)
	c = min(max(c-1, 0), len(t.xs)-2)
	for r := range t.rows {
		if b := t.rows[r][c].box; y >= b.Y0 && y <= b.Y1 {
			return t.rows[r][c]
		}
	}
	return nil
}
