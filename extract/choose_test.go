package extract

import (
	"testing"

	"gongkai"
)

// printTable prints a table of a form as the form says, every figure 1.
func printTable(m *tableMatcher) *Grid {
	g := &Grid{Method: "html"}
	line := func(texts ...string) {
		r := len(g.Rows)
		row := make([]GridCell, len(m.order)+1)
		for c := range row {
			row[c] = GridCell{Row: r, Column: c, Place: gongkai.Place{Table: 1, Row: r + 1, Column: c + 1}}
			if c < len(texts) {
				row[c].Text = texts[c]
			}
		}
		g.Rows = append(g.Rows, row)
	}
	head := []string{"信息内容"}
	for _, c := range m.table.Columns {
		head = append(head, c.Label)
	}
	if m.table.ID != "proactive" {
		line(head...)
	}
	for i := range m.table.Rows {
		row := &m.table.Rows[i]
		columns := m.table.CellColumns(row)
		if m.table.ID == "proactive" {
			head = []string{"信息内容"}
			for _, id := range columns {
				for _, c := range m.table.Columns {
					if c.ID == id {
						head = append(head, c.Label)
					}
				}
			}
			line(head...)
		}
		texts := []string{row.Label}
		for range columns {
			texts = append(texts, "1")
		}
		line(texts...)
	}
	return g
}

// TestEveryFormCanBeChosen prints the tables of each form and reads them for its
// first year: a form that is never chosen for what it says itself is of no use.
func TestEveryFormCanBeChosen(t *testing.T) {
	for _, f := range Forms() {
		for _, table := range f.Tables {
			c := &Content{Reader: "html", Blocks: []Block{{Grid: printTable(matcher(f.ID, table.ID))}}}
			rows, hint := printedRows(c, f.Since), formHint{year: f.Since}
			var got *tableReading
			switch table.ID {
			case "proactive":
				got = readProactive(rows, hint)
			case "requests":
				got = readRequests(rows, hint)
			case "disputes":
				continue // goes with the others
			case "statistics":
				got = readStatistics(rows)
			default:
				t.Errorf("form %s: nothing reads a table %s", f.ID, table.ID)
				continue
			}
			if got == nil || got.form != f.ID {
				t.Errorf("form %s can never be chosen for its table %s: %+v", f.ID, table.ID, got)
			}
		}
	}
}
