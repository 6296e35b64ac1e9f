package extract

import (
	"slices"

	"gongkai"
)

// A proactiveRow is a printed row of table 二 with the header that stands over it.
type proactiveRow struct {
	*printedRow
	header *printedRow // 信息内容 | 本年制发件数 | …; nil if there is none above it in its grid
}

// readProactive finds and reads table 二 of the document, whether printed as
// one table or as one per block. It returns nil if it is not there.
func readProactive(rows []printedRow, hint formHint) *tableReading {
	return readPrinted(proactiveInstances(rows), hint, assignProactive)
}

// proactiveInstances collects the rows whose labels belong to table 二, one
// list per printed table. A table needs two of them, since 行政许可 and 规章 are
// everyday words.
func proactiveInstances(rows []printedRow) [][]proactiveRow {
	var instances [][]proactiveRow
	var current []proactiveRow
	var header *printedRow
	seen := map[string]bool{}
	flush := func() {
		if len(current) >= 2 {
			instances = append(instances, current)
		}
		current, seen = nil, map[string]bool{}
	}
	for i := range rows {
		p := &rows[i]
		if isProactiveHeader(p) {
			header = p
			continue
		}
		if header != nil && (header.grid != p.grid || namesApplicants(p)) {
			header = nil // table 三 may follow in the same grid
		}
		if isRequestLabel(p.label()) {
			continue
		}
		id, first, score := proactiveRowOf(p)
		if len(p.labels) == 0 || len(p.labels) > 2 || len(p.tail()) == 0 {
			continue
		}
		if score < anchorScore {
			if header != nil && len(current) > 0 && current[len(current)-1].grid == p.grid && filled(p) {
				current = append(current, proactiveRow{p, header})
			}
			continue
		}
		if seen[id] && first && len(seen) >= 4 {
			flush()
		}
		seen[id] = true
		current = append(current, proactiveRow{p, header})
	}
	flush()
	return instances
}

// isRequestLabel holds for labels of table 三 to the letter, but for 其他 and
// 总计, which may stand anywhere.
func isRequestLabel(l label) bool {
	if l.runes <= 2 {
		return false
	}
	return slices.ContainsFunc(formsWith("requests"), func(m *tableMatcher) bool { return m.exact[l.text] != nil })
}

// namesApplicants holds for the header of table 三.
func namesApplicants(p *printedRow) bool {
	for i := range p.items {
		if l := p.items[i].label.text; l == "申请人情况" || l == "自然人" {
			return true
		}
	}
	return false
}

func filled(p *printedRow) bool {
	for _, it := range p.tail() {
		if it.figure.State == gongkai.Number {
			return true
		}
	}
	return false
}

// isProactiveHeader holds for rows of nothing but words of which one is 信息内容
// or a column of the form.
func isProactiveHeader(p *printedRow) bool {
	for i := range p.items {
		if s := p.items[i].figure.State; s != gongkai.Text && s != gongkai.Blank {
			return false
		}
	}
	known := false
	for i := range p.items {
		it := &p.items[i]
		if it.blank() || known {
			continue
		}
		known = known || it.label.text == "信息内容" || slices.ContainsFunc(formsWith("proactive"), func(m *tableMatcher) bool { return m.names(it.label) })
	}
	return known
}

// names reports whether a label names a column of table 二. Sentences name none.
func (m *tableMatcher) names(l label) bool {
	if l.runes > 20 {
		return false
	}
	_, score := m.column(l)
	return score >= 0.75
}

// proactiveRowOf returns the row of table 二 that fits p best in any form: its
// id, whether it is the first of its form, and the score.
func proactiveRowOf(p *printedRow) (id string, first bool, score float64) {
	for _, m := range formsWith("proactive") {
		if j, s := m.row(p); s > score {
			id, first, score = m.rows[j].id, j == 0, s
		}
	}
	return id, first, score
}

// assignProactive reads the rows of one printed table 二.
func assignProactive(rows []proactiveRow, hint formHint) *tableReading {
	m := proactiveForm(rows, hint)
	t := newTableReading("proactive", m.form.ID)
	t.found, t.method = true, rows[0].grid.Method
	pointers := make([]*printedRow, len(rows))
	for i := range rows {
		pointers[i] = rows[i].printedRow
	}
	pairs, _ := align(len(rows), len(m.rows), m.scorer(pointers), 0.75)
	pairs = pairExact(m, pointers, pairs)
	for i := range rows {
		if pairs[i] < 0 {
			t.leftover(m, pointers[i], pairs, pointers)
			continue
		}
		t.readProactiveRow(m, pairs[i], rows[i])
	}
	return t
}

// proactiveForm counts for each form what it has and others lack: column labels,
// rows, and the number of figures in a row.
func proactiveForm(rows []proactiveRow, hint formHint) *tableMatcher {
	all := formsWith("proactive")
	votes := make([]int, len(all))
	vote := func(weight int, fits func(*tableMatcher) bool) {
		fit := make([]bool, len(all))
		for i, m := range all {
			fit[i] = fits(m)
		}
		if slices.Contains(fit, false) {
			for i := range all {
				if fit[i] {
					votes[i] += weight
				}
			}
		}
	}
	headers := map[*printedRow]bool{}
	for _, r := range rows {
		vote(2, func(m *tableMatcher) bool { _, score := m.row(r.printedRow); return score >= anchorScore })
		if n := len(trimBlank(r.tail())); countTells(all, r.label(), n) {
			vote(1, func(m *tableMatcher) bool { return m.figures(r.label()) == n })
		}
		if r.header == nil || headers[r.header] {
			continue
		}
		headers[r.header] = true
		for i := range r.header.items {
			vote(3, func(m *tableMatcher) bool { return m.names(r.header.items[i].label) })
		}
	}
	var best []*tableMatcher
	for i, m := range all {
		if votes[i] == slices.Max(votes) {
			best = append(best, m)
		}
	}
	return hint.settle(best)
}

// figures returns how many figures the row of that very label has; 0 without one.
func (m *tableMatcher) figures(l label) int {
	if rows := m.exact[l.text]; len(rows) == 1 {
		return len(m.table.CellColumns(&m.table.Rows[rows[0]]))
	}
	return 0
}

// countTells reports whether the forms that know a label differ by two figures or
// more: one may be a blank.
func countTells(all []*tableMatcher, l label, n int) bool {
	least, most := 0, 0
	for _, m := range all {
		if k := m.figures(l); k > 0 {
			most = max(most, k)
			if least == 0 || k < least {
				least = k
			}
		}
	}
	return most-least >= 2 && (n == least || n == most)
}

func trimBlank(items []item) []item {
	for len(items) > 0 && items[len(items)-1].blank() {
		items = items[:len(items)-1]
	}
	return items
}
