package reportfile

import (
	"encoding/csv"
	"io"

	"gongkai"
	"gongkai/internal/tabular"
	"gongkai/internal/words"
)

// cellColumns is the header of the cells as CSV. Other tools depend on it.
var cellColumns = []string{
	"file", "agency", "year", "form", "table", "row", "column", "state", "value", "raw", "page", "status",
	"second", "grounds",
}

// reportCSV writes one line per cell.
type reportCSV struct {
	w   *csv.Writer
	err error
}

func newReportCSV(w io.Writer) *reportCSV {
	c := &reportCSV{w: csv.NewWriter(w)}
	c.err = c.w.Write(cellColumns)
	return c
}

func (c *reportCSV) Report(r *gongkai.Report) error {
	if c.err != nil {
		return c.err
	}
	for i := range r.Cells {
		cell := &r.Cells[i]
		value, second := "", ""
		if cell.State == gongkai.Number {
			value = cell.Value.String()
		}
		if cell.Second != nil {
			second = cell.Second.Raw
		}
		record := []string{
			r.Name, r.Agency, words.OrEmpty(r.Year), cell.Form, cell.Table, cell.Row, cell.Column,
			string(cell.State), value, cell.Raw, words.OrEmpty(cell.Place.Page), string(cell.Status),
			second, string(cell.Grounds),
		}
		for i, field := range record {
			record[i] = tabular.Visible(field)
		}
		c.err = c.w.Write(record)
		if c.err != nil {
			return c.err
		}
	}
	c.w.Flush() // one report is seen as soon as it is read
	return c.w.Error()
}

func (c *reportCSV) Close() error {
	if c.err != nil {
		return c.err
	}
	c.w.Flush()
	return c.w.Error()
}
