package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newDoctor(a *app) *cobra.Command {
	var l listing
	var full, repair bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the installation and the data folder",
		Long: `Check the data folder, the disk, the clock, DuckDB, the PDF reader and the tools
that are used when they are installed. Each line says ok, note (something is not
there, and what goes without it), or fail. Exit code 1 if anything fails, 6 if
stored data is damaged.`,
		Example: examples(
			"gongkai doctor",
			"gongkai doctor --full              # read every byte of the archive and the warehouse",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context(), l, full, repair) },
	}
	listingFlags(cmd, &l)
	cmd.Flags().BoolVar(&full, "full", false, "read every byte of the archive and the warehouse")
	cmd.Flags().BoolVar(&repair, "repair", false, "remove files left by runs that were cut short, set damaged lines of journal and run log aside")
	return cmd
}

// A diagnosis is one line of the doctor.
type diagnosis struct{ part, result, detail string }

// The results of a diagnosis.
const (
	good   = "ok"
	note   = "note"
	fail   = "fail"
	broken = "damaged"
)

func (a *app) doctor(ctx context.Context, l listing, full, repair bool) error {
	var all []diagnosis
	for _, examine := range []func(context.Context) []diagnosis{
		a.examineFolder, a.examineClock,
		func(context.Context) []diagnosis { return a.examineLeftovers(repair) },
		func(context.Context) []diagnosis { return a.examineLines(repair) },
		func(ctx context.Context) []diagnosis { return a.examineArchive(ctx, full) },
		func(ctx context.Context) []diagnosis { return a.examineWarehouse(ctx, full) },
		a.examineReaders, examineTools,
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		all = append(all, examine(ctx)...)
	}
	err := a.list(l, tabular.Columns("part", "result", "detail"), "", func(add func([]tabular.Value) error) error {
		for _, d := range all {
			if err := add(tabular.Known(d.part, d.result, d.detail)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return verdict(all)
}

// verdict returns the error that the run ends with.
func verdict(all []diagnosis) error {
	count := map[string]int{}
	for _, d := range all {
		count[d.result]++
	}
	switch {
	case count[broken] > 0:
		return &exitError{code: exitCorrupt, err: errors.New("stored data is damaged")}
	case count[fail] > 0:
		return &exitError{code: exitFailed, err: fmt.Errorf("%d of %d checks failed", count[fail], len(all))}
	}
	return nil
}

// examineFolder checks that the data folder can be written and has room.
func (a *app) examineFolder(context.Context) []diagnosis {
	info, err := os.Stat(a.data)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return []diagnosis{{"data folder", note, a.data + " is not there yet: gongkai ingest PATH makes it"}}
	case err != nil:
		return []diagnosis{{"data folder", fail, err.Error()}}
	case !info.IsDir():
		return []diagnosis{{"data folder", fail, a.data + " is no folder"}}
	}
	out := []diagnosis{{"data folder", good, a.data}}
	f, err := os.CreateTemp(a.data, ".gongkai-doctor-")
	if err != nil {
		out[0] = diagnosis{"data folder", fail, "cannot write: " + err.Error()}
	} else if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		out[0] = diagnosis{"data folder", fail, err.Error()}
	}
	return append(out, examineDisk(a.data))
}
