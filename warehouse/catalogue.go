package warehouse

import (
	"database/sql/driver"
	"slices"
	"strings"

	"gongkai"
)

// catalogueTables are the tables that hold the forms.
var catalogueTables = []string{
	"form", "form_table", "form_row", "form_column", "form_cell", "identity", "equation", "equation_term",
}

// catalogue gives the forms as rows, their identities spelled out.
func catalogue(forms []gongkai.Form) *rows {
	rs := &rows{of: map[string][][]driver.Value{}}
	for i := range forms {
		f := &forms[i]
		rs.add("form", f.ID, f.Title, f.Basis, int32(f.Since), number(f.Until), f.Provisional)
		position := int32(0)
		for j := range f.Tables {
			t := &f.Tables[j]
			rs.add("form_table", f.ID, t.ID, int32(j+1), t.Title)
			for k := range t.Columns {
				c := &t.Columns[k]
				rs.add("form_column", f.ID, t.ID, c.ID, int32(k+1), c.Label, c.Signed, null(c.Money))
			}
			for k := range t.Rows {
				r := &t.Rows[k]
				rs.add("form_row", f.ID, t.ID, r.ID, int32(k+1), r.Label, texts(r.Group), null(r.Kind), null(r.Section))
				for _, c := range t.CellColumns(r) {
					position++
					rs.add("form_cell", f.ID, t.ID, r.ID, c, position, cellName(t.ID, r.ID, c), cellLabel(t, r, c))
				}
			}
			rs.equations(f, t)
		}
	}
	return rs
}

func (rs *rows) equations(f *gongkai.Form, t *gongkai.FormTable) {
	for _, id := range t.Identities {
		rs.add("identity", f.ID, t.ID, id.ID, id.Axis, texts(id.Left), texts(id.Right), id.Basis)
		for _, e := range equations(t, id) {
			n := int32(len(rs.of["equation"]) + 1)
			row, column := e.place()
			rs.add("equation", n, f.ID, t.ID, id.ID, null(row), null(column), addresses(t.ID, e.left), addresses(t.ID, e.right))
			for side, terms := range [][]place{e.left, e.right} {
				for _, p := range terms {
					rs.add("equation_term", n, id.ID, f.ID, t.ID, p.row, p.column, int8(side))
				}
			}
		}
	}
}

// A place is a cell of a table.
type place struct{ row, column string }

// An equation is one instance of an identity: the cells of its two sides must
// have the same sum.
type equation struct{ left, right []place }

// equations spells an identity out: one equation for each column, or each row,
// that has all the terms.
func equations(t *gongkai.FormTable, id gongkai.Identity) []equation {
	exists := map[place]bool{}
	for i := range t.Rows {
		for _, c := range t.CellColumns(&t.Rows[i]) {
			exists[place{t.Rows[i].ID, c}] = true
		}
	}
	var list []equation
	add := func(at func(term string) place) {
		var e equation
		for _, term := range id.Left {
			e.left = append(e.left, at(term))
		}
		for _, term := range id.Right {
			e.right = append(e.right, at(term))
		}
		if !slices.ContainsFunc(slices.Concat(e.left, e.right), func(p place) bool { return !exists[p] }) {
			list = append(list, e)
		}
	}
	if id.Axis == "column" {
		for _, c := range t.Columns {
			add(func(term string) place { return place{term, c.ID} })
		}
		return list
	}
	for i := range t.Rows {
		add(func(term string) place { return place{t.Rows[i].ID, term} })
	}
	return list
}

// place says where a finding on e points: the total if the right side is one
// cell, else the column or row that all cells share.
func (e equation) place() (row, column string) {
	p := e.right[0]
	if len(e.right) == 1 {
		return p.row, p.column
	}
	if p.row == e.right[1].row {
		return p.row, ""
	}
	return "", p.column
}

func addresses(table string, cells []place) []string {
	list := make([]string, len(cells))
	for i, p := range cells {
		list[i] = table + "." + p.row + "." + p.column
	}
	return list
}

// cellName names the cell's column in the wide view.
func cellName(table, row, column string) string { return table + "_" + row + "_" + column }

// cellLabel says in Chinese which cell is meant: 三、本年度办理结果 （三）不予公开 1.属于国家秘密 · 自然人.
func cellLabel(t *gongkai.FormTable, r *gongkai.FormRow, column string) string {
	label := strings.Join(append(slices.Clone(r.Group), r.Label), " ")
	for i := range t.Columns {
		if t.Columns[i].ID == column {
			return label + " · " + t.Columns[i].Label
		}
	}
	return label
}

// texts gives a list that is empty rather than NULL.
func texts(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
