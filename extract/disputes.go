package extract

import (
	"fmt"
	"slices"
	"strings"

	"gongkai"
)

// readDisputes finds and reads table 四 of the document, printed as one table
// of 15 figures or as one of five per procedure. It returns nil if it is not there.
func readDisputes(c []printedRow, m *tableMatcher) *tableReading {
	var t *tableReading
	for start := 0; start < len(c); {
		end := start
		for end < len(c) && c[end].grid == c[start].grid {
			end++
		}
		if d := readDisputeGrid(c[start:end], m); d != nil {
			if t == nil {
				t = d
			} else {
				t.merge(d)
			}
		}
		start = end
	}
	return t
}

// merge adds the cells of a second grid; cells that both have must be equal.
func (t *tableReading) merge(d *tableReading) {
	compareInstance(t, d, "a second row or table")
	for key, c := range d.cells {
		if _, ok := t.cells[key]; !ok {
			t.cells[key] = c
		}
	}
	t.issues = append(t.issues, d.issues...)
}

// strayRow holds for rows below the figures that are no figures of the table:
// spacers, and notes whose cells cannot be told apart.
func strayRow(p *printedRow, t *tableReading) bool {
	if numbers(p) == 0 {
		return true
	}
	for _, c := range t.cells {
		if c.figure.State != gongkai.Unreadable {
			return false
		}
	}
	return true
}

// disputeMeasure returns the column of table 四 that a header names.
func disputeMeasure(m *tableMatcher, l label) string {
	if l.text == "" || l.runes > 12 {
		return ""
	}
	if at, score := m.column(l); score >= 0.9 {
		return m.table.Columns[at].ID
	}
	return ""
}

// disputeRow returns the row of table 四 that a text names: the one of which it
// holds most. Where 诉讼 is said, a row outside 行政诉讼 is not meant.
func disputeRow(m *tableMatcher, s string) string {
	s = readLabel(s).text
	suit := strings.Contains(s, "诉讼")
	id, most := "", 0
	for j := range m.rows {
		if suit && len(m.table.Rows[j].Group) == 0 {
			continue
		}
		for _, l := range m.rows[j].labels {
			if l.runes > most && strings.Contains(s, l.text) {
				id, most = m.rows[j].id, l.runes
			}
		}
	}
	return id
}

// readDisputeGrid reads one grid if a header of it names results of
// reconsideration. A header may stand in it twice.
func readDisputeGrid(rows []printedRow, m *tableMatcher) *tableReading {
	var t *tableReading
	header, headed, disorder := []disputeColumn(nil), false, false
	for i := range rows {
		p := &rows[i]
		if isDisputeHeader(m, p) {
			header, headed = disputeHeader(m, p.grid, disputeTop(rows, i), i+1), true
			disorder = p.grid.Method == "text" && !namesRows(m, header) && disorderedResults(m, rows[:i+1])
			continue
		}
		if !headed || len(p.tail()) == 0 || !figuresOnly(p) {
			continue
		}
		row := newTableReading("disputes", m.form.ID)
		row.found, row.method = true, p.grid.Method
		row.readDisputeRow(m, p, header)
		if disorder {
			row.disputeIssue(p, "the words of the header stand in another order than the form's, and nothing shows which figure is whose")
			for _, c := range row.cells {
				c.doubt = true
			}
		}
		if t == nil {
			t = row
		} else if !strayRow(p, row) {
			t.merge(row)
		}
	}
	return t
}

// isDisputeHeader holds for rows with three or more of the results.
func isDisputeHeader(m *tableMatcher, p *printedRow) bool {
	if len(p.items) < 3 || isRequestLabel(p.label()) {
		return false
	}
	n := 0
	for k := range p.items {
		if l := p.items[k].label; disputeMeasure(m, l) != "" || disputeHalf(m, l) {
			n++
		}
	}
	return n >= 3
}

// disorderedResults reports whether the rows of a header of text name the
// results in another order than the form.
func disorderedResults(m *tableMatcher, rows []printedRow) bool {
	for r := disputeTop(rows, len(rows)-1); r < len(rows); r++ {
		next := 0
		for k := range rows[r].items {
			at := slices.Index(m.order, disputeMeasure(m, rows[r].items[k].label))
			if at < 0 {
				continue
			}
			if at != next {
				return true
			}
			next = (at + 1) % len(m.order)
		}
	}
	return false
}

// disputeTop returns the first row of the header that ends with row last:
// below any figures.
func disputeTop(rows []printedRow, last int) int {
	for r := last; r >= 0; r-- {
		if numbers(&rows[r]) > 0 {
			return r + 1
		}
	}
	return 0
}

// disputeHalf holds for pieces of header words that were split over two rows:
// their beginnings and ends.
func disputeHalf(m *tableMatcher, l label) bool {
	if l.text == "" || l.runes > 3 {
		return false
	}
	for _, c := range m.table.Columns {
		name := readLabel(c.Label).text
		if name != l.text && (strings.HasPrefix(name, l.text) || strings.HasSuffix(name, l.text)) {
			return true
		}
	}
	return false
}

func numbers(p *printedRow) int {
	n := 0
	for i := range p.items {
		if p.items[i].figure.State == gongkai.Number {
			n++
		}
	}
	return n
}

// figuresOnly holds for rows without words behind their label.
func figuresOnly(p *printedRow) bool {
	for _, it := range p.tail() {
		if it.figure.State == gongkai.Text && wordy(it.cell.Text) {
			return false
		}
	}
	return true
}

// A disputeColumn is a column of the header: which procedure, which result.
type disputeColumn struct {
	headerColumn
	row string // empty if the header does not say
}

func disputeHeader(m *tableMatcher, g *Grid, from, until int) []disputeColumn {
	texts := headerTexts(g, from, until)
	var columns []headerColumn
	rowOf := map[int]string{}
	for c, cells := range texts {
		row := ""
		name := joinTexts(cells, func(text string) bool {
			r := disputeRow(m, text)
			if r != "" {
				row = r
			}
			return r != "" || text == "行政诉讼"
		})
		if column := disputeMeasure(m, readLabel(name)); column != "" {
			columns = append(columns, headerColumn{id: column, from: c, to: c + 1, text: name})
			rowOf[c] = row
			if row == "" && c > 0 && g.Method == "text" {
				rowOf[c] = rowOf[c-1] // text has no merged cells: a name stands over the blanks to its right
			}
		}
	}
	var header []disputeColumn
	for _, h := range mergeEqual(columns, texts) {
		header = append(header, disputeColumn{headerColumn: h, row: rowOf[h.from]})
	}
	return header
}

func (t *tableReading) disputeIssue(p *printedRow, format string, args ...any) {
	t.issue(gongkai.IssueLayout, "", "", p.place(), "%s: %s", fmt.Sprintf(format, args...), p.text())
}
