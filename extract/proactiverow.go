package extract

import (
	"slices"

	"gongkai"
)

// readProactiveRow reads the one to three figures of a row of table 二.
func (t *tableReading) readProactiveRow(m *tableMatcher, j int, p proactiveRow) {
	row := &m.table.Rows[j]
	want := m.table.CellColumns(row)
	order, header := p.columns(m, want)
	h := byHeader(p.printedRow, header)
	if h != nil && slices.Contains(h.items, nil) {
		h = nil
	}
	s, ambiguous := sequenceOf(p.printedRow, len(want))
	chosen, doubt := h, ambiguous
	switch {
	case h == nil && s == nil:
		if tail := p.tail(); len(tail) == 1 && tail[0].to-tail[0].from >= len(want) && t.spread(row.ID, want[0], &tail[0]) {
			for _, column := range want[1:] {
				t.spread(row.ID, column, &tail[0])
			}
			return
		}
		for _, column := range want {
			t.unreadable(row.ID, column, p.place(), rawItems(p.tail()))
		}
		t.issue(gongkai.IssueUnreadable, row.ID, "", p.place(), "the row does not have %d figures: %s", len(want), p.text())
		return
	case h == nil:
		chosen = s
	case s == nil:
		doubt = h.left || p.short()
	case !sameItems(h, s):
		chosen = s
		doubt = ambiguous || !sameFigures(h, s)
	default:
		doubt = false
	}
	if doubt {
		t.issue(gongkai.IssueReadings, row.ID, "", p.place(), "by header and by order the row reads differently: %s", p.text())
	}
	score := m.rows[j].score(p.printedRow)
	if score < 0.95 {
		t.issue(gongkai.IssueLabelVariant, row.ID, "", p.place(), "label reads %q", p.text())
	}
	for i, column := range order {
		c := t.put(row.ID, column, chosen.items[i])
		c.doubt = c.doubt || doubt
		c.weak = c.weak || score < poorScore
		t.readUnit(m, row.ID, column, c, p.headerText(m, column))
	}
}

// columns returns the order of the row's columns as its header prints them,
// and the header itself if it names every one of them.
func (p proactiveRow) columns(m *tableMatcher, want []string) ([]string, []headerColumn) {
	if p.header == nil {
		return want, nil
	}
	var header []headerColumn
	for i := range p.header.items {
		it := &p.header.items[i]
		l := it.label
		if it.blank() || l.text == "信息内容" {
			continue
		}
		at, score := m.column(l)
		if score < 0.75 || !slices.Contains(want, m.table.Columns[at].ID) {
			continue
		}
		header = append(header, headerColumn{id: m.table.Columns[at].ID, from: it.from, to: it.to, text: it.cell.Text})
	}
	if !complete(header, want) {
		return want, nil
	}
	return ids(header), header
}

func (p proactiveRow) headerText(m *tableMatcher, column string) string {
	if p.header == nil {
		return ""
	}
	for i := range p.header.items {
		if at, score := m.column(p.header.items[i].label); score >= 0.75 && m.table.Columns[at].ID == column {
			return p.header.items[i].cell.Text
		}
	}
	return ""
}

// sequenceOf lays n columns over a row in order; padding may stand outside.
func sequenceOf(p *printedRow, n int) (*rowReading, bool) {
	tail := p.tail()
	if len(tail) == n {
		return &rowReading{items: pointers(tail)}, false
	}
	starts := windows(tail, n)
	if len(starts) == 0 {
		return nil, false
	}
	// Padding is at the end far more often than in front.
	return &rowReading{items: pointers(tail[starts[0] : starts[0]+n])}, len(starts) > 1 && !allBlank(tail)
}

func sameFigures(a, b *rowReading) bool {
	for i := range a.items {
		x, y := a.items[i].figure, b.items[i].figure
		if x.State != y.State || x.Value != y.Value {
			return false
		}
	}
	return true
}
