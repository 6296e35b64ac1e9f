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

// cutMark stands for what may be missing behind the last cell of a file.
const cutMark = '\uFFFD'

// cut doubts the last cell of a table that the file ends in without a line
// end: the file may have been cut there. Its two readings differ then.
func (p *parser) cut() {
	if len(p.c.Blocks) == 0 || p.c.Blocks[len(p.c.Blocks)-1].Grid == nil {
		return
	}
	rows := p.c.Blocks[len(p.c.Blocks)-1].Grid.Rows
	last := rows[len(rows)-1]
	for i := len(last) - 1; i >= 0; i-- {
		if c := &last[i]; c.Place.Row > 0 {
			c.Second, c.Confirmed, c.Uncertain = c.Text+string(cutMark), true, true
			p.c.Issues = append(p.c.Issues, gongkai.Issue{
				Code: gongkai.IssueLayout, Place: c.Place, Detail: "the file ends inside a table and without a line end: it may have been cut",
			})
			return
		}
	}
}
