package pdftable

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

const (
	sameEdge  = 4.0 // column edges of one table differ no more between pages
	sameFrame = 8.0 // nor its sides
)

// stitch joins tables that go on over a page break: the former is the last
// thing on its page, the latter the first on the next, and their columns agree.
func stitch(items []flowItem) []flowItem {
	var out []flowItem
	for _, it := range items {
		if n := len(out); n > 0 && it.table != nil && out[n-1].table != nil && out[n-1].table.goesOn(it.table) {
			continue
		}
		out = append(out, it)
	}
	return out
}

// goesOn appends next to t if it is its continuation.
func (t *table) goesOn(next *table) bool {
	if next.first != t.last+1 || (t.method == "stream") != (next.method == "stream") {
		return false
	}
	n, m := len(t.xs)-1, len(next.xs)-1
	if math.Abs(t.xs[0]-next.xs[0]) > sameFrame || math.Abs(t.xs[n]-next.xs[m]) > sameFrame {
		return false
	}
	xs, own, others, ok := commonEdges(t.xs, next.xs)
	if !ok {
		return false
	}
	t.regrid(xs, own)
	next.regrid(xs, others)
	if t.startsAnew(next) {
		t.dropColumns()
		next.dropColumns()
		return false
	}
	rows := next.rows[t.repeatedHeader(next):]
	if len(rows) > 0 && rowBlank(rows[0]) {
		rows = rows[1:]
	}
	rows = t.seam(rows)
	t.rows = append(t.rows, rows...)
	t.last, t.end = next.last, next.end
	t.ragged = t.ragged || next.ragged
	return true
}

// commonEdges returns column edges that hold those of both tables, and which
// of them each of the two has. Tables with as many columns each have the same
// ones, if none moved by half its width; else most of the edges must agree.
func commonEdges(a, b []float64) (xs []float64, fromA, fromB []int, ok bool) {
	if len(a) == len(b) && alike(a, b) {
		same := make([]int, len(a))
		for i := range same {
			same[i] = i
		}
		return a, same, same, true
	}
	matched := 0
	for _, x := range b {
		if i := nearest(a, x); math.Abs(a[i]-x) <= sameEdge {
			matched++
		} else if !atSide(a, x) {
			xs = append(xs, x)
		} else {
			matched++
		}
	}
	if float64(matched) < 0.7*float64(min(len(a), len(b))) {
		return nil, nil, nil, false
	}
	xs = append(xs, a...)
	slices.Sort(xs)
	fromA, fromB = indices(xs, a), indices(xs, b)
	return xs, fromA, fromB, rising(fromA) && rising(fromB)
}

// alike reports whether no edge of b is farther from its counterpart in a than
// two fifths of the narrowest column.
func alike(a, b []float64) bool {
	narrow := math.Inf(1)
	for i := 1; i < len(a); i++ {
		narrow = min(narrow, a[i]-a[i-1], b[i]-b[i-1])
	}
	for i := range a {
		if math.Abs(a[i]-b[i]) > max(sameEdge, 0.4*narrow) {
			return false
		}
	}
	return true
}

// atSide reports whether x is one of the outer edges of a, as far as sides may
// differ between pages.
func atSide(a []float64, x float64) bool {
	return math.Abs(x-a[0]) <= sameFrame || math.Abs(x-a[len(a)-1]) <= sameFrame
}

func nearest(xs []float64, x float64) int {
	best := 0
	for i := range xs {
		if math.Abs(xs[i]-x) < math.Abs(xs[best]-x) {
			best = i
		}
	}
	return best
}

func indices(xs, of []float64) []int {
	at := make([]int, len(of))
	for i, x := range of {
		at[i] = nearest(xs, x)
	}
	at[0], at[len(at)-1] = 0, len(xs)-1
	return at
}

// rising reports whether no two edges fell together, which would lose a column.
func rising(at []int) bool {
	for i := 1; i < len(at); i++ {
		if at[i] <= at[i-1] {
			return false
		}
	}
	return true
}

// regrid lays the rows over finer column edges; at says where the old ones are.
func (t *table) regrid(xs []float64, at []int) {
	for r, row := range t.rows {
		wide := make([]*cell, len(xs)-1)
		for c := range row {
			for i := at[c]; i < at[c+1]; i++ {
				wide[i] = row[c]
			}
		}
		t.rows[r] = wide
	}
	t.xs = xs
}

// repeatedHeader counts the rows at the top of next that repeat the top of t.
func (t *table) repeatedHeader(next *table) int {
	n := 0
	for n < min(len(t.rows), len(next.rows)) && rowText(t.rows[n]) == rowText(next.rows[n]) &&
		!hasFigures(next.rows[n]) && !rowBlank(next.rows[n]) {
		n++
	}
	return n
}

// rowText joins the texts of a row's cells, each once.
func rowText(row []*cell) string {
	var b strings.Builder
	for i, c := range row {
		if i == 0 || row[i-1] != c {
			b.WriteString(strings.ReplaceAll(c.text, " ", ""))
			b.WriteByte('|')
		}
	}
	return b.String()
}

func rowBlank(row []*cell) bool {
	return !slices.ContainsFunc(row, func(c *cell) bool { return c.text != "" })
}

func hasFigures(row []*cell) bool {
	return slices.ContainsFunc(row, func(c *cell) bool { return figure(c.text) })
}

var (
	figurePattern  = regexp.MustCompile(`^[-+－]?[\d０-９](?:[\d,，０-９]*[\d０-９])?(?:[.．][\d０-９]+)?%?(?:[⁰¹²³⁴-⁹₀-₉①-⑳]+|[\[［(（]\d{1,2}[\]］)）])?$|^[/／\-—–－]+$`)
	ordinalPattern = regexp.MustCompile(`^(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}\s*[、.．)）]|[①-⑳]|第[一二三四五六七八九十百\d]+[条项章节])`)
)

// figure holds for numbers and for the marks that stand for none.
func figure(s string) bool { return figurePattern.MatchString(strings.ReplaceAll(s, " ", "")) }

func ordinal(s string) bool { return ordinalPattern.MatchString(s) }
