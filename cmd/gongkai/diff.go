package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"gongkai/internal/diff"
	"gongkai/internal/words"

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

func (a *app) diff(ctx context.Context, names []string, o diffOptions) error {
	var sheets [2]*diff.Sheet
	for i, name := range names {
		var err error
		if sheets[i], err = a.sheet(ctx, name, o.ocr); err != nil {
			return err
		}
	}
	columns := tabular.Columns(
		"table", "row", "column", "label", "a", "b", "difference:number", "a_state", "b_state", "a_where",
		"b_where",
	)
	differing, all := 0, diff.Between(sheets[0], sheets[1])
	err := a.list(o.listing, columns, "", func(add func([]tabular.Value) error) error {
		for i := range all {
			x := &all[i]
			if x.Differs {
				differing++
			} else if !o.all {
				continue
			}
			row := tabular.Known(x.Table, x.Row, x.Column, x.Label, x.A.Raw, x.B.Raw, "", string(x.A.State), string(x.B.State),
				words.Place("", x.A.Place, ""), words.Place("", x.B.Place, ""))
			if row[6].Known = x.Numbers(); row[6].Known {
				row[6].Text = (x.B.Value - x.A.Value).String()
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		a.say.Info(fmt.Sprintf("%s and %s: %d of %d cells differ", sheets[0].Name, sheets[1].Name, differing, len(all)))
	}
	return err
}

// sheet finds what is meant by name: a file, a report or a document.
func (a *app) sheet(ctx context.Context, name string, ocr bool) (*diff.Sheet, error) {
	if _, err := os.Stat(name); err == nil {
		return a.sheetOfFile(ctx, name, ocr)
	}
	return a.sheetOfReport(ctx, name)
}

// sheetOfFile reads a file.
func (a *app) sheetOfFile(ctx context.Context, path string, ocr bool) (*diff.Sheet, error) {
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
	return diff.Read(path, got.reports[0]), nil
}

// sheetOfReport takes a report from the warehouse.
func (a *app) sheetOfReport(ctx context.Context, name string) (s *diff.Sheet, err error) {
	db, err := a.openReading(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return diff.Stored(ctx, db.SQL(), name)
}
