package extract

import (
	"slices"
	"strings"

	"gongkai"
)

// A rowMatcher compares printed labels with one row of a form.
type rowMatcher struct {
	id     string
	labels []label // the form's label, then other wordings
	joined label   // group labels and label in one
}

// A tableMatcher compares printed rows and headers with one table of a form.
type tableMatcher struct {
	form    *gongkai.Form
	table   *gongkai.FormTable
	index   int // of the table in the form
	rows    []rowMatcher
	all     []int            // 0, 1, … len(rows)-1
	exact   map[string][]int // row labels to the letter → rows
	columns [][]label        // by column: the form's label, then other wordings
	headed  map[string]int   // column labels to the letter → column
	order   []string         // ids of the columns, as the form prints them
	parts   []string         // ids of the columns that the total sums up
	sum     []string         // parts, then the total
}

func newTableMatcher(form *gongkai.Form, index int) *tableMatcher {
	t := &form.Tables[index]
	m := &tableMatcher{form: form, table: t, index: index, exact: map[string][]int{}, headed: map[string]int{}}
	for i := range t.Rows {
		r := &t.Rows[i]
		m.rows = append(m.rows, rowMatcher{
			id:     r.ID,
			labels: readLabels(append([]string{r.Label}, r.Texts...)),
			joined: readLabel(strings.Join(append(append([]string{}, r.Group...), r.Label), "")),
		})
	}
	for j := range m.rows {
		m.all = append(m.all, j)
		for _, l := range m.rows[j].labels {
			m.exact[l.text] = append(m.exact[l.text], j)
		}
	}
	for i, c := range t.Columns {
		m.columns = append(m.columns, readLabels(append([]string{c.Label}, c.Texts...)))
		for _, l := range m.columns[i] {
			m.headed[l.text] = i
		}
		m.order = append(m.order, c.ID)
	}
	m.parts, m.sum = m.order, m.order
	for _, id := range t.Identities {
		if id.Axis == "row" && len(id.Right) == 1 {
			m.parts, m.sum = id.Left, slices.Concat(id.Left, id.Right)
		}
	}
	return m
}

func readLabels(texts []string) []label {
	labels := make([]label, len(texts))
	for i, s := range texts {
		labels[i] = readLabel(s)
	}
	return labels
}

// bestLabel is the highest similarity of l to any of forms.
func bestLabel(l label, forms []label) float64 {
	best := 0.0
	for _, f := range forms {
		best = max(best, similarity(l, f))
	}
	return best
}

// score says how well a printed row's labels fit the form's row, 0 to 1. The
// innermost label decides; a label that holds its groups too (三、本年度办理结果
// （一）予以公开 in one cell) is compared with the joined label.
func (m *rowMatcher) score(p *printedRow) float64 {
	l := p.label()
	best := bestLabel(l, m.labels)
	if best < 0.9 && m.joined.text != m.labels[0].text {
		best = max(best, 0.98*similarity(l, m.joined))
	}
	return best
}

// column returns the column of the table whose label fits best, and the score.
func (m *tableMatcher) column(l label) (int, float64) {
	if i, ok := m.headed[l.text]; ok {
		return i, 1
	}
	if inUse().words[l.text] {
		return -1, 0 // a word of the forms, and of no column of this table
	}
	at, best := -1, 0.0
	for i, labels := range m.columns {
		if s := bestLabel(l, labels); s > best {
			at, best = i, s
		}
	}
	return at, best
}

// row returns the row of the table whose label fits best, and the score.
func (m *tableMatcher) row(p *printedRow) (int, float64) {
	at, best := -1, 0.0
	for _, j := range m.candidates(p) {
		if s := m.rows[j].score(p); s > best {
			at, best = j, s
		}
	}
	return at, best
}

// candidates returns the rows that p may be: those with its very label if
// there are any, so that a label of the form is never weighed against its
// neighbours; none if it is a word of the forms that stands elsewhere; else all.
func (m *tableMatcher) candidates(p *printedRow) []int {
	l := p.label()
	if l.text == "" {
		return nil
	}
	if rows := m.exact[l.text]; rows != nil {
		return rows
	}
	if rows := m.exact[l.bare]; rows != nil {
		return rows
	}
	if inUse().words[l.text] {
		return nil // a label of another table
	}
	return m.all
}

// scorer returns the score function for align.
func (m *tableMatcher) scorer(rows []*printedRow) func(i, j int) float64 {
	table := make([][]float64, len(rows))
	for i, p := range rows {
		table[i] = make([]float64, len(m.rows))
		for _, j := range m.candidates(p) {
			table[i][j] = m.rows[j].score(p)
		}
	}
	return func(i, j int) float64 { return table[i][j] }
}
