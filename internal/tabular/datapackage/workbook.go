package datapackage

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gongkai/internal/tabular"
)

// writeWorkbook writes all tables to one workbook, with a dictionary.
func (x *exporter) writeWorkbook(ctx context.Context, tables []*Table, temp string) error {
	const name = "gongkai.xlsx"
	out, err := newSummed(filepath.Join(x.folder, name))
	if err != nil {
		return err
	}
	defer out.file.Cleanup()
	book, err := tabular.NewWorkbook(out)
	if err != nil {
		return err
	}
	counts := make([]int64, len(tables))
	for i, t := range tables {
		if counts[i], err = x.sheet(ctx, book, t, temp); err != nil {
			return fmt.Errorf("export %s: %w", t.name, err)
		}
		x.written.Rows += counts[i]
	}
	if err := dictionary(book, tables); err != nil {
		return err
	}
	if err := book.Notices(x.written.Notices); err != nil {
		return err
	}
	if err := book.Close(); err != nil {
		return err
	}
	if err := out.file.CloseAtomicallyReplace(); err != nil {
		return err
	}
	for i, t := range tables {
		x.pack.add(t, name, "xlsx", tabular.SheetName(t.name, 1), counts[i], out)
	}
	return nil
}

// sheet writes one table to the workbook. It goes through a CSV file, so that
// memory does not grow with the table.
func (x *exporter) sheet(ctx context.Context, book *tabular.Workbook, t *Table, temp string) (int64, error) {
	raw := filepath.Join(temp, "table")
	rows, err := x.copyTo(ctx, t, raw, "csv")
	if err != nil {
		return 0, err
	}
	f, err := os.Open(raw)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r := csv.NewReader(bufio.NewReader(f))
	r.ReuseRecord = true
	if _, err := r.Read(); err != nil {
		return 0, err
	}
	s, err := book.Sheet(t.name, t.kinds())
	if err != nil {
		return 0, err
	}
	values := make([]tabular.Value, len(t.columns))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
		for i, text := range record {
			values[i] = tabular.OrNull(text)
		}
		if err := s.Row(values); err != nil {
			return 0, err
		}
	}
	if err := s.Close(); err != nil {
		return 0, err
	}
	x.written.Notices = append(x.written.Notices, s.Notices()...)
	return rows, nil
}

// dictionary adds a sheet with the meaning of every column.
func dictionary(book *tabular.Workbook, tables []*Table) error {
	s, err := book.Sheet("dictionary", tabular.Columns("table", "column", "type", "meaning"))
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := s.Row(tabular.Known(t.name, "", "", t.comment)); err != nil {
			return err
		}
		for _, c := range t.columns {
			if err := s.Row(tabular.Known(t.name, c.name, c.duck, c.comment)); err != nil {
				return err
			}
		}
	}
	return s.Close()
}
