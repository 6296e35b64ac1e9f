package extract

import "strings"

// A headerColumn is a form's column found in a table's header.
type headerColumn struct {
	id       string
	from, to int    // grid columns [from, to)
	text     string // as printed
}

// headerTexts returns for each grid column the header cells above it, top
// down, merged cells once. Rows are grid rows [0, until).
func headerTexts(g *Grid, from, until int) [][]*GridCell {
	if len(g.Rows) == 0 {
		return nil
	}
	texts := make([][]*GridCell, len(g.Rows[0]))
	for c := range texts {
		for r := from; r < until; r++ {
			cell := &g.Rows[r][c]
			n := len(texts[c])
			if cell.Text == "" || n > 0 && texts[c][n-1].Row == cell.Row && texts[c][n-1].Column == cell.Column {
				continue
			}
			texts[c] = append(texts[c], cell)
		}
	}
	return texts
}

// mergeEqual joins neighbouring columns with the same header cells: one
// printed column that covers several grid columns.
func mergeEqual(columns []headerColumn, texts [][]*GridCell) []headerColumn {
	var merged []headerColumn
	for _, c := range columns {
		if n := len(merged); n > 0 && merged[n-1].to == c.from && merged[n-1].id == c.id && sameCells(texts[merged[n-1].from], texts[c.from]) {
			merged[n-1].to = c.to
			continue
		}
		merged = append(merged, c)
	}
	return merged
}

func sameCells(a, b []*GridCell) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Row != b[i].Row || a[i].Column != b[i].Column {
			return false
		}
	}
	return true
}

// joinTexts joins header cells, leaving out those for which group holds.
func joinTexts(cells []*GridCell, group func(string) bool) string {
	var b strings.Builder
	for _, c := range cells {
		if !group(readLabel(c.Text).text) {
			b.WriteString(c.Text)
		}
	}
	return b.String()
}

// complete reports whether every id of want occurs exactly once.
func complete(columns []headerColumn, want []string) bool {
	if len(columns) != len(want) {
		return false
	}
	seen := map[string]bool{}
	for _, c := range columns {
		seen[c.id] = true
	}
	for _, id := range want {
		if !seen[id] {
			return false
		}
	}
	return true
}

// ids returns the ids of columns in printed order.
func ids(columns []headerColumn) []string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.id
	}
	return list
}
