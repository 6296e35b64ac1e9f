package pdftable

import (
	"slices"
	"strings"

	"gongkai"
	"gongkai/extract"
)

// A column is the measure of the body text: where its full lines begin and end.
type measure struct{ left, right float64 }

// measureOf finds the margins most lines keep to.
func measureOf(items []flowItem) measure {
	var left, right []float64
	for _, it := range items {
		if it.line != nil {
			left = append(left, it.line.box.X0)
			right = append(right, it.line.box.X1)
		}
	}
	if len(left) == 0 {
		return measure{}
	}
	slices.Sort(left)
	slices.Sort(right)
	return measure{left[len(left)/10], right[len(right)*9/10]}
}

// blocks turns the flow into paragraphs and tables.
func blocks(items []flowItem) []extract.Block {
	m := measureOf(items)
	var out []extract.Block
	var last *flowItem
	for i := range items {
		it := &items[i]
		if it.table != nil {
			out = append(out, it.table.block())
			last = nil
			continue
		}
		text := strings.TrimSpace(it.line.text())
		if last != nil && m.continues(last, it) {
			b := &out[len(out)-1]
			b.Text = joinText(b.Text, text)
			if b.Place.Page == it.page.number {
				b.Place.Box = union(b.Place.Box, it.page.shown.box(it.line.box))
			}
		} else {
			out = append(out, extract.Block{Text: text, Place: gongkai.Place{
				Page: it.page.number, Box: it.page.shown.box(it.line.box),
			}})
		}
		last = it
	}
	for i := range out {
		out[i].Place.Box = rounded(out[i].Place.Box)
	}
	return out
}

// continues reports whether line b goes on with the paragraph of line a: a is
// full, b is not indented, and their sizes and distance are those of one text.
func (m measure) continues(a, b *flowItem) bool {
	em := a.line.em
	ratio := em / b.line.em
	switch {
	case a.line.box.X1 < m.right-2.5*em:
		return false
	case b.line.box.X0 > m.left+1.2*em:
		return false
	case ratio > 1.4 || ratio < 0.7:
		return false
	case a.page == b.page && b.line.y-a.line.y > 3*em:
		return false
	}
	return true
}

func joinText(a, b string) string {
	ra, rb := []rune(a), []rune(b)
	if len(ra) > 0 && len(rb) > 0 && letter(ra[len(ra)-1]) && letter(rb[0]) {
		return a + " " + b
	}
	return a + b
}

// letter holds for the letters of words that spaces part. Figures broken over
// a line stay whole.
func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
