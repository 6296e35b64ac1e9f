package extract

import (
	"strings"

	"gongkai"
)

// A proactiveRow is a printed row of table 二 with the header that stands over it.
type proactiveRow struct {
	*printedRow
	header *printedRow // 信息内容 | 本年制发件数 | …; nil if there is none above it in its grid
}

// readProactive finds and reads table 二 of the document, whether printed as
// one table or as one per block. It returns nil if it is not there.
func readProactive(rows []printedRow, other string) *tableReading {
	return readPrinted(proactiveInstances(rows), other, assignProactive)
}

// proactiveInstances collects the rows whose labels belong to table 二, one
// list per printed table. A table needs two of them, since 行政许可 and 规章 are
// everyday words.
func proactiveInstances(rows []printedRow) [][]proactiveRow {
	m21, m19 := matcher("2021", "proactive"), matcher("2019", "proactive")
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
		j, score := m19.row(p)
		id := ""
		if j >= 0 {
			id = m19.rows[j].id
		}
		if k, s := m21.row(p); s > score {
			score, id = s, m21.rows[k].id
		}
		if len(p.labels) == 0 || len(p.labels) > 2 || len(p.tail()) == 0 {
			continue
		}
		if score < anchorScore {
			if header != nil && len(current) > 0 && current[len(current)-1].grid == p.grid && filled(p) {
				current = append(current, proactiveRow{p, header})
			}
			continue
		}
		if seen[id] && id == "regulation" && len(seen) >= 4 {
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
	return l.runes > 2 && matcher("2021", "requests").exact[l.text] != nil
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
		known = known || it.label.text == "信息内容" || proactiveColumn("2021", it.label) != "" || proactiveColumn("2019", it.label) != ""
	}
	return known
}

func proactiveColumn(form string, l label) string {
	if l.runes > 20 {
		return "" // a sentence
	}
	m := matcher(form, "proactive")
	if at, score := m.column(l); score >= 0.75 {
		return m.table.Columns[at].ID
	}
	return ""
}

// assignProactive reads the rows of one printed table 二.
func assignProactive(rows []proactiveRow, other string) *tableReading {
	form := proactiveForm(rows, other)
	m := matcher(form, "proactive")
	t := newTableReading("proactive", form)
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

// proactiveForm counts what only one of the two forms has: column labels,
// rows, and the number of figures beside 行政许可.
func proactiveForm(rows []proactiveRow, other string) string {
	votes := map[string]int{}
	headers := map[*printedRow]bool{}
	for _, r := range rows {
		label := r.label()
		if strings.HasPrefix(label.text, "其他对外管理服务") || strings.Contains(label.text, "集中采购") {
			votes["2019"] += 2
		}
		if label.text == "行政许可" || label.text == "行政处罚" || label.text == "行政强制" {
			switch len(trimBlank(r.tail())) {
			case 1:
				votes["2021"]++
			case 3:
				votes["2019"]++
			}
		}
		if r.header == nil || headers[r.header] {
			continue
		}
		headers[r.header] = true
		for i := range r.header.items {
			l := r.header.items[i].label
			new, old := proactiveColumn("2021", l), proactiveColumn("2019", l)
			if new != "" && old == "" {
				votes["2021"] += 3
			} else if old != "" && new == "" {
				votes["2019"] += 3
			}
		}
	}
	switch {
	case votes["2021"] > votes["2019"]:
		return "2021"
	case votes["2019"] > votes["2021"]:
		return "2019"
	case other != "":
		return other
	}
	return "2021"
}

func trimBlank(items []item) []item {
	for len(items) > 0 && items[len(items)-1].blank() {
		items = items[:len(items)-1]
	}
	return items
}
