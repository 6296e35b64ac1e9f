package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/internal/console"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

// A listing is the output of a command that lists rows.
type listing struct {
	format, path string
	limit        int // most rows given; 0 for all
}

// listingFlags adds --format and --output.
func listingFlags(cmd *cobra.Command, l *listing) {
	cmd.Flags().StringVar(&l.format, "format", "table", "output as `"+strings.Join(tabular.Formats, "|")+"`")
	cmd.Flags().StringVarP(&l.path, "output", "o", "-", "write to `file` instead of standard output")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(tabular.Formats, cobra.ShellCompDirectiveNoFileComp))
}

// list writes rows. The source calls add for each row and returns its first
// error. Without rows the message empty is said. More rows than the limit end
// in a message and exit code 3: nothing is cut in silence.
func (a *app) list(l listing, columns []tabular.Column, empty string, source func(add func([]tabular.Value) error) error) (err error) {
	if err := a.checkListing(l); err != nil {
		return err
	}
	out, err := a.create(l.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	rows, err := tabular.Write(out, l.format, columns, l.limit, source)
	var more tabular.MoreError
	switch {
	case errors.As(err, &more):
		return &exitError{
			code: exitPartial, err: err,
			hint: "--limit 0 gives all; --format csv or parquet with --output FILE is made for many rows",
		}
	case err == nil && rows == 0 && empty != "":
		a.say.Info(empty)
	}
	return err
}

// checkListing refuses options of a listing that cannot be kept. Whoever works
// long for the rows calls it first.
func (a *app) checkListing(l listing) error {
	if !slices.Contains(tabular.Formats, l.format) {
		return usage("--format %q: one of %s", l.format, strings.Join(tabular.Formats, ", "))
	}
	if l.path == "-" || l.path == "" {
		if (l.format == "parquet" || l.format == "xlsx") && terminal(a.stdout) {
			return usage("%s is no text for a terminal: add --output FILE", l.format)
		}
		return nil
	}
	if info, err := os.Stat(filepath.Dir(l.path)); err != nil || !info.IsDir() {
		return usage("--output %s: there is no folder %s", l.path, filepath.Dir(l.path))
	}
	return console.PlainFile(l.path)
}
