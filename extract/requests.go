package extract

import (
	"gongkai"
)

const (
	anchorScore = 0.8 // a label this alike proves that a table is meant
	pairScore   = 0.5 // a label this alike is accepted in its place in the order
	poorScore   = 0.7 // below this the sums must confirm the row

	// requestsLeast is the number of rows with seven figures that prove a table 三.
	requestsLeast = 2
	// bareLeast is the number of rows of text that prove one although figures are
	// lacking: blank cells leave no trace in text.
	bareLeast = 6
)

// readRequests finds and reads table 三 of the document. It returns nil if
// fewer than requestsLeast of its rows are there.
func readRequests(rows []printedRow, hint formHint) *tableReading {
	return readPrinted(requestInstances(rows), hint, assignRequests)
}

// requestInstances cuts the rows that may belong to table 三 into one list per
// printed table: each begins with the first row of a form.
func requestInstances(rows []printedRow) [][]*printedRow {
	var instances [][]*printedRow
	var current []*printedRow
	anchors, bare, lastAnchor := 0, 0, 0
	begun := false
	flush := func() {
		if anchors >= requestsLeast || bare >= bareLeast {
			instances = append(instances, current[:lastAnchor])
		}
		current, anchors, bare, lastAnchor, begun = nil, 0, 0, 0, false
	}
	for i := range rows {
		p := &rows[i]
		at, score := anyRow("requests", p)
		strong := score >= anchorScore && p.label().runes > 2
		first := strong && at == 0
		if first && begun && anchors > requestsLeast && len(p.tail()) > 0 {
			flush()
		}
		if current == nil && !strong {
			continue
		}
		if len(p.tail()) == 0 && !p.unlabelled() {
			continue
		}
		current = append(current, p)
		if score >= anchorScore && len(p.tail()) > 0 {
			lastAnchor = len(current)
			if strong && p.covers() >= inUse().fewest {
				anchors++
			} else if strong && p.grid.Method == "text" {
				bare++
			}
			begun = begun || first
		}
	}
	flush()
	return instances
}

// covers returns how many columns the cells behind the labels stand over.
func (p *printedRow) covers() int {
	n := 0
	for _, it := range p.tail() {
		n += it.to - it.from
	}
	return n
}

// unlabelled reports whether the row has figures and no label.
func (p *printedRow) unlabelled() bool {
	if len(p.labels) > 0 || p.numbered {
		return p.numbered
	}
	for _, it := range p.items {
		if it.figure.State == gongkai.Number {
			return true
		}
	}
	return false
}

// assignRequests pairs printed rows with the rows of the form that fits best.
func assignRequests(rows []*printedRow, hint formHint) *tableReading {
	m, pairs := requestForm(rows, hint)
	pairs = pairExact(m, rows, pairs)
	pairs = pairByPosition(m, rows, pairs)
	t := newTableReading("requests", m.form.ID)
	t.found, t.method = true, rows[0].grid.Method
	headers := map[*Grid][]headerColumn{}
	var last []headerColumn
	width := 0
	disorder := map[*Grid]bool{}
	for i, p := range rows {
		header, known := headers[p.grid]
		if !known {
			header = applicantHeader(m, p.grid, p.row)
			if header == nil && width == len(p.grid.Rows[0]) {
				header = last // a table that goes on without repeating its header
			}
			headers[p.grid], last, width = header, header, len(p.grid.Rows[0])
			if disorder[p.grid] = header == nil && disordered(m, p); disorder[p.grid] {
				t.issue(gongkai.IssueReadings, "", "", p.place(), "the words of the header stand in another order than the form's, and nothing shows which figure is whose")
			}
		}
		if pairs[i] < 0 {
			t.leftover(m, p, pairs, rows)
			continue
		}
		t.readRequestRow(m, pairs[i], p, header)
		if disorder[p.grid] {
			t.doubtRow(m.rows[pairs[i]].id)
		}
	}
	if last != nil && len(last) < len(m.order) {
		t.issue(gongkai.IssueMissingColumn, "", "total", rows[0].place(), "the table has no column 总计: its figures are missing and were not computed")
	}
	return t
}

// pairExact pairs rows that stand out of order but carry a label of the form
// to the letter.
func pairExact(m *tableMatcher, rows []*printedRow, pairs []int) []int {
	taken := map[int]bool{}
	for _, j := range pairs {
		taken[j] = true
	}
	for i, p := range rows {
		l := p.label()
		if pairs[i] >= 0 || l.runes <= 2 && len(m.exact[l.text]) != 1 || len(p.tail()) == 0 {
			continue
		}
		if m.headed[l.text] > 0 {
			continue // 其他 and 总计 name columns too
		}
		if j, score := m.row(p); score >= 0.97 && !taken[j] {
			pairs[i], taken[j] = j, true
		}
	}
	return pairs
}

// pairByPosition pairs rows without labels, where exactly as many of them
// stand between two paired rows as the form has there.
func pairByPosition(m *tableMatcher, rows []*printedRow, pairs []int) []int {
	for i := 0; i < len(rows); i++ {
		if pairs[i] >= 0 || !rows[i].unlabelled() {
			continue
		}
		end := i
		for end < len(rows) && pairs[end] < 0 && rows[end].unlabelled() {
			end++
		}
		before, after := -1, len(m.rows)
		if i > 0 {
			before = pairs[i-1]
		}
		if end < len(rows) {
			after = pairs[end]
		}
		if (i == 0 || before >= 0) && after >= 0 && after-before-1 == end-i {
			for k := i; k < end; k++ {
				pairs[k] = before + 1 + k - i
			}
		}
		i = end
	}
	return pairs
}

// leftover keeps a row that no row of the form took.
func (t *tableReading) leftover(m *tableMatcher, p *printedRow, pairs []int, rows []*printedRow) {
	tail := p.tail()
	filled := false
	for i := range tail {
		filled = filled || !tail[i].blank()
	}
	if !filled {
		return
	}
	if j, score := m.row(p); score >= 0.9 {
		for i, pair := range pairs {
			if pair == j && rawItems(rows[i].tail()) != rawItems(tail) {
				t.issue(gongkai.IssueDuplicateRow, m.rows[j].id, "", p.place(), "printed again with other figures: %s", p.text())
				t.doubtRow(m.rows[j].id)
				return
			} else if pair == j {
				return
			}
		}
	}
	var values []string
	for i := range tail {
		values = append(values, tail[i].cell.Text)
	}
	name := ""
	for i := range p.items[:p.values] {
		name += p.items[i].cell.Text
	}
	t.extra = append(t.extra, gongkai.ExtraRow{Table: t.id, Label: name, Values: values, Place: p.place()})
	t.issue(gongkai.IssueExtraRow, "", "", p.place(), "a row the form does not know: %s", p.text())
}

// doubtRow makes every cell of a row suspect.
func (t *tableReading) doubtRow(row string) {
	for key, c := range t.cells {
		if key.row == row {
			c.doubt = true
		}
	}
}

// compareInstance checks a second printing of a table against the first.
func compareInstance(t, again *tableReading, name string) {
	for key, c := range t.cells {
		d, ok := again.cells[key]
		if ok && d.figure.State != gongkai.Missing && (d.figure.State != c.figure.State || d.figure.Value != c.figure.Value) {
			c.doubt = true
			t.issue(gongkai.IssueDuplicateRow, key.row, key.column, d.place, "%s says %q, the one read says %q", name, d.raw, c.raw)
		}
	}
}
