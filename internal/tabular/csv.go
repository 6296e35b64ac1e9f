package tabular

import (
	"encoding/csv"
	"io"
)

// rowsCSV writes CSV (RFC 4180) or tab-separated lines. NULL is an empty
// field.
type rowsCSV struct {
	w      *csv.Writer
	record []string
}

func newRowsCSV(w io.Writer, columns []Column, comma rune) (*rowsCSV, error) {
	c := &rowsCSV{w: csv.NewWriter(w)}
	c.w.Comma = comma
	for _, col := range columns {
		c.record = append(c.record, Visible(col.Name))
	}
	return c, c.w.Write(c.record)
}

func (c *rowsCSV) Row(values []Value) error {
	c.record = c.record[:0]
	for _, v := range values {
		if !v.Known {
			v.Text = ""
		}
		c.record = append(c.record, Visible(v.Text))
	}
	return c.w.Write(c.record)
}

func (c *rowsCSV) Close() error {
	c.w.Flush()
	return c.w.Error()
}
