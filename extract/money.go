package extract

import (
	"strings"

	"gongkai"
)

// money returns the unit that the form gives the money at a place, empty if it
// is a count.
func money(m *tableMatcher, row, column string) string {
	for i := range m.table.Rows {
		if m.table.Rows[i].ID == row && m.table.Rows[i].Money != "" {
			return m.table.Rows[i].Money
		}
	}
	for _, c := range m.table.Columns {
		if c.ID == column {
			return c.Money
		}
	}
	return ""
}

// readUnit settles the unit of a money cell: the cell's own, else that of the
// words over or beside it. An amount in another unit than the form's stays as it
// is printed, and in doubt.
func (t *tableReading) readUnit(m *tableMatcher, row, column string, c *cellReading, words string) {
	form := money(m, row, column)
	if form == "" || c.figure.State != gongkai.Number {
		return
	}
	headed := unitIn(words)
	switch printed := c.figure.Unit; {
	case printed == "wan" || printed == "yuan":
		c.unit = printed
		if headed != "" && headed != printed {
			c.doubt = c.doubt || c.figure.Value != 0
			t.issue(gongkai.IssueUnit, row, column, c.place, "%q where the words say %q", c.raw, words)
			return
		}
	case headed != "":
		c.unit = headed
	default:
		c.unit = "unknown"
	}
	switch {
	case form == "wan" && c.unit == "yuan":
		c.doubt = c.doubt || c.figure.Value != 0
		t.issue(gongkai.IssueUnit, row, column, c.place, "%q is in 元, the form wants 万元", c.raw)
	case c.unit == "unknown" && c.figure.Value != 0:
		t.issue(gongkai.IssueUnit, row, column, c.place, "%q has no unit, and neither have the words with it", c.raw)
	}
}

func unitIn(words string) string {
	switch {
	case strings.Contains(words, "万元"):
		return "wan"
	case strings.Contains(words, "元"):
		return "yuan"
	}
	return ""
}

// counts makes Text of what cannot be a count without doubt, in every column of
// counts, in either reading.
func (t *tableReading) counts(m *tableMatcher) {
	for key, c := range t.cells {
		if money(m, key.row, key.column) != "" {
			continue
		}
		c.figure = c.figure.asCount(c.raw)
		if c.second != nil {
			*c.second = c.second.asCount(c.beside)
		}
	}
}
