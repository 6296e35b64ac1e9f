package extract

import (
	"strings"

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
func readRequests(rows []printedRow, other string) *tableReading {
	return readPrinted(requestInstances(rows), other, assignRequests)
}

// requestInstances cuts the rows that may belong to table 三 into one list per
// printed table: each begins with 本年新收.
func requestInstances(rows []printedRow) [][]*printedRow {
	m2021, m2019 := matcher("2021", "requests"), matcher("2019", "requests")
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
		at, score := m2021.row(p)
		_, score19 := m2019.row(p)
		strong := score >= anchorScore && at >= 0 && p.label().runes > 2
		first := strong && m2021.rows[at].id == "new_received"
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
		if max(score, score19) >= anchorScore && len(p.tail()) > 0 {
			lastAnchor = len(current)
			if strong && p.covers() >= len(withoutTotal) {
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
func assignRequests(rows []*printedRow, other string) *tableReading {
	form, pairs := requestForm(rows, other)
	m := matcher(form, "requests")
	pairs = pairExact(m, rows, pairs)
	pairs = pairByPosition(m, rows, pairs)
	t := newTableReading("requests", form)
	t.found, t.method = true, rows[0].grid.Method
	headers := map[*Grid][]headerColumn{}
	var last []headerColumn
	width := 0
	disorder := map[*Grid]bool{}
	for i, p := range rows {
		header, known := headers[p.grid]
		if !known {
			header = applicantHeader(p.grid, p.row)
			if header == nil && width == len(p.grid.Rows[0]) {
				header = last // a table that goes on without repeating its header
			}
			headers[p.grid], last, width = header, header, len(p.grid.Rows[0])
			if disorder[p.grid] = header == nil && disordered(p); disorder[p.grid] {
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
	if len(last) == len(withoutTotal) {
		t.issue(gongkai.IssueMissingColumn, "", "total", rows[0].place(), "the table has no column 总计: its figures are missing and were not computed")
	}
	return t
}

// requestForm decides between the form of 2021, whose （六） has three rows,
// and that of 2019, whose （六） has one, by the rows that are there.
func requestForm(rows []*printedRow, other string) (string, []int) {
	type trial struct {
		pairs []int
		sum   float64
		six   float64 // best score of the rows that only this form has
	}
	try := func(form string, own ...string) trial {
		m := matcher(form, "requests")
		score := m.scorer(rows)
		pairs, sum := align(len(rows), len(m.rows), score, pairScore)
		tr := trial{pairs: pairs, sum: sum}
		for i, j := range pairs {
			if j < 0 {
				continue
			}
			for _, id := range own {
				if m.rows[j].id == id {
					tr.six = max(tr.six, score(i, j))
				}
			}
		}
		return tr
	}
	t21 := try("2021", "other_no_correction", "other_fee_unpaid")
	t19 := try("2019", "other_e1")
	if splitSix(rows) {
		return "2021", t21.pairs
	}
	switch {
	case t21.six >= anchorScore:
		return "2021", t21.pairs
	case t19.six >= anchorScore:
		return "2019", t19.pairs
	case t21.sum > t19.sum+0.01:
		return "2021", t21.pairs
	case t19.sum > t21.sum+0.01:
		return "2019", t19.pairs
	case other == "2019":
		return "2019", t19.pairs
	}
	return "2021", t21.pairs
}

// splitSix reports whether a row of （六） is one of the three of form 2021,
// however its labels were cut or joined.
func splitSix(rows []*printedRow) bool {
	for _, p := range rows {
		if p.numbered && readLabel(p.items[p.values-2].cell.Text).text == "其他处理" {
			return true
		}
		text := ""
		for _, l := range p.labels {
			text += l.text
		}
		if strings.Contains(text, "逾期不补正") || strings.Contains(text, "收费通知") {
			return true
		}
		l := p.label()
		if (l.text == "其他" || l.text == "其它") && l.ordinal == "3" {
			return true
		}
	}
	return false
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
