package warehouse

import (
	"context"
	"database/sql/driver"
	"fmt"

	"gongkai"
)

// terms lists the measures that each cell of the forms is a part of.
type terms map[[4]string][]string // by form, table, row, column

// readTerms reads table measure_term.
func (w *DB) readTerms(ctx context.Context) error {
	rows, err := w.db.QueryContext(ctx, "SELECT form::VARCHAR, table_id::VARCHAR, row_id::VARCHAR, column_id::VARCHAR, measure FROM measure_term")
	if err != nil {
		return fmt.Errorf("read measures: %w", err)
	}
	defer rows.Close()
	w.terms = terms{}
	for rows.Next() {
		var at [4]string
		var measure string
		if err := rows.Scan(&at[0], &at[1], &at[2], &at[3], &measure); err != nil {
			return fmt.Errorf("read measures: %w", err)
		}
		w.terms[at] = append(w.terms[at], measure)
	}
	return rows.Err()
}

// A sum is a measure of one report: cells added up.
type sum struct {
	form    string
	value   gongkai.Decimal
	known   bool // every cell is
	lenient bool // a cell without a figure was counted as zero, or a blank total taken from its parts
}

// largest is the largest figure that DECIMAL(18, 6) holds.
const largest = gongkai.Decimal(1e18 - 1)

// measures adds up the measures of a report, so that a trend over all reports
// need not read all their cells.
func (w *DB) measures(rs *rows, id int64, r *gongkai.Report, blanks map[[3]string]blankTotal) {
	sums := map[string]*sum{}
	var order []string
	for i := range r.Cells {
		c := &r.Cells[i]
		for _, measure := range w.terms[[4]string{c.Form, c.Table, c.Row, c.Column}] {
			s := sums[measure]
			if s == nil {
				s = &sum{form: c.Form, known: true}
				sums[measure], order = s, append(order, measure)
			}
			v, known := lenientValue(c, blanks)
			s.value += v
			s.known = s.known && known
			s.lenient = s.lenient || c.State != gongkai.Number
		}
	}
	for _, measure := range order {
		s := sums[measure]
		var value driver.Value
		if s.known && s.value <= largest && s.value >= -largest {
			value = decimal(s.value)
		}
		rs.add("measured", id, measure, s.form, value, s.lenient)
	}
}

// lenientValue reads a cell as agencies mean it: what is blank counts as zero,
// but a total left blank as the sum of its parts. Known is false if there is
// no telling.
func lenientValue(c *gongkai.Cell, blanks map[[3]string]blankTotal) (value gongkai.Decimal, known bool) {
	if c.State == gongkai.Number {
		return c.Value, true
	}
	if b, blank := blanks[[3]string{c.Table, c.Row, c.Column}]; blank {
		return b.parts, b.sum
	}
	return 0, blankState(c.State)
}
