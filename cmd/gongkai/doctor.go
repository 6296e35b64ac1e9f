package main

import (
	"context"
	"errors"
	"fmt"

	"gongkai/internal/doctor"
	"gongkai/internal/release"
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
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := a.patient()
			p.Full, p.Repair = full, repair
			return a.doctor(cmd.Context(), l, p)
		},
	}
	listingFlags(cmd, &l)
	cmd.Flags().BoolVar(&full, "full", false, "read every byte of the archive and the warehouse")
	cmd.Flags().BoolVar(&repair, "repair", false, "remove files left by runs that were cut short, set damaged lines of journal and run log aside")
	return cmd
}

// patient is what the doctor examines.
func (a *app) patient() *doctor.Patient {
	return &doctor.Patient{
		Folder: a.folder(), Memory: a.memory, Readers: readerOptions(false, 1), Browser: release.Browser(), ReleaseStage: release.StagePrefix,
	}
}

func (a *app) doctor(ctx context.Context, l listing, p *doctor.Patient) error {
	all, err := p.Examine(ctx)
	if err != nil {
		return err
	}
	err = a.list(l, tabular.Columns("part", "result", "detail"), "", func(add func([]tabular.Value) error) error {
		for _, d := range all {
			if err := add(tabular.Known(d.Part, string(d.Result), d.Detail)); err != nil {
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
func verdict(all []doctor.Diagnosis) error {
	count := map[doctor.Result]int{}
	for _, d := range all {
		count[d.Result]++
	}
	switch {
	case count[doctor.Damaged] > 0:
		return &exitError{code: exitCorrupt, err: errors.New("stored data is damaged")}
	case count[doctor.Fail] > 0:
		return &exitError{code: exitFailed, err: fmt.Errorf("%d of %d checks failed", count[doctor.Fail], len(all))}
	}
	return nil
}
