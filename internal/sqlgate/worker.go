package sqlgate

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"gongkai/warehouse"
)

// Serve answers one query in this process, which Run started: it reads the
// request from stdin and writes the answer to stdout. It ends the process when
// stdin ends before: then the parent is gone.
func Serve(stdin io.Reader, stdout io.Writer) error {
	in := json.NewDecoder(stdin)
	var req Request
	if err := in.Decode(&req); err != nil {
		return fmt.Errorf("query worker: %w", err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		os.Exit(1)
	}()
	out := bufio.NewWriterSize(stdout, 64<<10)
	err := answer(context.Background(), req, out)
	if err != nil {
		err = writeJSON(out, errorFrame, asError(err))
	} else {
		err = writeFrame(out, endFrame, nil)
	}
	return errors.Join(err, out.Flush())
}

// answer opens the warehouse, looks at the query and sends what it gives.
func answer(ctx context.Context, req Request, out *bufio.Writer) error {
	l := req.Limits.withDefaults()
	watch, err := l.process().Set()
	if err != nil {
		return err
	}
	watch.Begin()
	own, err := readFiles(ctx, req.Files)
	if err != nil {
		return err
	}
	w, err := warehouse.Open(ctx, req.Warehouse, warehouse.Options{
		ReadOnly: true, MemoryLimit: l.Memory, Threads: l.Threads, TempDir: ".", Spill: l.Spill, JSONErrors: true,
	})
	if err != nil {
		return err
	}
	db, err := w.SQL().Conn(ctx) // temporary tables belong to a connection
	if err != nil {
		return err
	}
	names, err := readAllowed(ctx, db)
	if err != nil {
		return err
	}
	for _, t := range own {
		if err := names.load(ctx, db, t); err != nil {
			return err
		}
	}
	s, err := names.admit(ctx, db, req.SQL)
	if err != nil {
		return err
	}
	args, err := s.arguments(req.Parameters)
	if err != nil {
		return err
	}
	return s.send(ctx, db, args, req.MaxRows, l.Output, out)
}

// arguments returns the values in the order of the driver. The query must
// have exactly these parameters.
func (s *statement) arguments(values map[string]string) ([]any, error) {
	var args []any
	for _, name := range s.params {
		value, given := values[name]
		if !given {
			return nil, refuse(Missing, fmt.Sprintf("the query has a parameter $%s, which was not given", name), name)
		}
		args = append(args, sql.Named(name, value))
	}
	for name := range values {
		if !slices.Contains(s.params, name) {
			return nil, refuse(Unknown, fmt.Sprintf("the query has no parameter $%s", name), name)
		}
	}
	return args, nil
}

// send runs the query and sends its columns and rows.
func (s *statement) send(ctx context.Context, db *sql.Conn, args []any, maxRows int, maxBytes int64, out *bufio.Writer) error {
	columns, err := s.columns(ctx, db, args)
	if err != nil {
		return err
	}
	if err := writeJSON(out, columnsFrame, columns); err != nil {
		return err
	}
	casts := make([]string, len(columns))
	for i, c := range columns {
		casts[i] = AsText(c.Name, c.Type)
	}
	before := "SELECT " + strings.Join(casts, ", ") + " FROM (\n"
	query := before + s.text + "\n)"
	if maxRows > 0 {
		query += " LIMIT " + strconv.Itoa(maxRows)
	}
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return fault(err, s.text, len(before))
	}
	defer rows.Close()
	return fault(sendRows(rows, len(columns), maxBytes, out), s.text, len(before))
}

func sendRows(rows *sql.Rows, width int, maxBytes int64, out *bufio.Writer) error {
	cells := make([]sql.NullString, width)
	places := make([]any, width)
	for i := range cells {
		places[i] = &cells[i]
	}
	var sent int64
	var row []byte
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		row = row[:0]
		for _, c := range cells {
			row = appendValue(row, c)
		}
		sent += int64(len(row))
		switch {
		case len(row) > maxFrame:
			return refuse(Output, fmt.Sprintf("a row has more than %d bytes", maxFrame), strconv.Itoa(maxFrame))
		case maxBytes > 0 && sent > maxBytes:
			return refuse(Output, fmt.Sprintf("the answer has more than %d bytes", maxBytes), strconv.FormatInt(maxBytes, 10))
		}
		if err := writeFrame(out, rowFrame, row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// columns binds the query without running it. Should that fail, the bare text
// is bound, so that the fault has its place in it.
func (s *statement) columns(ctx context.Context, db *sql.Conn, args []any) ([]Column, error) {
	const before = "SELECT * FROM (\n"
	rows, err := db.QueryContext(ctx, before+s.text+"\n) LIMIT 0", args...)
	if err != nil {
		prepared, bare := db.PrepareContext(ctx, s.text)
		if bare != nil {
			return nil, fault(bare, s.text, 0)
		}
		return nil, errors.Join(fault(err, s.text, len(before)), prepared.Close())
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, fault(err, s.text, len(before))
	}
	columns := make([]Column, len(types))
	for i, t := range types {
		columns[i] = Column{Name: t.Name(), Type: t.DatabaseTypeName()}
	}
	return columns, rows.Err()
}
