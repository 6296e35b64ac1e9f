package gongkai

// A Form is a table format as data: the rows, columns and identities that one
// notice prescribes. Forms live in extract/formats/*.toml.
type Form struct {
	ID          string      // "2021", "2019", "2014"
	Title       string      // what people call it
	Basis       string      // the notice that prescribes it
	Since       int         // first fiscal year it is meant for
	Until       int         // last fiscal year; 0 if still in force
	Provisional bool        // true if its rows were not yet checked against real reports
	Tables      []FormTable // in printed order
}

// A FormTable is one table of a form.
type FormTable struct {
	ID         string
	Title      string // the section heading, such as 收到和处理政府信息公开申请情况
	Rows       []FormRow
	Columns    []FormColumn
	Identities []Identity
	// Tells are words that stand in rows of this form and of no other that has
	// the same table, however their labels were cut or joined.
	Tells []string
}

// A FormRow is one printed row.
type FormRow struct {
	ID      string
	Label   string   // as the form prints it
	Group   []string // labels of the spanning cells to its left, outermost first
	Texts   []string // other wordings seen in real reports
	Columns []string // ids of the columns it has; empty means all of the table's
	Kind    string   // "flow", "outcome", "total" or empty: its part in the identities
	Section string   // block header above it, such as 第二十条第（一）项; empty if none
	Money   string   // "wan" if its figures are amounts in 万元, empty for what the columns say
}

// A FormColumn is one printed column.
type FormColumn struct {
	ID     string
	Label  string
	Texts  []string
	Signed bool   // a negative figure is meant (本年增/减)
	Money  string // "wan" if in 万元, "unknown" if the form gives no unit, empty if a count
}

// An Identity is an equation that a table must satisfy by construction:
// the sum of Left equals the sum of Right, for every column (or row) of Over.
type Identity struct {
	ID    string   // "balance", "sum", "row", "suits"
	Axis  string   // "column": terms are row ids, tested in each column; "row": terms are column ids, tested in each row
	Left  []string // ids
	Right []string // ids
	Basis string   // where the rule is printed
}

// CellColumns returns the ids of the columns that row r of t has.
func (t *FormTable) CellColumns(r *FormRow) []string {
	if len(r.Columns) > 0 {
		return r.Columns
	}
	ids := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		ids[i] = c.ID
	}
	return ids
}

// Size returns the number of cells of the form: 200 for form 2021.
func (f *Form) Size() int {
	n := 0
	for i := range f.Tables {
		t := &f.Tables[i]
		for j := range t.Rows {
			n += len(t.CellColumns(&t.Rows[j]))
		}
	}
	return n
}
