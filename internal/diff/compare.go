// Package diff sets two reports, or two versions of one, side by side.
package diff

import (
	"slices"
	"strings"

	"gongkai"
	"gongkai/extract"
)

// A Sheet is the cells of one report, in the order of its form.
type Sheet struct {
	Name  string // of the document
	cells []sheetCell
	at    map[string]int // place in cells by address
}

type sheetCell struct {
	address, label string
	table, row     string
	column         string
	cell           gongkai.Cell
}

func (s *Sheet) add(label string, c gongkai.Cell) {
	address := c.Table + "." + c.Row + "." + c.Column
	if s.at == nil {
		s.at = map[string]int{}
	}
	s.at[address] = len(s.cells)
	s.cells = append(s.cells, sheetCell{address: address, label: label, table: c.Table, row: c.Row, column: c.Column, cell: c})
}

// find returns the cell at an address, or one that is missing.
func (s *Sheet) find(address string) gongkai.Cell {
	if i, ok := s.at[address]; ok {
		return s.cells[i].cell
	}
	return gongkai.Cell{State: gongkai.Missing}
}

// Read makes a sheet of a report that was read.
func Read(name string, r *gongkai.Report) *Sheet {
	labels := map[string]string{}
	for _, f := range extract.Forms() {
		for i := range f.Tables {
			t := &f.Tables[i]
			for j := range t.Rows {
				for _, c := range t.Columns {
					label := append(slices.Clone(t.Rows[j].Group), t.Rows[j].Label, c.Label)
					labels[strings.Join([]string{f.ID, t.ID, t.Rows[j].ID, c.ID}, ".")] = strings.Join(slices.DeleteFunc(label, func(s string) bool { return s == "" }), " ")
				}
			}
		}
	}
	s := &Sheet{Name: name}
	for _, c := range r.Cells {
		s.add(labels[strings.Join([]string{c.Form, c.Table, c.Row, c.Column}, ".")], c)
	}
	return s
}

// A Difference is a cell of either report, as it stands in both.
type Difference struct {
	Table, Row, Column string
	Label              string
	A, B               gongkai.Cell // of state missing where there is none
	Differs            bool         // not the same figure or mark is printed
}

// Numbers reports whether there is a number on both sides.
func (d *Difference) Numbers() bool {
	return d.A.State == gongkai.Number && d.B.State == gongkai.Number
}

// Between lists every cell of two reports, in the order of the first.
func Between(a, b *Sheet) []Difference {
	cells := slices.Clone(a.cells)
	for _, c := range b.cells {
		if _, ok := a.at[c.address]; !ok {
			cells = append(cells, c)
		}
	}
	var all []Difference
	for _, c := range cells {
		d := Difference{Table: c.table, Row: c.row, Column: c.column, Label: c.label, A: a.find(c.address), B: b.find(c.address)}
		d.Differs = d.A.State != d.B.State || d.Numbers() && d.A.Value != d.B.Value || !d.Numbers() && d.A.Raw != d.B.Raw
		all = append(all, d)
	}
	return all
}
