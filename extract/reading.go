package extract

import (
	"fmt"
	"strings"

	"gongkai"
)

// A tableReading is what was made of one standard table.
type tableReading struct {
	id, form string
	method   string
	found    bool
	cells    map[cellKey]*cellReading
	extra    []gongkai.ExtraRow
	issues   []gongkai.Issue
}

type cellKey struct{ row, column string }

// A cellReading is one cell with the grounds to trust it.
type cellReading struct {
	figure figure
	raw    string
	place  gongkai.Place
	unit   string
	second *figure // by an independent reading of the same cell; nil if there is none
	beside string  // what that reading read
	// doubt is set where two ways to place the figure differ: the cell is
	// suspect whatever the sums say.
	doubt bool
	// weak is set where the figure was read in one way that may be wrong
	// (OCR, position, a poor label): only identities can verify it.
	weak bool
	ocr  bool
	// layer is set where the text lies with a picture of the page, unchecked.
	layer bool
	// confirmed is set where a person has read the figure; the machine's reading
	// is then the second one.
	confirmed bool
}

func newTableReading(id, form string) *tableReading {
	return &tableReading{id: id, form: form, cells: map[cellKey]*cellReading{}}
}

func (t *tableReading) issue(code, row, column string, place gongkai.Place, format string, args ...any) {
	t.issues = append(t.issues, gongkai.Issue{
		Code: code, Table: t.id, Row: row, Column: column, Place: place, Detail: fmt.Sprintf(format, args...),
	})
}

// put records the printed cell it as the figure of (row, column).
func (t *tableReading) put(row, column string, it *item) *cellReading {
	c := &cellReading{figure: it.figure, raw: printed(it.cell.Text, it.figure), place: it.cell.Place}
	switch {
	case it.padding():
		c.figure = figure{State: gongkai.Missing}
	case it.cell.Uncertain, strings.Contains(it.cell.Text, "^"):
		c.weak = true                             // of 7³, what is small may be a digit after all: only a sum shows which
		c.doubt = c.figure.State == gongkai.Blank // a lost zero leaves every sum true
	}
	c.doubt = c.doubt || it.cell.Unfinished
	c.ocr, c.layer = it.cell.Source != "", it.cell.Source == "layer"
	if it.cell.Why != "" {
		c.doubt = true
		t.issue(gongkai.IssueUnreadable, row, column, c.place, "%s", it.cell.Why)
	}
	if it.cell.Confirmed && !it.padding() {
		second := it.figure
		if it.cell.Second != it.cell.Text {
			second = readFigure(it.cell.Second)
		}
		c.second, c.beside = &second, printed(it.cell.Second, second)
	}
	if it.above && !it.blank() && it.figure.State == gongkai.Number {
		// One printed figure stands beside two rows: whose it is, nobody can say.
		c.figure = figure{State: gongkai.Unreadable}
		t.issue(gongkai.IssueUnreadable, row, column, c.place, "%q is merged over several rows", c.raw)
	}
	t.cells[cellKey{row, column}] = c
	return c
}

// printed returns the text of a figure with its note raised.
func printed(text string, f figure) string {
	if f.Note == "" || f.State != gongkai.Number {
		return text
	}
	return raise(text)
}

// spread reads one nought (0, 无, a slash or a dash) that stands over several
// columns as that of each of them, and flags them: no figure can be so shared.
// It reports false for anything else.
func (t *tableReading) spread(row, column string, it *item) bool {
	switch f := it.figure; {
	case f.State == gongkai.Number && f.Value == 0, f.State == gongkai.NAText, f.State == gongkai.Slash, f.State == gongkai.Dash:
	default:
		return false
	}
	t.put(row, column, it).doubt = true
	t.issue(gongkai.IssueLayout, row, column, it.cell.Place, "one %q stands over several columns and is read as that of each", it.cell.Text)
	return true
}

// unreadable records that something stands at (row, column) which cannot be
// told apart from its neighbours.
func (t *tableReading) unreadable(row, column string, place gongkai.Place, raw string) {
	t.cells[cellKey{row, column}] = &cellReading{figure: figure{State: gongkai.Unreadable}, raw: raw, place: place}
}

// readPrinted reads a standard table that the document may print more than
// once: the printing with most rows counts, and the others are held against
// it. It returns nil
// if the table is not printed at all.
func readPrinted[R any](printings [][]R, hint formHint, assign func([]R, formHint) *tableReading) *tableReading {
	if len(printings) == 0 {
		return nil
	}
	main := 0
	for i := range printings {
		if len(printings[i]) > len(printings[main]) {
			main = i
		}
	}
	t := assign(printings[main], hint)
	for i, rows := range printings {
		if i != main {
			compareInstance(t, assign(rows, formHint{form: t.form, year: hint.year}), fmt.Sprintf("table %d of this kind", i+1))
		}
	}
	return t
}

// rawItems joins the texts of items, for messages.
func rawItems(items []item) string {
	parts := make([]string, len(items))
	for i := range items {
		parts[i] = items[i].cell.Text
	}
	return strings.Join(parts, " | ")
}

// windows returns the starts of all runs of n items outside which every item
// is blank: the ways to lay n columns over a row with padding.
func windows(items []item, n int) []int {
	var starts []int
	for s := 0; s+n <= len(items); s++ {
		outside := true
		for i := range items {
			if (i < s || i >= s+n) && !items[i].blank() {
				outside = false
				break
			}
		}
		if outside {
			starts = append(starts, s)
		}
	}
	return starts
}
