package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"strings"

	"gongkai/extract"
	"gongkai/internal/tabular"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

func newVersion(a *app) *cobra.Command {
	var l listing
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Versions of the program and of what it is made with",
		Long:    "Print the versions that a result depends on.",
		Example: examples("gongkai version --format json"),
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.list(l, tabular.Columns("part", "version"), "", func(add func([]tabular.Value) error) error {
				for _, row := range versions(cmd.Context()) {
					if err := add(row); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	listingFlags(cmd, &l)
	return cmd
}

// programVersion returns the version of this program and the revision it was
// built from, if that is known.
func programVersion() (program, revision string) {
	program = "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		program = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	return program, revision
}

func versions(ctx context.Context) [][]tabular.Value {
	program, revision := programVersion()
	var forms []string
	for _, f := range extract.Forms() {
		forms = append(forms, f.ID)
	}
	rows := [][]tabular.Value{tabular.Known("gongkai", program)}
	if revision != "" {
		rows = append(rows, tabular.Known("revision", revision))
	}
	return append(rows,
		tabular.Known("go", runtime.Version()+" "+runtime.GOOS+"/"+runtime.GOARCH),
		tabular.Known("duckdb", warehouse.Engine(ctx)),
		tabular.Known("forms", strings.Join(forms, ", ")),
	)
}
