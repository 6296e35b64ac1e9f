package texttable

import (
	"fmt"

	"gongkai"
	"gongkai/extract"
)

// Limits on the cells of one document and the columns of one table.
const (
	maxCells   = 250_000
	maxColumns = 200
)

// A cell is a printed cell.
type cell struct {
	text      string
	second    string // by the second reading
	confirmed bool   // whether there was one
	uncertain bool   // its place in the row was guessed
}

// add adds a table. Rows keep the cells they have; the rest is filled up.
func (p *parser) add(rows [][]cell) {
	width, cut := 0, false
	for _, r := range rows {
		cut = cut || len(r) > maxColumns
		width = max(width, min(len(r), maxColumns))
	}
	if width == 0 {
		return
	}
	p.tables++
	if len(rows) > p.room/width {
		rows, cut = rows[:p.room/width], true
	}
	if cut {
		p.c.Issues = append(p.c.Issues, gongkai.Issue{
			Code: gongkai.IssueLimit, Place: gongkai.Place{Table: p.tables},
			Detail: fmt.Sprintf("table %d: only the first %d rows and %d columns were read", p.tables, len(rows), width),
		})
	}
	if len(rows) == 0 {
		return
	}
	p.room -= len(rows) * width
	g := &extract.Grid{Method: "text", Rows: make([][]extract.GridCell, len(rows))}
	for r, cells := range rows {
		out := make([]extract.GridCell, width)
		for c := range out {
			out[c] = extract.GridCell{Row: r, Column: c}
			if c < len(cells) {
				out[c].Text, out[c].Second, out[c].Confirmed = cells[c].text, cells[c].second, cells[c].confirmed
				out[c].Uncertain = cells[c].uncertain
				out[c].Place = gongkai.Place{Table: p.tables, Row: r + 1, Column: c + 1}
			}
		}
		g.Rows[r] = out
	}
	p.c.Blocks = append(p.c.Blocks, extract.Block{Grid: g, Place: gongkai.Place{Table: p.tables}})
}
