package docxtable

import (
	"fmt"

	"gongkai"
	"gongkai/extract"
)

// maxCells bounds the cells of one document, merged cells spelled out.
const maxCells = 250_000

// newGrid spells the merged cells of t out. second is the other reading of the
// table's cells, row by row; nil if there is none. Places that no cell covers
// get an empty cell without a Place.
func newGrid(t *table, second [][]string, room int) (*extract.Grid, []gongkai.Issue) {
	if len(second) != len(t.rows) {
		second = nil
	}
	g := &extract.Grid{Method: "docx"}
	var issues []gongkai.Issue
	width := 0
	for r := range t.rows {
		var texts []string
		if second != nil {
			texts = second[r]
		}
		cells, hidden := layRow(t, r, g, texts)
		if wider := max(width, len(cells), 1); (r+1)*wider > room {
			issues = append(issues, gongkai.Issue{
				Code: gongkai.IssueLimit, Place: gongkai.Place{Table: t.number},
				Detail: fmt.Sprintf("table %d: only the first %d of %d rows were read", t.number, r, len(t.rows)),
			})
			break
		}
		width = max(width, len(cells))
		issues = append(issues, concealed(t, r)...)
		for _, text := range hidden {
			issues = append(issues, gongkai.Issue{
				Code: gongkai.IssueLayout, Place: gongkai.Place{Table: t.number, Row: r + 1},
				Detail: fmt.Sprintf("a cell that is merged into the one above it holds %q, which is not shown", text),
			})
		}
		g.Rows = append(g.Rows, cells)
	}
	if width == 0 {
		return nil, issues
	}
	for r, cells := range g.Rows {
		for c := len(cells); c < width; c++ {
			cells = append(cells, extract.GridCell{Row: r, Column: c})
		}
		g.Rows[r] = cells
	}
	return g, issues
}

// layRow lays row r out below the rows of g. It also returns the texts that
// vertical merging hides.
func layRow(t *table, r int, g *extract.Grid, second []string) (cells []extract.GridCell, hidden []string) {
	row := &t.rows[r]
	for c := range row.before {
		cells = append(cells, extract.GridCell{Row: r, Column: c})
	}
	for i := range row.cells {
		from := &row.cells[i]
		at := len(cells)
		if at >= maxSpan {
			break
		}
		text, broken := from.text()
		cell := extract.GridCell{
			Text: text, Row: r, Column: at, Uncertain: broken,
			Place: gongkai.Place{Table: t.number, Row: r + 1, Column: at + 1},
		}
		if j := len(second) - len(row.cells) + i; j >= 0 && j < len(second) && !from.numbered() {
			cell.Second, cell.Confirmed = second[j], true
		}
		if above := mergedAbove(g, r, at, from); above != nil {
			if text != "" && text != above.Text {
				hidden = append(hidden, text)
			}
			cell = *above
		}
		for range from.span {
			cells = append(cells, cell)
		}
	}
	return cells, hidden
}

// mergedAbove returns the cell that from goes on with: the one above it, if it
// begins and ends at the same columns.
func mergedAbove(g *extract.Grid, r, at int, from *cell) *extract.GridCell {
	if !from.below || r == 0 || at+from.span > len(g.Rows[r-1]) {
		return nil
	}
	above := g.Rows[r-1]
	first := &above[at]
	same := func(c *extract.GridCell) bool { return c.Row == first.Row && c.Column == first.Column }
	switch {
	case first.Place.Row == 0 || first.Column != at:
		return nil
	case !same(&above[at+from.span-1]):
		return nil
	case at+from.span < len(above) && same(&above[at+from.span]):
		return nil
	}
	return first
}

// concealed says which cells of a row hold figures that are not shown.
func concealed(t *table, r int) []gongkai.Issue {
	var issues []gongkai.Issue
	for i := range t.rows[r].cells {
		if c := &t.rows[r].cells[i]; c.hidden != "" && len(issues) < maxHidden {
			text, _ := c.text()
			issues = append(issues, gongkai.Issue{
				Code: gongkai.IssueHidden, Place: gongkai.Place{Table: t.number, Row: r + 1, Column: i + 1},
				Detail: fmt.Sprintf("the cell shows %q and holds the hidden text %.40q, which counts for nothing", text, c.hidden),
			})
		}
	}
	return issues
}

// maxHidden bounds the issues of one row about hidden text.
const maxHidden = 15
