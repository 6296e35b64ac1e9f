package htmltable

import (
	"fmt"

	"gongkai"
	"gongkai/extract"
)

// Limits on what a page may make us allocate.
const (
	maxColumns = 200     // of one table; the widest standard table has 15
	maxCells   = 250_000 // of one document, merged cells spelled out
	maxSpan    = 1000    // the HTML standard's own limit on colspan
)

// A span is a cell as its tag describes it.
type span struct {
	text       string
	cols, rows int    // rows 0: to the end of its row group
	second     string // the text by the second reading
	confirmed  bool   // whether there was one
	uncertain  bool   // it may be two figures
	unfinished bool   // a script fills its table
}

// A spanRow is one <tr>. Merged cells end with the row group (<tbody>) they
// began in, as in a browser.
type spanRow struct {
	group int
	cells []span
}

// An anchor is a cell with its place in the grid.
type anchor struct{ row, col, cols, rows, cell int }

// place lays the cells of a table out as the HTML standard does, but a cell
// that would cover an occupied place ends before it, so that merged cells
// never overlap. It returns the anchors, the width in columns, and whether a
// cell beyond the limit was left out.
func place(rows []spanRow) (anchors []anchor, width int, cut bool) {
	last := make([]int, len(rows)) // last row of the group that row i is in
	for i := len(rows) - 1; i >= 0; i-- {
		last[i] = i
		if i+1 < len(rows) && rows[i+1].group == rows[i].group {
			last[i] = last[i+1]
		}
	}
	free := make([]int, maxColumns) // first row at which column i is free
	for r, row := range rows {
		c := 0
		for i, s := range row.cells {
			for c < maxColumns && free[c] > r {
				c++
			}
			if c == maxColumns {
				cut = true
				break
			}
			h := last[r] - r + 1
			if s.rows > 0 {
				h = min(h, s.rows)
			}
			a := anchor{row: r, col: c, rows: h, cell: i}
			for c < maxColumns && free[c] <= r && a.cols < max(1, s.cols) {
				free[c] = r + h
				a.cols++
				c++
			}
			anchors = append(anchors, a)
			width = max(width, a.col+1)
		}
	}
	return anchors, width, cut
}

// newGrid spells the merged cells out. Columns to the right of the last one
// that any cell begins in say nothing and are dropped. Places that no cell
// covers get an empty cell without a Place. table is the 1-based number of the
// table in the page, room the number of cells the document may still have.
func newGrid(rows []spanRow, table, room int) (*extract.Grid, *gongkai.Issue) {
	anchors, width, cut := place(rows)
	var issue *gongkai.Issue
	height := len(rows)
	if width > 0 && height > room/width {
		height = room / width
		cut = true
	}
	if cut {
		issue = &gongkai.Issue{
			Code: gongkai.IssueLimit, Place: gongkai.Place{Table: table},
			Detail: fmt.Sprintf("table %d has %d rows and at least %d columns: only the first %d rows and %d columns were read", table, len(rows), width, height, width),
		}
	}
	if width == 0 || height == 0 {
		return nil, issue
	}
	cells := make([]extract.GridCell, width*height)
	grid := &extract.Grid{Method: "html", Rows: make([][]extract.GridCell, height)}
	for r := range height {
		grid.Rows[r] = cells[r*width : (r+1)*width : (r+1)*width]
		for c := range width {
			grid.Rows[r][c] = extract.GridCell{Row: r, Column: c}
		}
	}
	for _, a := range anchors {
		if a.row >= height {
			break
		}
		s := &rows[a.row].cells[a.cell]
		cell := extract.GridCell{
			Text: s.text, Row: a.row, Column: a.col, Second: s.second, Confirmed: s.confirmed, Uncertain: s.uncertain, Unfinished: s.unfinished,
			Place: gongkai.Place{Table: table, Row: a.row + 1, Column: a.col + 1},
		}
		for r := a.row; r < min(a.row+a.rows, height); r++ {
			for c := a.col; c < min(a.col+a.cols, width); c++ {
				grid.Rows[r][c] = cell
			}
		}
	}
	return grid, issue
}
