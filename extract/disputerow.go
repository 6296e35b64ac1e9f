package extract

import "gongkai"

var (
	disputeColumns = []string{"upheld", "corrected", "other", "pending", "total"}
	disputeRows    = []string{"reconsideration", "suit_direct", "suit_after_reconsideration"}
)

// readDisputeRow reads a row of 15 figures, or of five whose procedure is
// named by its label or by the heading above. It reports whether more rows may
// follow.
func (t *tableReading) readDisputeRow(p *printedRow, header []disputeColumn) bool {
	if row := p.disputeLabel(); row != "" && len(header) <= 5 || len(header) == 5 {
		if row == "" {
			row = headerRow(header)
		}
		if row == "" {
			row = disputeRow(p.heading)
		}
		if row == "" {
			t.disputeIssue(p, "nothing says which procedure the row counts")
			return true
		}
		t.readFive(row, p, header)
		return true
	}
	t.readFifteen(p, header)
	return false
}

// disputeLabel returns the procedure that the row's own labels name.
func (p *printedRow) disputeLabel() string {
	for i := len(p.labels) - 1; i >= 0; i-- {
		if row := disputeRow(p.labels[i].text); row != "" {
			return row
		}
	}
	return ""
}

// headerRow returns the procedure if all columns of the header name the same.
func headerRow(header []disputeColumn) string {
	for _, h := range header {
		if h.row != header[0].row {
			return ""
		}
	}
	if len(header) == 0 {
		return ""
	}
	return header[0].row
}

func (t *tableReading) readFive(row string, p *printedRow, header []disputeColumn) {
	plain := make([]headerColumn, len(header))
	for i, h := range header {
		plain[i] = h.headerColumn
	}
	order := disputeColumns
	var h *rowReading
	if complete(plain, disputeColumns) {
		order = ids(plain)
		h = byHeader(p, plain)
	}
	holds := func(items []*item) bool { return totals(reorder(items, order, disputeColumns)) }
	s, ambiguous := bySequence(p, len(order), holds)
	chosen, doubt := t.choose(row, p, h, s, holds)
	if chosen == nil {
		for _, column := range disputeColumns {
			t.unreadable(row, column, p.place(), rawItems(p.tail()))
		}
		t.issue(gongkai.IssueUnreadable, row, "", p.place(), "the row does not have five figures: %s", p.text())
		return
	}
	for i, column := range order {
		t.putDispute(row, column, chosen, i, doubt || ambiguous && chosen == s)
	}
}

func (t *tableReading) readFifteen(p *printedRow, header []disputeColumn) {
	type address struct{ row, column string }
	var order []address
	var h *rowReading
	if completeDisputes(header) {
		plain := make([]headerColumn, len(header))
		for i, c := range header {
			plain[i] = c.headerColumn
			order = append(order, address{c.row, c.id})
		}
		h = byHeader(p, plain)
	} else {
		for _, row := range disputeRows {
			for _, column := range disputeColumns {
				order = append(order, address{row, column})
			}
		}
	}
	holds := func(items []*item) bool {
		for _, row := range disputeRows {
			five := make([]*item, 5)
			for i, a := range order {
				for k, column := range disputeColumns {
					if a.row == row && a.column == column {
						five[k] = items[i]
					}
				}
			}
			if !totals(five) && !allZero(five) {
				return false
			}
		}
		return true
	}
	s, ambiguous := bySequence(p, 15, holds)
	if h == nil && s != nil && !measuresInOrder(header) {
		s = nil
	}
	chosen, doubt := t.choose("", p, h, s, holds)
	if chosen == nil {
		for _, a := range order {
			t.unreadable(a.row, a.column, p.place(), rawItems(p.tail()))
		}
		t.issue(gongkai.IssueUnreadable, "", "", p.place(), "the row's 15 figures cannot be told apart: %s", p.text())
		return
	}
	short := chosen == h && p.short() && (s == nil || !sameItems(h, s))
	for i, a := range order {
		t.putDispute(a.row, a.column, chosen, i, doubt || short || ambiguous && chosen == s)
	}
}

// measuresInOrder holds if the header, as far as it can be read, is not in
// another order than the form's.
func measuresInOrder(header []disputeColumn) bool {
	if len(header) != 15 {
		return true
	}
	for i, h := range header {
		if h.id != disputeColumns[i%5] {
			return false
		}
	}
	return true
}

func allZero(items []*item) bool {
	for _, it := range items {
		if it == nil || it.figure.State == gongkai.Number && it.figure.Value != 0 || it.figure.State == gongkai.Text {
			return false
		}
	}
	return true
}

func (t *tableReading) putDispute(row, column string, reading *rowReading, i int, doubt bool) {
	if reading.items[i] == nil {
		it := reading.merged[i]
		t.unreadable(row, column, it.cell.Place, it.cell.Text)
		t.issue(gongkai.IssueUnreadable, row, column, it.cell.Place, "%q is merged over several columns", it.cell.Text)
		return
	}
	c := t.put(row, column, reading.items[i])
	c.doubt = c.doubt || doubt
}
