package warehouse

import "gongkai"

// The meaning of a report's cells is their lenient reading: what is blank or
// marked counts as nothing, as agencies mean it. A total left blank beside filled
// parts is not nothing; and in a table in which nothing at all is printed, as in
// a blank form, a blank says nothing.
type meaning struct {
	totals map[[3]string]blankTotal
	empty  map[string]bool // tables in which nothing is printed
}

func (w *DB) meaning(r *gongkai.Report) *meaning {
	m := &meaning{totals: w.blankTotals(r), empty: map[string]bool{}}
	for i := range r.Cells {
		c := &r.Cells[i]
		if _, met := m.empty[c.Table]; !met {
			m.empty[c.Table] = true
		}
		if c.State != gongkai.Blank && c.State != gongkai.Missing {
			m.empty[c.Table] = false
		}
	}
	return m
}

// blankTotal returns what is known of a cell that is a total left blank, and
// whether it is one.
func (m *meaning) blankTotal(c *gongkai.Cell) (blankTotal, bool) {
	b, blank := m.totals[[3]string{c.Table, c.Row, c.Column}]
	return b, blank
}

// figure returns the figure that a cell stands for, and whether it is known.
func (m *meaning) figure(c *gongkai.Cell) (gongkai.Decimal, bool) {
	if c.State == gongkai.Number {
		return c.Value, true
	}
	_, blank := m.blankTotal(c)
	return 0, blankState(c.State) && !blank && !m.empty[c.Table]
}

// A blankTotal says that a total was left blank although its parts are filled.
// Such a total is not zero. Parts is the sum of the parts; sum is false if a
// part is not known.
type blankTotal struct {
	parts gongkai.Decimal
	sum   bool
}

// blankTotals finds the totals of r that were left blank. Of a cell that is a
// total twice (（七）总计 in the column 总计) the row counts first.
func (w *DB) blankTotals(r *gongkai.Report) map[[3]string]blankTotal {
	cells := make(map[[3]string]*gongkai.Cell, len(r.Cells))
	for i := range r.Cells {
		cells[[3]string{r.Cells[i].Table, r.Cells[i].Row, r.Cells[i].Column}] = &r.Cells[i]
	}
	found := map[[3]string]blankTotal{}
	for _, t := range r.Tables {
		form := w.forms[t.Form]
		if form == nil || !t.Found {
			continue
		}
		for i := range form.Tables {
			if form.Tables[i].ID == t.ID {
				blankTotalsOf(&form.Tables[i], cells, found)
			}
		}
	}
	return found
}

func blankTotalsOf(t *gongkai.FormTable, cells map[[3]string]*gongkai.Cell, found map[[3]string]blankTotal) {
	for _, axis := range []string{"row", "column"} {
		for _, id := range t.Identities {
			if id.Axis != axis || len(id.Right) != 1 {
				continue
			}
			for _, e := range equations(t, id) {
				key := [3]string{t.ID, e.right[0].row, e.right[0].column}
				total := cells[key]
				if total == nil || !blankState(total.State) {
					continue
				}
				if _, known := found[key]; known {
					continue
				}
				if b, filled := sumParts(t.ID, e.left, cells, found); filled {
					found[key] = b
				}
			}
		}
	}
}

// sumParts adds the parts up, of which some may be blank totals themselves.
// Filled is false if all of them are blank or zero.
func sumParts(table string, parts []place, cells map[[3]string]*gongkai.Cell, blanks map[[3]string]blankTotal) (b blankTotal, filled bool) {
	b.sum = true
	for _, p := range parts {
		key := [3]string{table, p.row, p.column}
		c := cells[key]
		part, blank := blanks[key]
		switch {
		case blank:
			b.parts += part.parts
			b.sum, filled = b.sum && part.sum, true
		case c == nil || c.State == gongkai.Missing:
			b.sum = false
		case c.State == gongkai.Number:
			b.parts += c.Value
			filled = filled || c.Value != 0
		case !blankState(c.State):
			b.sum, filled = false, true
		}
	}
	return b, filled
}

// blankState reports whether nothing, or a mark for nothing, is printed.
func blankState(s gongkai.State) bool {
	return s == gongkai.Blank || s == gongkai.Slash || s == gongkai.Dash || s == gongkai.NAText
}
