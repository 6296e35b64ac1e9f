package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"gongkai"
	"gongkai/extract"
	"gongkai/extract/reader"
	"gongkai/internal/pipeline"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newDiff(a *app) *cobra.Command {
	var o diffOptions
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "Compare two reports, or two versions of one, cell by cell",
		Long: `List the cells in which two reports differ. A and B are each a file, the hash of
a document in the warehouse (at least 8 characters of it), or the number of a
report (report_id, see gongkai agency). Cells differ if not the same figure or
mark is printed: 1,234 and 1234 are the same, blank and 0 are not.`,
		Example: examples(
			"gongkai diff report.html reports/0000.html",
			`gongkai diff report.html "$HASH" --all --format csv`,
		),
		Args: exactly("A", "B"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.diff(cmd.Context(), args, o) },
	}
	listingFlags(cmd, &o.listing)
	cmd.Flags().BoolVar(&o.all, "all", false, "list the cells that are the same, too")
	cmd.Flags().BoolVar(&o.ocr, "ocr", false, "recognise scanned pages of files (needs tesseract with chi_sim)")
	return cmd
}

type diffOptions struct {
	listing
	all, ocr bool
}

// A sheet is the cells of one report, in the order of its form.
type sheet struct {
	name  string
	cells []sheetCell
	at    map[string]int // place in cells by address
}

type sheetCell struct {
	address, label string
	table, row     string
	column         string
	cell           gongkai.Cell
}

func (s *sheet) add(label string, c gongkai.Cell) {
	address := c.Table + "." + c.Row + "." + c.Column
	if s.at == nil {
		s.at = map[string]int{}
	}
	s.at[address] = len(s.cells)
	s.cells = append(s.cells, sheetCell{address: address, label: label, table: c.Table, row: c.Row, column: c.Column, cell: c})
}

// find returns the cell at an address, or one that is missing.
func (s *sheet) find(address string) gongkai.Cell {
	if i, ok := s.at[address]; ok {
		return s.cells[i].cell
	}
	return gongkai.Cell{State: gongkai.Missing}
}

func (a *app) diff(ctx context.Context, names []string, o diffOptions) error {
	var sheets [2]*sheet
	for i, name := range names {
		var err error
		if sheets[i], err = a.sheet(ctx, name, o.ocr); err != nil {
			return err
		}
	}
	left, right := sheets[0], sheets[1]
	cells := left.cells
	for _, c := range right.cells {
		if _, ok := left.at[c.address]; !ok {
			cells = append(cells, c)
		}
	}
	columns := tabular.Columns(
		"table", "row", "column", "label", "a", "b", "difference:number", "a_state", "b_state", "a_where",
		"b_where",
	)
	differing := 0
	err := a.list(o.listing, columns, "", func(add func([]tabular.Value) error) error {
		for _, c := range cells {
			x, y := left.find(c.address), right.find(c.address)
			same := x.State == y.State && (x.State == gongkai.Number && x.Value == y.Value || x.State != gongkai.Number && x.Raw == y.Raw)
			if !same {
				differing++
			}
			if same && !o.all {
				continue
			}
			row := tabular.Known(c.table, c.row, c.column, c.label, x.Raw, y.Raw, "", string(x.State), string(y.State), placeText("", x.Place, ""), placeText("", y.Place, ""))
			row[6].Known = x.State == gongkai.Number && y.State == gongkai.Number
			if row[6].Known {
				row[6].Text = (y.Value - x.Value).String()
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		a.say.Info(fmt.Sprintf("%s and %s: %d of %d cells differ", left.name, right.name, differing, len(cells)))
	}
	return err
}

var hexadecimal = regexp.MustCompile(`^[0-9a-f]{8,64}$`)

// sheet finds what is meant by name: a file, a report or a document.
func (a *app) sheet(ctx context.Context, name string, ocr bool) (*sheet, error) {
	if _, err := os.Stat(name); err == nil {
		return a.sheetOfFile(ctx, name, ocr)
	}
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil && !hexadecimal.MatchString(name) {
		return nil, &exitError{
			code: exitUsage, err: fmt.Errorf("%q is no file here, no hash of a document and no number of a report", name),
			hint: "gongkai agency NAME lists the numbers and hashes",
		}
	}
	return a.sheetOfReport(ctx, name, id)
}

// sheetOfFile reads a file.
func (a *app) sheetOfFile(ctx context.Context, path string, ocr bool) (*sheet, error) {
	r := reader.New(readerOptions(ocr, 1))
	defer r.Close()
	got := a.readInput(ctx, r, pipeline.Input{Path: path})
	if got.problem != nil {
		_, next := got.problem.Kind()
		return nil, hinted(fmt.Errorf("%s: %s: %s", path, got.problem.Step, got.problem.Cause()), next)
	}
	if len(got.reports) != 1 {
		return nil, &exitError{
			code: exitUsage, err: fmt.Errorf("%s holds %d reports", path, len(got.reports)),
			hint: "gongkai ingest it and give the numbers of the reports",
		}
	}
	labels := map[string]string{}
	for _, f := range extract.Forms() {
		for i := range f.Tables {
			t := &f.Tables[i]
			for j := range t.Rows {
				for _, c := range t.Columns {
					labels[strings.Join([]string{f.ID, t.ID, t.Rows[j].ID, c.ID}, ".")] = joined(" ", strings.Join(t.Rows[j].Group, " "), t.Rows[j].Label, c.Label)
				}
			}
		}
	}
	s := &sheet{name: path}
	for _, c := range got.reports[0].Cells {
		s.add(labels[strings.Join([]string{c.Form, c.Table, c.Row, c.Column}, ".")], c)
	}
	return s, nil
}

const sheetSQL = `
SELECT c.report_id, c.table_id::VARCHAR, c.row_id::VARCHAR, c.column_id::VARCHAR, f.label, c.state::VARCHAR, coalesce(c.value::VARCHAR, ''), c.raw,
	coalesce(c.page, 0), coalesce(c.x0, 0), coalesce(c.y0, 0), coalesce(c.x1, 0), coalesce(c.y1, 0),
	coalesce(c.doc_table, 0), coalesce(c.doc_row, 0), coalesce(c.doc_column, 0), r.name
FROM report r
JOIN cell c USING (report_id)
JOIN form_cell f ON f.form = c.form AND f.table_id = c.table_id AND f.row_id = c.row_id AND f.column_id = c.column_id
JOIN form_table t ON t.form = c.form AND t.table_id = c.table_id
WHERE r.report_id = $id OR starts_with(r.document, $document)
ORDER BY r.report_id, t.position, f.position`

// sheetOfReport takes a report from the warehouse.
func (a *app) sheetOfReport(ctx context.Context, name string, id int64) (s *sheet, err error) {
	db, err := a.openReading(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	prefix := name
	if !hexadecimal.MatchString(name) {
		prefix = "no document"
	}
	rows, err := db.SQL().QueryContext(ctx, sheetSQL, sql.Named("id", id), sql.Named("document", prefix))
	if err != nil {
		return nil, fmt.Errorf("read cells: %w", err)
	}
	defer rows.Close()
	s = &sheet{}
	var first int64
	for rows.Next() {
		var c gongkai.Cell
		var report int64
		var label, state, value, document string
		err := rows.Scan(&report, &c.Table, &c.Row, &c.Column, &label, &state, &value, &c.Raw, &c.Place.Page,
			&c.Place.Box.X0, &c.Place.Box.Y0, &c.Place.Box.X1, &c.Place.Box.Y1, &c.Place.Table, &c.Place.Row, &c.Place.Column, &document)
		if err != nil {
			return nil, fmt.Errorf("read cells: %w", err)
		}
		if c.State = gongkai.State(state); c.State == gongkai.Number {
			if c.Value, err = gongkai.ParseDecimal(value); err != nil {
				return nil, fmt.Errorf("read cells: %w", err)
			}
		}
		if first = cmp.Or(first, report); first != report {
			return nil, usage("%s stands for more than one report: give the number of one", name)
		}
		s.name = document
		s.add(label, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read cells: %w", err)
	}
	if len(s.cells) == 0 {
		return nil, &exitError{code: exitFailed, err: fmt.Errorf("there is no report %s in the warehouse", name), hint: "gongkai agency NAME lists the numbers and hashes"}
	}
	return s, nil
}
