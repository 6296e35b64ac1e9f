package pdftable

import "cmp"

// seam joins the last row above a page break with the rows below it: a row cut
// by the break becomes one, and so does a label that spans rows on both sides.
// It returns the rows below that remain.
func (t *table) seam(below [][]*cell) [][]*cell {
	if len(below) == 0 || len(t.rows) == 0 {
		return below
	}
	above := t.rows[len(t.rows)-1]
	if sameRow(above, below[0]) {
		joinRows(above, below[0])
		below = below[1:]
		if len(below) == 0 {
			return below
		}
	}
	t.joinGroups(above, below)
	return below
}

// labelEnd returns the column where the row's labels end and its figures or
// blanks begin: behind the last cell with words.
func labelEnd(row []*cell) int {
	for c := len(row) - 1; c >= 0; c-- {
		if row[c].text != "" && !figure(row[c].text) {
			return c + 1
		}
	}
	return 0
}

// sameRow reports whether the row below is the rest of the row above: its
// cells stand below the same cells, only one of the two has figures, and the
// label below begins in the middle of a sentence that the label above, broken
// off at the edge of its cell, leaves open.
func sameRow(above, below []*cell) bool {
	end := labelEnd(below)
	if end == 0 || end == len(below) || labelEnd(above) != end {
		return false
	}
	for c := 1; c < len(above); c++ {
		if (above[c-1] == above[c]) != (below[c-1] == below[c]) {
			return false
		}
	}
	if hasFigures(above[end:]) && !rowBlank(below[end:]) || hasFigures(below[end:]) && !rowBlank(above[end:]) {
		return false
	}
	if rowBlank(above[end:]) && rowBlank(below[end:]) {
		return false
	}
	label := below[end-1]
	return !ordinal(label.text) && above[end-1].full()
}

// full reports whether the cell's last line runs up to its right edge.
func (c *cell) full() bool {
	all := lines(c.glyphs)
	if len(all) == 0 {
		return false
	}
	l := all[len(all)-1]
	return c.box.X1-l.box.X1 < 1.7*l.em
}

func joinRows(above, below []*cell) {
	for c := range above {
		if c > 0 && above[c] == above[c-1] {
			continue
		}
		a, b := above[c], below[c]
		if b.text == "" || a == b {
			continue
		}
		if a.text == "" {
			a.page, a.box, a.second, a.confirmed = b.page, b.box, b.second, b.confirmed
		}
		a.text = joinText(a.text, b.text)
		a.glyphs = append(a.glyphs, b.glyphs...)
		a.doubt = a.doubt || b.doubt
		a.why, a.source = cmp.Or(a.why, b.why), cmp.Or(a.source, b.source)
	}
}

// joinGroups gives the group labels at the top of the rows below their part
// above the break: an empty one is the one above, one that begins without an
// ordinal goes on with it.
func (t *table) joinGroups(above []*cell, below [][]*cell) {
	figures := len(above)
	for _, row := range below {
		for c, one := range row {
			if figure(one.text) {
				figures = min(figures, c)
				break
			}
		}
	}
	for c := range figures {
		a, b := above[c], below[0][c]
		if a == b || c > 0 && b == below[0][c-1] || !ordinal(a.text) && a.text != b.text {
			continue
		}
		innermost := c+1 >= figures || below[0][figures-1] == b
		if !sameSpan(above, below[0], c) || b.text != "" && (ordinal(b.text) && a.text != b.text || innermost) {
			continue
		}
		if a.text != b.text {
			a.text, a.second = joinText(a.text, b.text), joinText(a.second, b.second)
		}
		a.doubt = a.doubt || b.doubt
		for _, row := range below {
			for i := range row {
				if row[i] == b {
					row[i] = a
				}
			}
		}
	}
}

// sameSpan reports whether the cells at column c of both rows span the same columns.
func sameSpan(above, below []*cell, c int) bool {
	for i := range above {
		if (above[i] == above[c]) != (below[i] == below[c]) {
			return false
		}
	}
	return true
}
