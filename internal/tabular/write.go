package tabular

import (
	"errors"
	"fmt"
	"io"
)

// Formats lists the formats of every listing.
var Formats = []string{"table", "csv", "tsv", "json", "jsonl", "markdown", "parquet", "xlsx"}

// A writer writes rows in one format. A value is nil or text; the column's
// kind says what the text means. Numbers are plain decimals and keep every
// digit.
type writer interface {
	Row(values []Value) error
	Close() error
}

// A MoreError says that a listing was cut: there are more rows than were
// asked for.
type MoreError int

func (n MoreError) Error() string {
	return fmt.Sprintf("only the first %d rows were given, there are more", int(n))
}

// Write writes a table to w and returns the number of its rows. The source calls
// add for each row and returns its first error. With a limit above 0 no more
// rows are written, and what there is beyond it ends in a MoreError.
func Write(w io.Writer, format string, columns []Column, limit int, source func(add func([]Value) error) error) (int, error) {
	to, err := newWriter(w, format, columns)
	if err != nil {
		return 0, err
	}
	rows := 0
	err = source(func(values []Value) error {
		if limit > 0 && rows == limit {
			return MoreError(limit)
		}
		rows++
		return to.Row(values)
	})
	var more MoreError
	if err != nil && !errors.As(err, &more) {
		_ = to.Close() // frees what it holds; the error at hand counts
		return rows, err
	}
	if e := to.Close(); e != nil {
		return rows, e
	}
	return rows, err
}

// newWriter begins a table in one of the formats.
func newWriter(w io.Writer, format string, columns []Column) (writer, error) {
	switch format {
	case "csv":
		return newRowsCSV(w, columns, ',')
	case "tsv":
		return newRowsCSV(w, columns, '\t')
	case "json", "jsonl":
		return newRowsJSON(w, columns, format == "jsonl"), nil
	case "xlsx":
		return newRowsXLSX(w, columns)
	case "parquet":
		return newRowsParquet(w, columns)
	}
	return NewTable(w, columns, format == "markdown"), nil
}
