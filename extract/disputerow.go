package extract

import (
	"slices"

	"gongkai"
)

// A disputeAddress is one figure of table 四.
type disputeAddress struct{ row, column string }

// readDisputeRow reads a row of all figures, of those of one procedure, named
// by its label, its header or the heading above, or of ten for the two kinds
// of suits.
func (t *tableReading) readDisputeRow(m *tableMatcher, p *printedRow, header []disputeColumn) {
	if row := p.disputeLabel(m); row != "" && len(header) <= len(m.order) {
		t.readOne(m, row, p, header)
		return
	}
	t.readDisputeFigures(m, p, header, disputeOrder(m, p, header))
}

// disputeOrder says which figures a row holds, left to right: as its header
// names them, else as the heading above suggests, else all 15 of the form.
func disputeOrder(m *tableMatcher, p *printedRow, header []disputeColumn) []disputeAddress {
	var order []disputeAddress
	if namesRows(m, header) {
		for _, h := range header {
			order = append(order, disputeAddress{h.row, h.id})
		}
		return order
	}
	var rows, suits []string
	for j := range m.rows {
		rows = append(rows, m.rows[j].id)
		if len(m.table.Rows[j].Group) > 0 {
			suits = append(suits, m.rows[j].id)
		}
	}
	switch row := disputeRow(m, p.heading); {
	case len(header) == len(m.order) && row != "":
		rows = []string{row}
	case len(header) == len(m.order):
		return nil
	case len(header) == len(m.order)*len(suits):
		rows = suits
	}
	for _, row := range rows {
		for _, column := range m.order {
			order = append(order, disputeAddress{row, column})
		}
	}
	return order
}

// namesRows reports whether the header names procedure and result of every
// column, each once, and all results of each procedure.
func namesRows(m *tableMatcher, header []disputeColumn) bool {
	seen := map[disputeAddress]bool{}
	for _, h := range header {
		if h.row == "" {
			return false
		}
		seen[disputeAddress{h.row, h.id}] = true
	}
	return len(header) > 0 && len(header)%len(m.order) == 0 && len(seen) == len(header)
}

// disputeLabel returns the procedure that the row's own labels name.
func (p *printedRow) disputeLabel(m *tableMatcher) string {
	for i := len(p.labels) - 1; i >= 0; i-- {
		if row := disputeRow(m, p.labels[i].text); row != "" {
			return row
		}
	}
	return ""
}

func (t *tableReading) readOne(m *tableMatcher, row string, p *printedRow, header []disputeColumn) {
	plain := plainColumns(header)
	order := m.order
	var h *rowReading
	if complete(plain, m.order) {
		order = ids(plain)
		h = byHeader(p, plain)
	}
	holds := func(items []*item) bool { return totals(reorder(items, order, m.sum)) }
	s, ambiguous := bySequence(p, len(order), holds)
	chosen, doubt := t.choose(row, p, h, s, holds)
	if chosen == nil {
		for _, column := range m.order {
			t.unreadable(row, column, p.place(), rawItems(p.tail()))
		}
		t.issue(gongkai.IssueUnreadable, row, "", p.place(), "the row does not have %d figures: %s", len(m.order), p.text())
		return
	}
	for i, column := range order {
		t.putDispute(row, column, chosen, i, doubt || ambiguous && chosen == s)
	}
}

// readDisputeFigures reads a row whose figures are those of order.
func (t *tableReading) readDisputeFigures(m *tableMatcher, p *printedRow, header []disputeColumn, order []disputeAddress) {
	if order == nil {
		t.disputeIssue(p, "nothing says which procedure the row counts")
		return
	}
	var h *rowReading
	if namesRows(m, header) {
		h = byHeader(p, plainColumns(header))
	}
	holds := func(items []*item) bool {
		for i := 0; i < len(order); i += len(m.order) {
			of := make([]*item, len(m.sum))
			for k, a := range order {
				if at := slices.Index(m.sum, a.column); a.row == order[i].row && at >= 0 {
					of[at] = items[k]
				}
			}
			if !totals(of) && !allZero(of) {
				return false
			}
		}
		return true
	}
	s, ambiguous := bySequence(p, len(order), holds)
	if h == nil && s != nil && !measuresInOrder(m, header) {
		s = nil
	}
	chosen, doubt := t.choose("", p, h, s, holds)
	if chosen == nil {
		for _, a := range order {
			t.unreadable(a.row, a.column, p.place(), rawItems(p.tail()))
		}
		t.issue(gongkai.IssueUnreadable, "", "", p.place(), "the row's %d figures cannot be told apart: %s", len(order), p.text())
		return
	}
	short := chosen == h && p.short() && (s == nil || !sameItems(h, s))
	for i, a := range order {
		t.putDispute(a.row, a.column, chosen, i, doubt || short || ambiguous && chosen == s)
	}
}

func plainColumns(header []disputeColumn) []headerColumn {
	plain := make([]headerColumn, len(header))
	for i, h := range header {
		plain[i] = h.headerColumn
	}
	return plain
}

// measuresInOrder holds if the header, as far as it can be read, is not in
// another order than the form's.
func measuresInOrder(m *tableMatcher, header []disputeColumn) bool {
	if len(header)%len(m.order) != 0 {
		return true
	}
	for i, h := range header {
		if h.id != m.order[i%len(m.order)] {
			return false
		}
	}
	return true
}

func allZero(items []*item) bool {
	for _, it := range items {
		if it == nil || it.figure.State == gongkai.Number && it.figure.Value != 0 || it.figure.State == gongkai.Text || it.figure.State == gongkai.Unreadable {
			return false
		}
	}
	return true
}

func (t *tableReading) putDispute(row, column string, reading *rowReading, i int, doubt bool) {
	if reading.items[i] == nil {
		it := reading.merged[i]
		if t.spread(row, column, it) {
			return
		}
		t.unreadable(row, column, it.cell.Place, it.cell.Text)
		t.issue(gongkai.IssueUnreadable, row, column, it.cell.Place, "%q is merged over several columns", it.cell.Text)
		return
	}
	c := t.put(row, column, reading.items[i])
	c.doubt = c.doubt || doubt
	c.weak = c.weak || reading.sharedAt(i)
}
