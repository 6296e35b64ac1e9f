package extract

import (
	"slices"

	"gongkai"
)

// readRequestRow reads the seven figures of one row in two ways, by the header
// above and by the order of the cells, and keeps the one that proves right.
func (t *tableReading) readRequestRow(m *tableMatcher, j int, p *printedRow, header []headerColumn) {
	id := m.rows[j].id
	order := m.order
	if header != nil {
		order = ids(header)
	}
	positional := func(items []*item) bool { return totals(reorder(items, order, m.sum)) }
	h := byHeader(p, header)
	s, ambiguous := bySequence(p, len(order), positional)
	chosen, doubt := t.choose(id, p, h, s, positional)
	if chosen == nil {
		t.unreadableRow(m, id, p)
		return
	}
	if ambiguous && chosen == s {
		doubt = true
		t.issue(gongkai.IssueLayout, id, "", p.place(), "more than one way to lay the columns over the row: %s", p.text())
	}
	if t.strangeOrder(m, id, p, order, chosen, h) {
		doubt = true
	}
	score := m.rows[j].score(p)
	if score < 0.95 {
		t.issue(gongkai.IssueLabelVariant, id, "", p.place(), "label reads %q", p.text())
	}
	short := chosen == h && h != s && p.short() && (s == nil || !sameItems(h, s))
	for i, column := range order {
		if chosen.items[i] == nil && t.spread(id, column, chosen.merged[i]) {
			continue
		}
		if chosen.items[i] == nil {
			t.unreadable(id, column, chosen.merged[i].cell.Place, chosen.merged[i].cell.Text)
			t.issue(gongkai.IssueUnreadable, id, column, chosen.merged[i].cell.Place, "%q is merged over several columns", chosen.merged[i].cell.Text)
			continue
		}
		c := t.put(id, column, chosen.items[i])
		c.doubt = c.doubt || doubt || short
		c.weak = c.weak || score < poorScore || chosen.sharedAt(i)
	}
	if short {
		t.issue(gongkai.IssueShifted, id, "", p.place(), "the row has fewer cells than the table: %s", p.text())
	}
}

// strangeOrder reports whether the row was read in an order of columns that is
// not the form's, without proof that the header means it: the figures do not
// stand under the header, or the sums deny its order.
func (t *tableReading) strangeOrder(m *tableMatcher, id string, p *printedRow, order []string, chosen, h *rowReading) bool {
	if slices.Equal(order, m.order) || slices.Equal(order, m.parts) {
		return false
	}
	inOrder := reorder(chosen.items, order, m.sum)
	if h != nil && sameItems(h, chosen) && (totals(inOrder) || !totals(chosen.items)) {
		return false
	}
	t.issue(gongkai.IssueReadings, id, "", p.place(), "the header's order of columns does not fit the figures: %s", p.text())
	return true
}

// choose decides between two readings of a row. doubt is set where neither
// proves right.
func (t *tableReading) choose(id string, p *printedRow, h, s *rowReading, holds func([]*item) bool) (chosen *rowReading, doubt bool) {
	switch {
	case h == nil && s == nil:
		return nil, true
	case h == nil:
		return s, false
	case s == nil:
		if h.left {
			t.issue(gongkai.IssueLayout, id, "", p.place(), "figures outside the columns of the header: %s", p.text())
		}
		return h, h.left
	case sameItems(h, s):
		return h, false
	}
	byH, byS := holds(h.items), holds(s.items)
	switch {
	case byS && !byH, h.left && !byH:
		t.issue(gongkai.IssueShifted, id, "", p.place(), "the row does not stand under its header and was read in order: %s", p.text())
		return s, false
	case byH && !byS:
		return h, h.left
	}
	t.issue(gongkai.IssueReadings, id, "", p.place(), "by header and by order the row reads differently: %s", p.text())
	return h, true
}

func sameItems(a, b *rowReading) bool { return slices.Equal(a.items, b.items) }

func (t *tableReading) unreadableRow(m *tableMatcher, id string, p *printedRow) {
	for _, column := range m.order {
		t.unreadable(id, column, p.place(), rawItems(p.tail()))
	}
	t.issue(gongkai.IssueUnreadable, id, "", p.place(), "the row's figures cannot be told apart: %s", p.text())
}
