package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gongkai/internal/tabular"
	"gongkai/warehouse"

	"github.com/google/renameio/v2"
)

// An exporter writes tables as files and describes them.
type exporter struct {
	app     *app
	db      *sql.DB
	options exportOptions
	pack    *dataPackage
	rows    int64
	notices []string // what the files could not take as it is
}

func (x *exporter) write(ctx context.Context, tables []*tableInfo) error {
	temp, err := os.MkdirTemp(x.options.out, ".gongkai-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if x.options.format == "xlsx" {
		return x.writeWorkbook(ctx, tables, temp)
	}
	bar := x.app.progress("tables")
	defer bar.end()
	for _, t := range tables {
		if err := x.writeTable(ctx, t, temp); err != nil {
			return fmt.Errorf("export %s: %w", t.name, err)
		}
		bar.step()
	}
	return nil
}

// writeTable writes one table to a file of its own.
func (x *exporter) writeTable(ctx context.Context, t *tableInfo, temp string) error {
	raw := filepath.Join(temp, "table")
	rows, err := x.copyTo(ctx, t, raw, x.options.format)
	if err != nil {
		return err
	}
	x.rows += rows
	f, err := os.Open(raw)
	if err != nil {
		return err
	}
	defer f.Close()
	name := t.name + "." + x.options.format
	out, err := newSummed(filepath.Join(x.options.out, name))
	if err != nil {
		return err
	}
	defer out.file.Cleanup()
	if x.options.excel {
		err = forExcel(out, f)
	} else {
		_, err = io.Copy(out, f)
	}
	if err != nil {
		return err
	}
	if err := out.file.CloseAtomicallyReplace(); err != nil {
		return err
	}
	x.pack.add(t, name, x.options.format, "", rows, out)
	return nil
}

// copyTo has DuckDB write the rows of t, in a fixed order, and counts them.
func (x *exporter) copyTo(ctx context.Context, t *tableInfo, path, format string) (int64, error) {
	options := map[string]string{
		"csv":     "FORMAT csv, HEADER",
		"json":    "FORMAT json, ARRAY true",
		"parquet": "FORMAT parquet, COMPRESSION zstd",
	}[format]
	result, err := x.db.ExecContext(ctx, "COPY ("+t.ordered(format == "csv")+") TO "+warehouse.QuoteText(path)+" ("+options+")")
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// writeWorkbook writes all tables to one workbook, with a dictionary.
func (x *exporter) writeWorkbook(ctx context.Context, tables []*tableInfo, temp string) error {
	const name = "gongkai.xlsx"
	out, err := newSummed(filepath.Join(x.options.out, name))
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
		x.rows += counts[i]
	}
	if err := dictionary(book, tables); err != nil {
		return err
	}
	if err := book.Notices(x.notices); err != nil {
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
func (x *exporter) sheet(ctx context.Context, book *tabular.Workbook, t *tableInfo, temp string) (int64, error) {
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
	x.notices = append(x.notices, s.Notices()...)
	return rows, nil
}

// dictionary adds a sheet with the meaning of every column.
func dictionary(book *tabular.Workbook, tables []*tableInfo) error {
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

// forExcel copies CSV for spreadsheets: with a byte order mark, and with an
// apostrophe before text that they would take for a formula.
func forExcel(w io.Writer, r io.Reader) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	in, out := csv.NewReader(bufio.NewReader(r)), csv.NewWriter(w)
	in.ReuseRecord = true
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			out.Flush()
			return out.Error()
		}
		if err != nil {
			return err
		}
		for i, field := range record {
			record[i] = harmless(field)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
}

// harmless returns text that no spreadsheet takes for a formula. Numbers stay
// as they are.
func harmless(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) || plainNumber(s) {
		return s
	}
	return "'" + s
}

// plainNumber reports whether s is a decimal number and nothing else.
func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(s, ".")
	for _, part := range []string{whole, fraction} {
		if strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return whole != "" && (!point || fraction != "")
}

// A summed file counts its bytes and takes their SHA-256 as they are written.
type summed struct {
	file  *renameio.PendingFile
	sum   hash.Hash
	bytes int64
}

func newSummed(path string) (*summed, error) {
	f, err := renameio.NewPendingFile(path, renameio.WithPermissions(0o644))
	if err != nil {
		return nil, err
	}
	return &summed{file: f, sum: sha256.New()}, nil
}

func (s *summed) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	s.sum.Write(p[:n])
	s.bytes += int64(n)
	return n, err
}

func (s *summed) digest() string { return hex.EncodeToString(s.sum.Sum(nil)) }
