package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gongkai"
)

// What is read of many reports at a time is added up when a report is loaded,
// so that a check or a trend over all of them need not read all their cells.

// uses says what a cell of the forms is a part of.
type uses struct {
	measures []string
	sides    []side
}

// A side is the left or the right of an equation.
type side struct {
	equation int32
	right    bool
	alone    bool // the cell is the whole side
}

// readUses reads tables measure_term and equation_term.
func (w *DB) readUses(ctx context.Context) error {
	rows, err := w.db.QueryContext(ctx, `
		SELECT form::VARCHAR, table_id::VARCHAR, row_id::VARCHAR, column_id::VARCHAR, measure::VARCHAR, 0, false, false FROM measure_term
		UNION ALL SELECT form::VARCHAR, table_id::VARCHAR, row_id::VARCHAR, column_id::VARCHAR, NULL, equation_id, side = 1,
			count(*) OVER (PARTITION BY equation_id, side) = 1 FROM equation_term`)
	if err != nil {
		return fmt.Errorf("read terms: %w", err)
	}
	defer rows.Close()
	w.uses = map[[4]string]*uses{}
	for rows.Next() {
		var at [4]string
		var measure *string
		var s side
		if err := rows.Scan(&at[0], &at[1], &at[2], &at[3], &measure, &s.equation, &s.right, &s.alone); err != nil {
			return fmt.Errorf("read terms: %w", err)
		}
		u := w.uses[at]
		if u == nil {
			u = &uses{}
			w.uses[at] = u
		}
		if measure != nil {
			u.measures = append(u.measures, *measure)
		} else {
			u.sides = append(u.sides, s)
		}
	}
	return rows.Err()
}

// An amount is a sum of figures. It cannot overflow: a Decimal has 12 digits
// before the point.
type amount struct{ whole, fraction int64 }

func (a *amount) add(d gongkai.Decimal) {
	a.whole += int64(d / gongkai.One)
	a.fraction += int64(d % gongkai.One)
}

// value is for a column DECIMAL(18, 6); NULL if the amount has more than 12
// digits before the point.
func (a amount) value() driver.Value {
	const limit = 1_000_000_000_000
	whole, fraction := a.whole+a.fraction/int64(gongkai.One), a.fraction%int64(gongkai.One)
	if whole > limit || whole < -limit {
		return nil
	}
	v := gongkai.Decimal(whole)*gongkai.One + gongkai.Decimal(fraction)
	if v >= limit*gongkai.One || v <= -limit*gongkai.One {
		return nil
	}
	return decimal(v)
}

// A measured sum is a measure of one report: cells added up.
type measuredSum struct {
	form string
	amount
	known    bool // every cell is
	lenient  bool // a cell without a figure was counted as zero, or a blank total taken from its parts
	doubtful bool // a cell was not read without doubt
}

// An equationSum is an equation of one report, with its sides added up: of
// what is known, blanks as zeros, a total left blank among others as its parts.
type equationSum struct {
	sides          [2]amount
	known, figures [2]int8 // cells that count, and those of them that are printed figures
}

// value is the sum of side i; NULL if nothing of it is known or it has more
// than 12 digits, so that the equation cannot be tested.
func (s *equationSum) value(i int) driver.Value {
	if s.known[i] == 0 {
		return nil
	}
	return s.sides[i].value()
}

// A tableSum tells of a table of one report what can be told without its cells.
type tableSum struct {
	cells, read, figures, known, nonzero int16
	largest                              *gongkai.Decimal
	content                              []byte // places and figures, in order
}

// added are the sums of one report.
type added struct {
	measured  map[string]*measuredSum
	equations map[int32]*equationSum
	tables    map[string]*tableSum
}

// add adds the cells of a report up.
func (w *DB) add(r *gongkai.Report, meant *meaning) *added {
	a := &added{measured: map[string]*measuredSum{}, equations: map[int32]*equationSum{}, tables: map[string]*tableSum{}}
	for i := range r.Cells {
		c := &r.Cells[i]
		b, blank := meant.blankTotal(c)
		value, known := meant.figure(c)
		a.table(c, value, known)
		u := w.uses[[4]string{c.Form, c.Table, c.Row, c.Column}]
		if u == nil {
			continue
		}
		derived, derivable := value, known
		if blank {
			derived, derivable = b.parts, b.sum
		}
		for _, s := range u.sides {
			if s.alone { // to hold a blank total against its own parts would prove nothing
				a.side(s, c, value, known)
			} else {
				a.side(s, c, derived, derivable)
			}
		}
		for _, measure := range u.measures {
			a.measure(measure, c, derived, derivable)
		}
	}
	return a
}

func (a *added) measure(measure string, c *gongkai.Cell, value gongkai.Decimal, known bool) {
	s := a.measured[measure]
	if s == nil {
		s = &measuredSum{form: c.Form, known: true}
		a.measured[measure] = s
	}
	s.amount.add(value)
	s.known = s.known && known && !otherUnit(measure, c)
	s.lenient = s.lenient || c.State != gongkai.Number
	s.doubtful = s.doubtful || !c.Status.Certain()
}

// otherUnit reports whether a measure in 万元 meets an amount that is printed in 元:
// it is not converted, and no part of a sum.
func otherUnit(measure string, c *gongkai.Cell) bool {
	return strings.HasSuffix(measure, "_wan") && c.Unit == "yuan" && c.Value != 0
}

func (a *added) side(at side, c *gongkai.Cell, value gongkai.Decimal, known bool) {
	s := a.equations[at.equation]
	if s == nil {
		s = &equationSum{}
		a.equations[at.equation] = s
	}
	i := 0
	if at.right {
		i = 1
	}
	if known {
		s.sides[i].add(value)
		s.known[i]++
	}
	if c.State == gongkai.Number {
		s.figures[i]++
	}
}

func (a *added) table(c *gongkai.Cell, value gongkai.Decimal, known bool) {
	t := a.tables[c.Table]
	if t == nil {
		t = &tableSum{}
		a.tables[c.Table] = t
	}
	t.cells++
	if c.State != gongkai.Unreadable && c.State != gongkai.Text {
		t.read++
	}
	if c.State == gongkai.Number {
		t.figures++
	}
	t.content = fmt.Appendf(t.content, "%s %s %s ", c.Form, c.Row, c.Column)
	if !known {
		t.content = append(t.content, "?\n"...)
		return
	}
	t.content = append(append(t.content, value.String()...), '\n')
	t.known++
	if value != 0 {
		t.nonzero++
	}
	if t.largest == nil || value > *t.largest {
		t.largest = &value
	}
}

// fingerprint names the figures of the table and their places. Form, not the
// document, gives the order of cells.
func (t *tableSum) fingerprint() uint64 {
	sum := sha256.Sum256(t.content)
	return binary.BigEndian.Uint64(sum[:])
}

// rows appends the rows of report_table, equation_sum and measured.
func (a *added) rows(rs *rows, id int64, r *gongkai.Report) {
	for _, t := range r.Tables {
		s := a.tables[t.ID]
		if s == nil {
			s = &tableSum{}
		}
		var largest driver.Value
		if s.largest != nil {
			largest = decimal(*s.largest)
		}
		rs.add("report_table", id, t.ID, t.Form, t.Found, null(t.Method), s.cells, s.read, s.figures, s.known, s.nonzero, largest, s.fingerprint())
	}
	for _, n := range slices.Sorted(maps.Keys(a.equations)) {
		s := a.equations[n]
		rs.add("equation_sum", id, n, s.value(0), s.value(1), s.known[0], s.known[1], s.figures[0], s.figures[1])
	}
	for _, measure := range slices.Sorted(maps.Keys(a.measured)) {
		s := a.measured[measure]
		var value driver.Value
		if s.known {
			value = s.value()
		}
		rs.add("measured", id, measure, s.form, value, s.lenient, s.doubtful)
	}
}
