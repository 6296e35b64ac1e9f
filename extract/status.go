package extract

import "gongkai"

// verdict is the outcome of one identity for the reading of its cells.
type verdict int

const (
	open  verdict = iota // an operand is not known
	holds                // the identity holds
	fails                // it does not
)

// judge sets the status of every cell of a table. The identities of the form
// are checksums of the reading: a sum that holds confirms its cells; a sum
// that fails on cells read alike twice is the agency's error; anything else
// may be ours.
func judge(m *tableMatcher, t *tableReading) map[cellKey]gongkai.Status {
	agreed := map[cellKey]bool{}
	for key, c := range t.cells {
		agreed[key] = c.agreed()
	}
	held, failed, failedOurs := map[cellKey]int{}, map[cellKey]int{}, map[cellKey]int{}
	for _, id := range m.table.Identities {
		for _, equation := range equations(m.table, id) {
			keys, v := t.evaluate(equation)
			switch v {
			case holds:
				for _, k := range keys {
					held[k]++
				}
			case fails:
				ours := false
				for _, k := range keys {
					ours = ours || !agreed[k]
				}
				for _, k := range keys {
					failed[k]++
					if ours {
						failedOurs[k]++
					}
				}
			}
		}
	}
	statuses := map[cellKey]gongkai.Status{}
	for key, c := range t.cells {
		statuses[key] = c.status(held[key], failed[key], failedOurs[key])
	}
	return statuses
}

// agreed reports whether two independent readings gave the same.
func (c *cellReading) agreed() bool {
	return !c.doubt && !c.weak && c.second != nil && c.second.State == c.figure.State && c.second.Value == c.figure.Value
}

func (c *cellReading) status(held, failed, failedOurs int) gongkai.Status {
	differs := c.second != nil && (c.second.State != c.figure.State || c.second.Value != c.figure.Value)
	switch {
	case c.figure.State == gongkai.Missing, c.figure.State == gongkai.Unreadable, c.figure.State == gongkai.Text:
		return gongkai.Suspect
	case c.doubt:
		return gongkai.Suspect
	case c.ocr && (failed > 0 || held == 0):
		return gongkai.OCR
	case differs, failedOurs > 0:
		return gongkai.Suspect
	case failed > 0:
		return gongkai.Disputed
	case held > 0, c.agreed():
		return gongkai.Verified
	}
	return gongkai.Suspect
}

// An equation is one instance of an identity: the cells of its two sides.
type equation struct{ left, right []cellKey }

// equations spells an identity out over the table: one per column, or one per
// row, in which all its terms exist.
func equations(t *gongkai.FormTable, id gongkai.Identity) []equation {
	var list []equation
	if id.Axis == "column" {
		for _, c := range t.Columns {
			list = append(list, equation{keys(id.Left, c.ID, false), keys(id.Right, c.ID, false)})
		}
		return list
	}
	for i := range t.Rows {
		list = append(list, equation{keys(id.Left, t.Rows[i].ID, true), keys(id.Right, t.Rows[i].ID, true)})
	}
	return list
}

func keys(terms []string, other string, row bool) []cellKey {
	list := make([]cellKey, len(terms))
	for i, term := range terms {
		if row {
			list[i] = cellKey{row: other, column: term}
		} else {
			list[i] = cellKey{row: term, column: other}
		}
	}
	return list
}

// evaluate tests one equation. A blank, a mark or 无 counts as nothing, as
// agencies mean it; but a blank total beside filled parts leaves the equation
// open, and so does any cell that is missing or not a figure. An equation over
// nothing but zeros and blanks holds without proving anything, and is open.
func (t *tableReading) evaluate(e equation) (all []cellKey, v verdict) {
	sides := [2]gongkai.Decimal{}
	figures := [2]int{}
	nonzero := false
	for side, terms := range [2][]cellKey{e.left, e.right} {
		for _, k := range terms {
			all = append(all, k)
			c, ok := t.cells[k]
			if !ok {
				return all, open
			}
			switch c.figure.State {
			case gongkai.Number:
				sides[side] += c.figure.Value
				figures[side]++
				nonzero = nonzero || c.figure.Value != 0
			case gongkai.Blank, gongkai.Slash, gongkai.Dash, gongkai.NAText:
			default:
				return all, open
			}
		}
	}
	switch {
	case !nonzero:
		return all, open
	case figures[0] == 0 || figures[1] == 0:
		return all, open
	case sides[0] == sides[1]:
		return all, holds
	}
	return all, fails
}
