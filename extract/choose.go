package extract

import (
	"slices"
	"strings"
)

// anyRow returns the row that fits p best in any form of a table, and the
// score; of rows that fit equally that of the newest form.
func anyRow(table string, p *printedRow) (int, float64) {
	at, best := -1, 0.0
	for _, m := range formsWith(table) {
		if j, score := m.row(p); score > best {
			at, best = j, score
		}
	}
	return at, best
}

// A trial is what one form makes of the rows of a table 三.
type trial struct {
	m       *tableMatcher
	rows    []*printedRow
	pairs   []int
	sum     float64
	score   func(i, j int) float64
	headers []label // of the columns
}

// requestForm chooses the form that the rows follow. Rows and words that one
// form has and another lacks decide between them; then how well the rows fit.
func requestForm(rows []*printedRow, hint formHint) (*tableMatcher, []int) {
	headers := headersOver(rows)
	var trials []trial
	for _, m := range formsWith("requests") {
		tr := trial{m: m, rows: rows, score: m.scorer(rows), headers: headers}
		tr.pairs, tr.sum = align(len(rows), len(m.rows), tr.score, pairScore)
		trials = append(trials, tr)
	}
	var left []trial
	for i := range trials {
		beaten := false
		for k := range trials {
			beaten = beaten || k != i && trials[k].beats(&trials[i])
		}
		if !beaten {
			left = append(left, trials[i])
		}
	}
	if left == nil {
		left = trials // each has something that another lacks
	}
	most := 0.0
	for i := range left {
		most = max(most, left[i].sum)
	}
	var equal []*tableMatcher
	for i := range left {
		if left[i].sum >= most-0.01 {
			equal = append(equal, left[i].m)
		}
	}
	m := hint.settle(equal)
	for i := range trials {
		if trials[i].m == m {
			return m, trials[i].pairs
		}
	}
	return m, nil
}

// beats reports whether the rows show form a and not form b.
func (a *trial) beats(b *trial) bool {
	if x, y := a.told(b.m), b.told(a.m); x != y {
		return x
	}
	return a.own(b.m) && !b.own(a.m)
}

// told reports whether words are there that m lacks, however labels were cut or
// joined: a word that tells, the number of a row in a group that is one row in m,
// or a short label with the number of a row that m lacks.
func (a *trial) told(m *tableMatcher) bool {
	for _, p := range a.rows {
		if p.numbered {
			if _, one := m.exact[readLabel(p.items[p.values-2].cell.Text).text]; one {
				return true
			}
		}
		text := ""
		for _, l := range p.labels {
			text += l.text
		}
		for _, word := range a.m.table.Tells {
			if strings.Contains(text, word) && !m.tells(word) {
				return true
			}
		}
		if l := p.label(); l.runes > 0 && l.runes <= 2 && l.ordinal != "" && a.numbered(l, m) {
			return true
		}
	}
	return false
}

// numbered reports whether a short label is that of a row of a's form, with its
// number, that m lacks.
func (a *trial) numbered(l label, m *tableMatcher) bool {
	for _, j := range a.m.exact[l.text] {
		if m.lacks(&a.m.rows[j]) && a.m.rows[j].labels[0].ordinal == l.ordinal {
			return true
		}
	}
	return false
}

// own reports whether a row or column is there that m lacks.
func (a *trial) own(m *tableMatcher) bool {
	for i, j := range a.pairs {
		if j < 0 || a.m.rows[j].labels[0].runes <= 2 || !m.lacks(&a.m.rows[j]) || a.score(i, j) < anchorScore {
			continue
		}
		if _, score := m.row(a.rows[i]); score < a.score(i, j) {
			return true
		}
	}
	for _, l := range a.headers {
		if at, score := a.m.column(l); l.runes > 2 && score >= 0.9 {
			if other, s := m.column(l); other < 0 || s < score && a.m.order[at] != m.order[other] {
				return true
			}
		}
	}
	return false
}

func (m *tableMatcher) tells(word string) bool {
	return slices.Contains(m.table.Tells, word)
}

// lacks reports whether the form has no row of that id.
func (m *tableMatcher) lacks(r *rowMatcher) bool {
	for j := range m.rows {
		if m.rows[j].id == r.id {
			return false
		}
	}
	return true
}

// headersOver returns the labels above the rows in their grids, without figures.
func headersOver(rows []*printedRow) []label {
	var labels []label
	seen := map[*Grid]bool{}
	for _, p := range rows {
		if seen[p.grid] {
			continue
		}
		seen[p.grid] = true
		for r := p.row - 1; r >= 0 && !hasNumber(p.grid.Rows[r]); r-- {
			row := p.grid.Rows[r]
			for c := range row {
				if row[c].Row == r && row[c].Column == c && row[c].Text != "" && len(row[c].Text) <= 90 {
					labels = append(labels, readLabel(row[c].Text))
				}
			}
		}
	}
	return labels
}
