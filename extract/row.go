package extract

import (
	"regexp"
	"strings"
	"unicode"

	"gongkai"
)

// A printedRow is one row of one grid, merged cells counted once.
type printedRow struct {
	grid    *Grid
	index   int    // of the grid in the document, from 0
	row     int    // in the grid, from 0
	heading string // the paragraph just above the grid
	items   []item
	foreign []*foreignColumn // by grid column; their cells are not among items; nil if there are none
	values  int              // index of the first item behind the labels
	labels  []label
	// numbered is set where a group's label is followed by a number alone
	// (（六）其他处理 | 1.): such a row has no label of its own.
	numbered bool
}

// An item is one printed cell of a row with the grid columns it covers.
type item struct {
	cell     *GridCell
	from, to int  // grid columns [from, to)
	above    bool // merged down from an earlier row
	figure   figure
	label    label // of a cell with words; else zero
}

// padding reports whether the cell is not printed at all: the reader filled
// up a short row.
func (it *item) padding() bool { return it.cell.Place == gongkai.Place{} }

func (it *item) blank() bool { return it.figure.State == gongkai.Blank }

// printedRows returns every row of every grid of c, in the order of the document.
// year is that of the report.
func printedRows(c *Content, year int) []printedRow {
	var rows []printedRow
	heading, index := "", 0
	for i := range c.Blocks {
		b := &c.Blocks[i]
		if b.Grid == nil {
			if b.Text != "" {
				heading = b.Text
			}
			continue
		}
		read := printedCells{}
		foreign := foreignColumns(b.Grid, year)
		for r := range b.Grid.Rows {
			p := printedRow{grid: b.Grid, index: index, row: r, heading: heading, foreign: foreign}
			p.readItems(read)
			p.findLabels(read)
			rows = append(rows, p)
		}
		index++
	}
	return rows
}

// printedCells holds what was read in the cells of one grid, by the place of
// their top left corner: a cell merged over many rows is read once.
type printedCells map[[2]int]*printedCell

type printedCell struct {
	figure figure
	label  label // of a cell with words; else zero
	wordy  bool
	asked  bool // whether known is settled
	known  bool // to a form, by its label
}

// isKnown reports whether a form knows the label. Most cells are never asked.
func (c *printedCell) isKnown() bool {
	if !c.asked {
		c.asked, c.known = true, inUse().words.has(c.label)
	}
	return c.known
}

func (all printedCells) of(c *GridCell) *printedCell {
	at := [2]int{c.Row, c.Column}
	if r := all[at]; r != nil {
		return r
	}
	r := &printedCell{figure: readFigure(c.Text)}
	if r.figure.State == gongkai.Text || r.figure.State == gongkai.NAText {
		r.label, r.wordy = readLabel(c.Text), wordy(c.Text)
	}
	all[at] = r
	return r
}

// readItems sets items.
func (p *printedRow) readItems(read printedCells) {
	cells, r := p.grid.Rows[p.row], p.row
	for c := 0; c < len(cells); {
		end := c + 1
		for end < len(cells) && cells[end].Row == cells[c].Row && cells[end].Column == cells[c].Column {
			end++
		}
		if within(p.foreign, c, end) != nil {
			c = end
			continue
		}
		is := read.of(&cells[c])
		p.items = append(p.items, item{cell: &cells[c], from: c, to: end, above: cells[c].Row < r, figure: is.figure, label: is.label})
		c = end
	}
}

// findLabels sets labels and values. Labels are the leading cells with words,
// up to the last one that a form knows: a value with words (约22) stands
// behind it and stays a value.
func (p *printedRow) findLabels(read printedCells) {
	last, known := -1, -1
	for i := range p.items {
		it := &p.items[i]
		if is := read.of(it.cell); it.figure.State == gongkai.Text && is.wordy {
			last = i
			if is.isKnown() {
				known = i
			}
		} else if !it.blank() {
			break
		}
	}
	if known >= 0 {
		last = known
	}
	p.values = last + 1
	// What is merged down from above is a group, wherever it stands: a group
	// that ends a row late pushes the labels of the next ones to its left.
	for _, above := range []bool{true, false} {
		for _, it := range p.items[:p.values] {
			if !it.blank() && it.above == above {
				p.labels = append(p.labels, it.label)
			}
		}
	}
	if len(p.items)-p.values > inUse().numbers && inUse().groups[p.label().text] && bareOrdinal.MatchString(p.items[p.values].cell.Text) {
		p.values++
		p.labels, p.numbered = nil, true
	}
}

// bareOrdinal is a row's number without its words. A figure never ends so.
var bareOrdinal = regexp.MustCompile(`^(?:\d[.．、]|[(（]\d[)）]|[①-⑩])$`)

// tail returns the printed cells behind the labels, without padding.
func (p *printedRow) tail() []item {
	items := p.items[p.values:]
	for len(items) > 0 && items[len(items)-1].padding() {
		items = items[:len(items)-1]
	}
	return items
}

// short reports whether the row ends before its grid does.
func (p *printedRow) short() bool {
	return len(p.items) > 0 && p.items[len(p.items)-1].padding()
}

// label returns the innermost label; the zero label if there is none.
func (p *printedRow) label() label {
	if len(p.labels) == 0 {
		return label{}
	}
	return p.labels[len(p.labels)-1]
}

// text returns the row as printed, for messages.
func (p *printedRow) text() string {
	var parts []string
	for _, it := range p.items {
		if it.cell.Text != "" {
			parts = append(parts, it.cell.Text)
		}
	}
	return strings.Join(parts, " | ")
}

// place returns where the row stands: the place of its first printed cell.
func (p *printedRow) place() gongkai.Place {
	for i := range p.items {
		if !p.items[i].padding() {
			return p.items[i].cell.Place
		}
	}
	return gongkai.Place{}
}

func wordy(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}

// words is the set of labels that any form knows.
type words map[string]bool

func (w words) has(l label) bool {
	if w[l.text] || w[l.bare] {
		return true
	}
	if l.runes < 4 || l.runes > 60 {
		return false // a paragraph, not a label
	}
	for text := range w {
		if len(text) >= 12 && (strings.HasPrefix(l.text, text) || dice(l.text, text) >= 0.6) {
			return true
		}
	}
	return false
}

func (w words) add(texts ...string) {
	for _, s := range texts {
		l := readLabel(s)
		w[l.text], w[l.bare] = true, true
	}
}

// headerWords are printed in the headers of the standard tables but name no column.
var headerWords = []string{
	"申请人情况", "法人或其他组织", "信息内容", "行政诉讼",
	"（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
	"本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
}

// vocabulary returns every label of the forms.
func vocabulary(forms []gongkai.Form) words {
	w := words{}
	for _, s := range headerWords {
		w.add(s)
	}
	for _, f := range forms {
		for _, t := range f.Tables {
			for _, r := range t.Rows {
				w.add(r.Label)
				w.add(r.Texts...)
				w.add(r.Group...)
				w.add(r.Section)
			}
			for _, c := range t.Columns {
				w.add(c.Label)
				w.add(c.Texts...)
			}
		}
	}
	delete(w, "")
	return w
}
