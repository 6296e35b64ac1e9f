package main

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

func newRowsCSV(w io.Writer, columns []column, comma rune) (*rowsCSV, error) {
	c := &rowsCSV{w: csv.NewWriter(w)}
	c.w.Comma = comma
	for _, col := range columns {
		c.record = append(c.record, visible(col.name))
	}
	return c, c.w.Write(c.record)
}

func (c *rowsCSV) row(values []value) error {
	c.record = c.record[:0]
	for _, v := range values {
		if !v.known {
			v.text = ""
		}
		c.record = append(c.record, visible(v.text))
	}
	return c.w.Write(c.record)
}

func (c *rowsCSV) close() error {
	c.w.Flush()
	return c.w.Error()
}
