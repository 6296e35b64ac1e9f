package tabular

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gongkai/warehouse"
)

// rowsParquet writes Parquet. Rows are collected as lines of JSON in a
// temporary file, which a DuckDB in memory then copies.
type rowsParquet struct {
	out     io.Writer
	columns []Column
	dir     string
	file    *os.File
	buffer  *bufio.Writer
	rows    *rowsJSON
}

func newRowsParquet(out io.Writer, columns []Column) (*rowsParquet, error) {
	dir, err := os.MkdirTemp("", "gongkai-parquet-")
	if err != nil {
		return nil, err
	}
	f, err := os.Create(filepath.Join(dir, "rows.jsonl"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	texts := make([]Column, len(columns)) // as text: no digit is lost on the way
	for i, c := range columns {
		texts[i] = Column{c.Name, Text}
	}
	b := bufio.NewWriter(f)
	return &rowsParquet{out, columns, dir, f, b, newRowsJSON(b, texts, true)}, nil
}

func (p *rowsParquet) Row(values []Value) error { return p.rows.Row(values) }

func (p *rowsParquet) Close() (err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(p.dir)) }()
	if err := errors.Join(p.buffer.Flush(), p.file.Close()); err != nil {
		return err
	}
	path := filepath.Join(p.dir, "rows.parquet")
	if err := p.copy(path); err != nil {
		return fmt.Errorf("write parquet: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(p.out, f)
	return err
}

func (p *rowsParquet) copy(path string) error {
	db, err := warehouse.Scratch()
	if err != nil {
		return err
	}
	defer db.Close()
	var read, cast []string
	for _, c := range p.columns {
		read = append(read, warehouse.QuoteText(c.Name)+": 'VARCHAR'")
		cast = append(cast, fmt.Sprintf("CAST(%s AS %s) AS %[1]s", warehouse.QuoteName(c.Name), duckType(c.Kind)))
	}
	_, err = db.ExecContext(context.Background(), fmt.Sprintf(
		"COPY (SELECT %s FROM read_json(%s, format = 'newline_delimited', maximum_object_size = 268435456, columns = {%s})) TO %s (FORMAT parquet, COMPRESSION zstd)",
		strings.Join(cast, ", "), warehouse.QuoteText(p.file.Name()), strings.Join(read, ", "), warehouse.QuoteText(path)))
	return err
}

// duckType returns the type that a column has in Parquet.
func duckType(k Kind) string {
	switch k {
	case Integer:
		return "BIGINT"
	case Number:
		return "DECIMAL(38, 6)"
	case boolean:
		return "BOOLEAN"
	case date:
		return "DATE"
	case Datetime:
		return "TIMESTAMP"
	case Text:
	}
	return "VARCHAR"
}
