package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"gongkai/internal/tabular/datapackage"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

func newExport(a *app) *cobra.Command {
	o := exportOptions{format: "csv", license: "notspecified"}
	cmd := &cobra.Command{
		Use:   "export --out FOLDER",
		Short: "Write the warehouse as files, with a datapackage.json",
		Long: `Write tables and views as CSV, Parquet, JSON or one xlsx workbook, and a
datapackage.json (Data Package v1) that describes every column and gives each
file's size, rows and SHA-256. All rows are written, in a fixed order. The folder
appears, or takes the place of an earlier export, when it is complete.

--excel makes CSV for spreadsheets: with a byte order mark, so that Chinese
text shows, and with text that looks like a formula made harmless.`,
		Example: examples(
			"gongkai export --out export/",
			"gongkai export --out export/ --format parquet --tables cell,report",
			"gongkai export --out export/ --format csv --excel",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.export(cmd.Context(), o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "the `folder` to write to (made if it is not there)")
	f.StringVar(&o.format, "format", o.format, "files as `csv|parquet|xlsx|json`")
	f.StringSliceVar(&o.tables, "tables", nil, "tables and views to write, by `name`; all tables if not given")
	f.BoolVar(&o.excel, "excel", false, "make CSV for spreadsheets")
	f.StringVar(&o.license, "license", o.license, "`name` of the licence you give the files")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(datapackage.Formats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

type exportOptions struct {
	out, format, license string
	tables               []string
	excel                bool
}

func (o *exportOptions) check() error {
	switch {
	case o.out == "":
		return usage("export needs --out FOLDER")
	case !slices.Contains(datapackage.Formats, o.format):
		return usage("--format %q: one of %s", o.format, strings.Join(datapackage.Formats, ", "))
	case o.excel && o.format != "csv":
		return usage("--excel is for --format csv")
	}
	return nil
}

func (a *app) export(ctx context.Context, o exportOptions) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	db, err := a.attach(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tables, err := datapackage.Choose(ctx, db, o.tables)
	if err != nil {
		return err
	}
	if err := datapackage.Replaceable(o.out); errors.Is(err, datapackage.ErrForeign) {
		return usage("--out %v", err)
	} else if err != nil {
		return err
	}
	out, stage, err := datapackage.Stage(a.disk, o.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stage.Discard()) }()
	defer datapackage.Note(a.data, stage.Dir)()
	bar := a.progress("tables")
	x, err := datapackage.Write(ctx, db, stage.Dir, tables, datapackage.Options{Format: o.format, License: o.license, Excel: o.excel, Step: bar.Step})
	bar.End()
	if err != nil {
		return err
	}
	if err := stage.Replace(out); err != nil {
		return fmt.Errorf("export to %s: %w", out, err)
	}
	a.say.Info(fmt.Sprintf("wrote %d tables, %d rows to %s", len(tables), x.Rows, o.out))
	if len(x.Notices) > 0 {
		for _, n := range x.Notices {
			a.say.Warn(n)
		}
		return partial()
	}
	return nil
}

// attach opens the warehouse for reading in a DuckDB that may write files,
// which the one of package warehouse may not.
func (a *app) attach(ctx context.Context) (*sql.DB, error) {
	if _, err := os.Stat(a.database()); errors.Is(err, fs.ErrNotExist) {
		_, err := a.openReading(ctx) // says so
		return nil, err
	}
	return warehouse.Attach(ctx, a.database())
}
