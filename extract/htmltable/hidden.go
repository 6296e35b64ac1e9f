package htmltable

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"gongkai"
	"gongkai/extract"
)

// hiddenForms counts the standard tables in hidden parts of the page that are
// not copies of shown ones: the reports of other years behind tabs, say. A
// second copy for small screens is no loss.
func (w *walker) hiddenForms(body *html.Node) int {
	if w.hidden || !w.anyHidden() {
		return 0
	}
	shown, read := map[string]bool{}, map[int]bool{}
	for i := range w.pieces {
		if p := &w.pieces[i]; p.labels > 1 {
			shown[gridText(p.Grid)], read[p.Place.Table] = true, true
		}
	}
	if len(shown) == 0 {
		return 0 // then the hidden parts are read
	}
	n := 0
	all := walk(body, nil, nil, true)
	for i := range all.pieces {
		if p := &all.pieces[i]; p.labels > 1 && !read[p.Place.Table] && !shown[gridText(p.Grid)] {
			n++
		}
	}
	return n
}

// anyHidden reports whether a table is in a hidden part.
func (w *walker) anyHidden() bool {
	for table := range w.numbers {
		for n := table; n != nil; n = n.Parent {
			if n.Type == html.ElementNode && hidden(n) {
				return true
			}
		}
	}
	return false
}

// gridText is what a table says, to tell copies from others.
func gridText(g *extract.Grid) string {
	var b strings.Builder
	for _, row := range cellRows(g) {
		for i := range row.cells {
			b.WriteString(squeeze(row.cells[i].text))
			b.WriteByte('|')
		}
	}
	return b.String()
}

// maxHidden bounds the issues of one page about hidden text.
const maxHidden = 20

// hiddenCells says which cells of a table hold figures that are not shown.
func (w *walker) hiddenCells(rows []row, table int) {
	for r := range rows {
		for i := range rows[r].cells {
			c := &rows[r].cells[i]
			if c.hidden == "" || w.concealed >= maxHidden {
				continue
			}
			w.concealed++
			w.issues = append(w.issues, gongkai.Issue{
				Code: gongkai.IssueHidden, Place: gongkai.Place{Table: table, Row: r + 1, Column: i + 1},
				Detail: fmt.Sprintf("the cell shows %q and holds the hidden text %q, which counts for nothing", c.text, c.hidden),
			})
		}
	}
}
