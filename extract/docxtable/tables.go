package docxtable

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxSpan bounds gridSpan, gridBefore and the columns of a table.
const maxSpan = 200

// A table is a w:tbl with its rows as written.
type table struct {
	number int // in the part, from 1
	rows   []row
}

// A row is a w:tr. Deleted and hidden rows are not kept.
type row struct {
	before, after int // columns left out at its ends
	cells         []cell
}

// A cell is a w:tc.
type cell struct {
	span   int
	below  bool // goes on with the cell above it (vMerge)
	nodes  []node
	hidden string // text with digits that it holds and does not show
}

// own returns what is shown in the cell, without the tables inside it.
func (c *cell) own() string {
	var b strings.Builder
	for i := range c.nodes {
		if c.nodes[i].table == nil {
			b.WriteString(c.nodes[i].text + string(brk))
		}
	}
	return fold(b.String())
}

// maxNested bounds the text that tables inside a cell give to it: longer text
// is no figure and no label.
const maxNested = 600

// text returns what is shown in the cell, and whether digits in it stand on
// two lines. A figure may stand in a little table of its own, so the text of
// tables inside the cell is part of it.
func (c *cell) text() (text string, broken bool) {
	var b strings.Builder
	c.write(&b)
	return withPictures(fold(b.String())), brokenPattern.MatchString(b.String())
}

func (c *cell) holdsTables() bool {
	return slices.ContainsFunc(c.nodes, func(n node) bool { return n.table != nil })
}

func (c *cell) write(b *strings.Builder) {
	for i := range c.nodes {
		switch t := c.nodes[i].table; {
		case t == nil:
			b.WriteString(c.nodes[i].text + string(brk))
		case b.Len() < maxNested:
			t.write(b)
		}
	}
}

// box reports whether a table inside a cell is only a box around its text:
// at most one of its cells is filled, and none holds a table.
func (t *table) box() bool {
	filled := 0
	for r := range t.rows {
		for i := range t.rows[r].cells {
			switch c := &t.rows[r].cells[i]; {
			case c.holdsTables():
				return false
			case c.own() != "":
				filled++
			}
		}
	}
	return filled < 2
}

func (t *table) write(b *strings.Builder) {
	for r := range t.rows {
		for i := range t.rows[r].cells {
			t.rows[r].cells[i].write(b)
		}
	}
}

func (c *cell) numbered() bool {
	for i := range c.nodes {
		if c.nodes[i].numbered {
			return true
		}
	}
	return false
}

func (p *parser) table() (*table, error) {
	p.tables++
	t := &table{number: p.tables}
	style := p.tableStyle
	defer func() { p.tableStyle = style }()
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tr":
			return p.row(t)
		case "tblPr":
			return p.each(func(e xml.StartElement) error {
				if e.Name.Local == "tblStyle" {
					p.tableStyle = val(e)
				}
				return p.skip(e)
			}, nil)
		case "sdt", "sdtContent", "ins", "moveTo", "customXml":
			return p.each(read, nil)
		case "AlternateContent":
			return p.alternate(func(xml.StartElement) error { return p.each(read, nil) })
		}
		return p.skip(e)
	}
	return t, p.each(read, nil)
}

func (p *parser) row(t *table) error {
	var r row
	gone := false
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tc":
			return p.cell(&r)
		case "trPr", "sdt", "sdtContent", "ins", "moveTo", "customXml":
			return p.each(read, nil)
		case "gridBefore":
			r.before = span(e, 0)
		case "gridAfter":
			r.after = span(e, 0)
		case "del", "hidden":
			gone = gone || e.Name.Local == "del" || on(e)
		}
		return p.skip(e)
	}
	err := p.each(read, nil)
	if !gone {
		t.rows = append(t.rows, r)
	}
	return err
}

func (p *parser) cell(r *row) error {
	c := cell{span: 1}
	gone, merged := false, false
	fill, concealed := p.fill, len(p.concealed)
	defer func() { p.fill = fill }()
	err := p.each(func(e xml.StartElement) error {
		if e.Name.Local != "tcPr" {
			return p.content(e, &c.nodes)
		}
		return p.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "gridSpan":
				c.span = span(e, 1)
			case "vMerge":
				c.below = val(e) != "restart"
			case "hMerge":
				merged = val(e) != "restart"
			case "cellDel":
				gone = true
			case "shd":
				p.fill = attr(e, "fill")
			}
			return p.skip(e)
		}, nil)
	}, nil)
	c.hidden = strings.Join(p.concealed[concealed:], "")
	switch last := len(r.cells) - 1; {
	case gone:
	case merged && last >= 0:
		r.cells[last].span = min(r.cells[last].span+c.span, maxSpan)
		r.cells[last].nodes = append(r.cells[last].nodes, c.nodes...)
	default:
		r.cells = append(r.cells, c)
	}
	return err
}

// content reads one child of a cell.
func (p *parser) content(e xml.StartElement, to *[]node) error {
	switch e.Name.Local {
	case "p":
		return p.paragraph(to)
	case "tbl":
		t, err := p.table()
		*to = append(*to, node{table: t})
		return err
	case "sdt", "sdtContent", "ins", "moveTo", "customXml":
		return p.blocks(e, to)
	case "AlternateContent":
		return p.alternate(func(e xml.StartElement) error { return p.blocks(e, to) })
	case "altChunk":
		*to = append(*to, node{text: string(picture)})
		p.odd = append(p.odd, "a part of a cell that was imported from another format was not read")
	}
	return p.skip(e)
}

func span(e xml.StartElement, least int) int {
	n, err := strconv.Atoi(strings.TrimSpace(val(e)))
	if err != nil {
		return least
	}
	return min(max(n, least), maxSpan)
}

// layout reports whether the table only frames text: one cell a row, with
// tables or much prose in it.
func (t *table) layout() bool {
	prose := false
	for i := range t.rows {
		if len(t.rows[i].cells) > 1 {
			return false
		}
		for j := range t.rows[i].cells {
			c := &t.rows[i].cells[j]
			prose = prose || utf8.RuneCountInString(c.own()) > 100
			for k := range c.nodes {
				prose = prose || c.nodes[k].table != nil
			}
		}
	}
	return prose
}
