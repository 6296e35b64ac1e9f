package extract

import (
	"slices"
	"strings"

	"gongkai"
)

// applicantHeader finds the applicant columns in the rows above the first
// figures. It returns nil unless all of the form, or all but the total, are
// there once each.
func applicantHeader(m *tableMatcher, g *Grid, until int) []headerColumn {
	texts := headerTexts(g, applicantTop(g, until), until)
	var columns []headerColumn
	for c, cells := range texts {
		text := joinTexts(cells, applicantGroup)
		l := readLabel(text)
		if l.text == "" {
			continue
		}
		if at, score := m.column(l); score >= 0.8 {
			columns = append(columns, headerColumn{id: m.table.Columns[at].ID, from: c, to: c + 1, text: text})
		}
	}
	columns = mergeEqual(columns, texts)
	if complete(columns, m.order) || complete(columns, m.parts) && onlyThese(g, until, columns, texts) {
		return columns
	}
	return nil
}

// onlyThese reports whether the first row of figures prints nothing to the
// right of columns, so that 总计 is not only without a name.
func onlyThese(g *Grid, first int, columns []headerColumn, texts [][]*GridCell) bool {
	last := 0
	for _, c := range columns {
		last = max(last, c.to)
	}
	row := g.Rows[first]
	for c := last; c < len(row); c++ {
		if row[c].Place.Row > 0 && !slices.ContainsFunc(texts[c], func(c *GridCell) bool { return isForeign(c.Text, 0) }) {
			return false
		}
	}
	return true
}

// applicantTop returns the first row of the header that ends at row until:
// below any figures, and where other tables stand in the same grid, from the
// row that names the applicants.
func applicantTop(g *Grid, until int) int {
	top := until
	for top > 0 && !hasNumber(g.Rows[top-1]) {
		top--
	}
	for r := top; r < until; r++ {
		for c := range g.Rows[r] {
			if l := readLabel(g.Rows[r][c].Text).text; l == "申请人情况" || l == "自然人" {
				return r
			}
		}
	}
	return top
}

// disordered reports whether the header above p, whose columns cannot be found
// because text without rules has none, names the applicants in another order
// than the form.
func disordered(m *tableMatcher, p *printedRow) bool {
	if p.grid.Method != "text" {
		return false
	}
	for _, row := range p.grid.Rows[applicantTop(p.grid, p.row):p.row] {
		last := -1
		for i := range row {
			l := readLabel(row[i].Text)
			if at, score := m.column(l); l.text != "" && score >= 0.8 {
				if at < last {
					return true
				}
				last = at
			}
		}
	}
	return false
}

func hasNumber(cells []GridCell) bool {
	for i := range cells {
		if _, ok := smallCount(cells[i].Text); ok {
			return true
		}
	}
	return false
}

// applicantGroup holds for header cells that span the applicant columns.
func applicantGroup(text string) bool {
	return text == "申请人情况" || text == "法人或其他组织" || text == "申请人" || text == "法人或者其他组织" ||
		strings.Contains(text, "勾稽关系")
}

// A rowReading is one way to lay the columns over a printed row: for each
// column the item, or nil where one item covers several columns.
type rowReading struct {
	items  []*item
	merged []*item // by column: the item that covers this column and others
	shared []bool  // by column: the item covers other columns too; nil if none does
	left   bool    // figures of the row are not covered by any column
}

// byHeader reads a row by the grid columns of the header.
func byHeader(p *printedRow, header []headerColumn) *rowReading {
	if header == nil {
		return nil
	}
	reading := &rowReading{items: make([]*item, len(header)), merged: make([]*item, len(header))}
	used := map[*item]int{}
	for i, h := range header {
		for k := range p.items {
			it := &p.items[k]
			if it.from < h.to && h.from < it.to {
				if reading.items[i] != nil && !it.blank() && reading.items[i].blank() {
					reading.items[i] = it // a printed column over two grid columns, one of them empty
				} else if reading.items[i] == nil {
					reading.items[i] = it
				}
			}
		}
		if reading.items[i] == nil {
			return nil
		}
		used[reading.items[i]]++
	}
	reading.shared = make([]bool, len(header))
	for i, it := range reading.items {
		reading.shared[i] = used[it] > 1
		if reading.shared[i] && !it.blank() {
			reading.merged[i], reading.items[i] = it, nil
		}
	}
	for k := p.values; k < len(p.items); k++ {
		if it := &p.items[k]; used[it] == 0 && !it.blank() {
			reading.left = true
		}
	}
	for i := range p.items[:p.values] {
		if used[&p.items[i]] > 0 && !p.items[i].blank() {
			return nil // a label under a figure's column: the row does not follow the header
		}
	}
	return reading
}

// bySequence reads a row by the order of its printed cells: n figures behind
// the labels, padding only outside. ambiguous says that several ways exist.
func bySequence(p *printedRow, n int, holds func([]*item) bool) (reading *rowReading, ambiguous bool) {
	tail := p.tail()
	starts := windows(tail, n)
	if len(tail) == n {
		starts = []int{0}
	}
	if len(starts) > 1 && !allBlank(tail) {
		var kept []int
		for _, s := range starts {
			if holds(pointers(tail[s : s+n])) {
				kept = append(kept, s)
			}
		}
		ambiguous = true
		if len(kept) == 0 {
			return nil, true
		}
		starts = kept
	}
	if len(starts) == 0 {
		return nil, false
	}
	items := pointers(tail[starts[0] : starts[0]+n])
	return &rowReading{items: items, merged: make([]*item, n)}, ambiguous && len(starts) > 1
}

func allBlank(items []item) bool {
	for i := range items {
		if !items[i].blank() {
			return false
		}
	}
	return true
}

func pointers(items []item) []*item {
	list := make([]*item, len(items))
	for i := range items {
		list[i] = &items[i]
	}
	return list
}

// totals reports whether the last figure is the sum of those before, a blank
// counting as nothing. Rows of nothing but zeros and blanks prove nothing.
func totals(items []*item) bool {
	var sum gongkai.Decimal
	seen := false
	for _, it := range items[:len(items)-1] {
		if it == nil {
			return false
		}
		if it.figure.State == gongkai.Number {
			sum += it.figure.Value
			seen = seen || it.figure.Value != 0
		} else if it.figure.State == gongkai.Text || it.figure.State == gongkai.Unreadable {
			return false
		}
	}
	last := items[len(items)-1]
	return seen && last != nil && last.figure.State == gongkai.Number && last.figure.Value == sum
}

// sharedAt reports whether the item of column i covers other columns too.
func (r *rowReading) sharedAt(i int) bool { return r.shared != nil && r.shared[i] }

// reorder lays the items of a sequence, printed in the order of header, out in
// the order of want.
func reorder(items []*item, header, want []string) []*item {
	out := make([]*item, len(items))
	for i, id := range header {
		for j, w := range want {
			if id == w {
				out[j] = items[i]
			}
		}
	}
	return out
}
