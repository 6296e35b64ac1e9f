package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// A kind says what a column holds. The names are those of Data Package v1.
type kind string

// The kinds of column.
const (
	text     kind = "string"
	integer  kind = "integer"
	number   kind = "number"
	boolean  kind = "boolean"
	date     kind = "date"
	datetime kind = "datetime"
)

// A column of a listing.
type column struct {
	name string
	kind kind
}

// A rowWriter writes rows in one format. A value is nil or text; the column's
// kind says what the text means. Numbers are plain decimals and keep every
// digit.
type rowWriter interface {
	row(values []value) error
	close() error
}

// A value is one place of a listing.
type value struct {
	text  string
	known bool // false for NULL
}

// known makes values of what is there.
func known(texts ...string) []value {
	values := make([]value, len(texts))
	for i, t := range texts {
		values[i] = value{t, true}
	}
	return values
}

// given makes a value of a text, if there is something to give.
func given(is bool, text string) value {
	if !is {
		return value{}
	}
	return value{text, true}
}

// formats lists the formats of every listing.
var formats = []string{"table", "csv", "tsv", "json", "jsonl", "markdown", "parquet", "xlsx"}

// A listing is the output of a command that lists rows.
type listing struct {
	format, path string
	limit        int // most rows given; 0 for all
}

// listingFlags adds --format and --output.
func listingFlags(cmd *cobra.Command, l *listing) {
	cmd.Flags().StringVar(&l.format, "format", "table", "output as `"+strings.Join(formats, "|")+"`")
	cmd.Flags().StringVarP(&l.path, "output", "o", "-", "write to `file` instead of standard output")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// errEnough ends a source of rows early: no more are wanted.
var errEnough = errors.New("enough rows")

// list writes rows. The source calls add for each row and returns its first
// error. Without rows the message empty is said. More rows than the limit end
// in a message and exit code 3: nothing is cut in silence.
func (a *app) list(l listing, columns []column, empty string, source func(add func([]value) error) error) (err error) {
	if !slices.Contains(formats, l.format) {
		return usage("--format %q: one of %s", l.format, strings.Join(formats, ", "))
	}
	if (l.format == "parquet" || l.format == "xlsx") && (l.path == "-" || l.path == "") && terminal(a.stdout) {
		return usage("%s is no text for a terminal: add --output FILE", l.format)
	}
	out, err := a.create(l.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	w, err := newRowWriter(out, l.format, columns)
	if err != nil {
		return err
	}
	rows := 0
	err = source(func(values []value) error {
		if l.limit > 0 && rows == l.limit {
			return errEnough
		}
		rows++
		return w.row(values)
	})
	cut := errors.Is(err, errEnough)
	if err != nil && !cut {
		_ = w.close() // frees what it holds; the error at hand counts
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	if rows == 0 && empty != "" {
		a.say.Info(empty)
	}
	if cut {
		return &exitError{
			code: exitPartial, err: fmt.Errorf("only the first %d rows were given, there are more", l.limit),
			hint: "--limit 0 gives all; --format csv or parquet with --output FILE is made for many rows",
		}
	}
	return nil
}

func newRowWriter(out *output, format string, columns []column) (rowWriter, error) {
	switch format {
	case "csv":
		return newRowsCSV(out, columns, ',')
	case "tsv":
		return newRowsCSV(out, columns, '\t')
	case "json", "jsonl":
		return newRowsJSON(out, columns, format == "jsonl"), nil
	case "xlsx":
		return newRowsXLSX(out, columns)
	case "parquet":
		return newRowsParquet(out, columns)
	}
	return newRowsTable(out, columns, format == "markdown"), nil
}
