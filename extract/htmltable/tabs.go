package htmltable

import (
	"strings"

	"gongkai"
	"gongkai/extract"
)

// tabbed turns runs of paragraphs with tabs in their source into tables: pages
// to which a table was pasted as text. A browser shows the tabs as spaces, but
// they still say where cells end.
func (p *page) tabbed() {
	room := maxCells
	var out []piece
	var run []piece
	end := func() {
		rows, filled := tabRows(run)
		grid, issue := newGrid(rows, 0, room)
		if !filled || grid == nil {
			out = append(out, run...)
			run = nil
			return
		}
		if issue != nil {
			p.issues = append(p.issues, *issue)
		}
		grid.Method = "text"
		room -= len(grid.Rows) * len(grid.Rows[0])
		out = append(out, piece{Block: extract.Block{Grid: grid}, at: run[0].at, labels: labels(cellRows(grid), formLabels[:])})
		run = nil
	}
	found := false
	for _, q := range p.pieces {
		if q.source != "" {
			run, found = append(run, q), true
			continue
		}
		end()
		out = append(out, q)
	}
	end()
	p.pieces = out
	if found && p.forms() > 0 {
		p.issues = append(p.issues, gongkai.Issue{Code: gongkai.IssueStream, Detail: "the tables are written as text with tabs in the page"})
	}
}

// tabRows splits paragraphs at their tabs; filled says whether any has two
// cells with text.
func tabRows(run []piece) (rows []spanRow, filled bool) {
	for i := range run {
		var r spanRow
		n := 0
		for field := range strings.SplitSeq(run[i].source, "\t") {
			text := fold(field)
			if text != "" {
				n++
			}
			r.cells = append(r.cells, span{text: text, cols: 1, rows: 1})
		}
		filled = filled || n > 1
		rows = append(rows, r)
	}
	return rows, filled
}
