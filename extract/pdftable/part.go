package pdftable

import "gongkai"

// parted takes frames apart that hold several tables, one right below the
// other: a row without figures that spans the table, or heads it anew, stands
// below figures, and the rows from there on have other columns.
func parted(tables []*table) []*table {
	var all []*table
	for _, t := range tables {
		for r := t.restart(); r > 0; r = t.restart() {
			var above *table
			above, t = t.cut(r)
			all = append(all, above)
		}
		all = append(all, t)
	}
	return all
}

// newEdges is the share of new column edges below a row that makes it the
// beginning of another table.
const newEdges = 0.4

// restart returns the row at which another table begins, 0 if there is none.
func (t *table) restart() int {
	for r := 1; r < len(t.rows)-1; r++ {
		if !hasFigures(t.rows[r-1]) || hasFigures(t.rows[r]) || rowBlank(t.rows[r]) || t.spansRow(r) {
			continue
		}
		if otherEdges(edgesUsed(t.rows[:r]), edgesUsed(t.rows[r:])) {
			return r
		}
	}
	return 0
}

// startsAnew reports whether next, laid over the same columns, is another
// table than t by the rule of restart.
func (t *table) startsAnew(next *table) bool {
	return hasFigures(t.rows[len(t.rows)-1]) && !hasFigures(next.rows[0]) && !rowBlank(next.rows[0]) &&
		otherEdges(edgesUsed(t.rows), edgesUsed(next.rows))
}

func otherEdges(above, below map[int]bool) bool {
	fresh := 0
	for e := range below {
		if !above[e] {
			fresh++
		}
	}
	return len(below) > 0 && float64(fresh) >= newEdges*float64(len(below))
}

// spansRow reports whether a cell with words stands on both sides of the top
// of row r.
func (t *table) spansRow(r int) bool {
	for c := range t.xs[1:] {
		if t.rows[r-1][c] == t.rows[r][c] && t.rows[r][c].text != "" {
			return true
		}
	}
	return false
}

// edgesUsed returns the inner column edges that part cells with text in the rows.
func edgesUsed(rows [][]*cell) map[int]bool {
	used := map[int]bool{}
	for _, row := range rows {
		for c := 1; c < len(row); c++ {
			if row[c] != row[c-1] && (row[c].text != "" || c+1 < len(row) && row[c-1].text != "") {
				used[c] = true
			}
		}
	}
	return used
}

// cut parts the table above row r. Columns that one part does not use go; a
// cell that spans the cut, which is blank, stays with both.
func (t *table) cut(r int) (above, below *table) {
	y := t.rows[r][0].box.Y0
	top, bottom := *t, *t
	top.rows, bottom.rows = t.rows[:r], t.rows[r:]
	top.box.Y1, bottom.box.Y0 = y, y
	top.end, bottom.end = top.box, bottom.box
	copied := map[*cell]*cell{}
	for _, row := range bottom.rows {
		for c, one := range row {
			if one.box.Y0 >= y-1 {
				continue
			}
			if copied[one] == nil {
				part := *one
				part.box = gongkai.Box{X0: one.box.X0, Y0: y, X1: one.box.X1, Y1: one.box.Y1}
				copied[one] = &part
			}
			row[c] = copied[one]
		}
	}
	top.dropColumns()
	bottom.dropColumns()
	return &top, &bottom
}

// dropColumns joins columns that no row of the table tells apart.
func (t *table) dropColumns() {
	xs := t.xs[:1:1]
	kept := []int{}
	for c := range t.xs[1:] {
		apart := c == 0
		for _, row := range t.rows {
			apart = apart || row[c] != row[c-1]
		}
		if apart {
			kept = append(kept, c)
			if c > 0 {
				xs = append(xs, t.xs[c])
			}
		}
	}
	t.xs = append(xs, t.xs[len(t.xs)-1])
	for r, row := range t.rows {
		narrow := make([]*cell, len(kept))
		for i, c := range kept {
			narrow[i] = row[c]
		}
		t.rows[r] = narrow
	}
}
