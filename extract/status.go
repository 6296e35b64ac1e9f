package extract

import (
	"slices"

	"gongkai"
)

// verdict is the outcome of one identity for the reading of its cells.
type verdict int

const (
	open  verdict = iota // an operand is not known
	holds                // the identity holds
	fails                // it does not
)

// A judgement is how far a cell can be trusted, and why.
type judgement struct {
	status  gongkai.Status
	grounds gongkai.Grounds
}

// proofs count the equations that say something of a cell.
type proofs struct {
	held       int // equations that hold and can show an error of the cell
	failed     int // equations that fail
	failedOurs int // those of them with an operand that was not read alike twice
}

// judge judges every cell of a table. The identities of the form are checksums
// of the reading: a sum that holds confirms its cells; a sum that fails on cells
// read alike twice is the agency's error; anything else may be ours.
func judge(m *tableMatcher, t *tableReading) map[cellKey]judgement {
	count := map[cellKey]*proofs{}
	for key := range t.cells {
		count[key] = &proofs{}
	}
	for _, id := range m.table.Identities {
		for _, equation := range equations(m.table, id) {
			keys, v := t.evaluate(equation)
			ours := v == fails && slices.ContainsFunc(keys, func(k cellKey) bool { return !t.cells[k].certain() })
			for _, k := range keys {
				if v != open {
					count[k].add(v, ours, t.proves(id))
				}
			}
		}
	}
	judged := map[cellKey]judgement{}
	for key, c := range t.cells {
		judged[key] = judgement{c.status(*count[key]), c.grounds(*count[key])}
	}
	return judged
}

func (p *proofs) add(v verdict, ours, proves bool) {
	switch {
	case v == fails:
		p.failed++
		if ours {
			p.failedOurs++
		}
	case proves:
		p.held++
	}
}

// proves reports whether an identity that holds shows that its cells were read
// right. In a table without rules figures are laid into rows by position: one
// that slipped into another row keeps the sum of its row.
func (t *tableReading) proves(id gongkai.Identity) bool {
	return id.Axis == "column" || t.method != "stream"
}

// certain reports whether the figure is in the document as it was read: two
// readings agree, or a person has looked.
func (c *cellReading) certain() bool { return c.confirmed || c.agreed() }

// agreed reports whether two independent readings gave the same.
func (c *cellReading) agreed() bool {
	return !c.doubt && !c.weak && !c.ocr && c.second != nil && !c.differs()
}

// differs reports whether a second reading gave something else.
func (c *cellReading) differs() bool {
	return c.second != nil && (c.second.State != c.figure.State || c.second.Value != c.figure.Value)
}

func (c *cellReading) status(p proofs) gongkai.Status {
	switch {
	case c.confirmed:
		return gongkai.Confirmed
	case c.figure.State == gongkai.Missing, c.figure.State == gongkai.Unreadable, c.figure.State == gongkai.Text:
		return gongkai.Suspect
	case c.layer:
		return gongkai.OCR
	case c.doubt:
		return gongkai.Suspect
	case c.ocr && (p.failed > 0 || p.held == 0):
		return gongkai.OCR
	case c.differs(), p.failedOurs > 0:
		return gongkai.Suspect
	case p.failed > 0:
		return gongkai.Disputed
	case p.held > 0, c.agreed():
		return gongkai.Verified
	}
	return gongkai.Suspect
}

func (c *cellReading) grounds(p proofs) gongkai.Grounds {
	switch {
	case p.held > 0 && c.agreed():
		return gongkai.GroundsBoth
	case p.held > 0:
		return gongkai.GroundsSums
	case c.agreed():
		return gongkai.GroundsSecond
	}
	return gongkai.GroundsNone
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
// agencies mean it, if the equation then holds; if it does not, something may
// have been left out, and the equation is open. So it is with any cell that is
// missing or not a figure. An equation over nothing but zeros and blanks holds
// without proving anything, and is open.
func (t *tableReading) evaluate(e equation) (all []cellKey, v verdict) {
	sides := [2]gongkai.Decimal{}
	figures := [2]int{}
	nonzero, blank := false, false
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
				blank = true
			default:
				return all, open
			}
		}
	}
	switch {
	case !nonzero, figures[0] == 0 || figures[1] == 0:
		return all, open
	case sides[0] == sides[1]:
		return all, holds
	case blank:
		return all, open
	}
	return all, fails
}
