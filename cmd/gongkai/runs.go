package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/pipeline"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newRuns(a *app) *cobra.Command {
	var l listing
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the nightly runs: what each brought and what went wrong",
		Long: `List the runs of gongkai nightly, oldest first, from runs.jsonl in the data
folder. Each line of that file is one run as JSON with all of its details.`,
		Example: examples("gongkai runs", "gongkai runs --format csv"),
		Args:    exactly(),
		RunE: func(*cobra.Command, []string) error {
			all, damaged, err := a.folder().Runs()
			if err != nil {
				return err
			}
			a.sayDamaged(damaged)
			empty := "there was no run yet: gongkai nightly makes one"
			if len(damaged) > 0 {
				empty = "no run can be read"
			}
			columns := tabular.Columns(
				"run", "finished:datetime", "sites:integer", "requests:integer", "expected:integer", "captured:integer",
				"problems:integer", "skips:integer", "new:integer", "revised:integer", "alerts", "errors:integer",
				"failure",
			)
			err = a.list(l, columns, empty, func(add func([]tabular.Value) error) error {
				for _, b := range all {
					row := tabular.Known(b.Run, b.Finished.Format(time.DateTime))
					for _, n := range []int{b.Sites, b.Requests, b.Expected, pipeline.Sum(b.Captured), pipeline.Sum(b.Problems), pipeline.Sum(b.Skips), len(b.New), len(b.Revised)} {
						row = append(row, tabular.Known(strconv.Itoa(n))...)
					}
					codes := map[string]bool{}
					for _, x := range b.Opened() {
						codes[x.Site+" "+x.Code] = true
					}
					row = append(row, tabular.Known(strings.Join(slices.Sorted(maps.Keys(codes)), ", "), strconv.FormatInt(b.Findings["E"], 10), b.Error)...)
					row[len(row)-1] = tabular.OrNull(b.Error)
					if err := add(row); err != nil {
						return err
					}
				}
				return nil
			})
			if err == nil && len(damaged) > 0 {
				return &exitError{code: exitCorrupt, err: fmt.Errorf("the run log is damaged in %d places", len(damaged))}
			}
			return err
		},
	}
	listingFlags(cmd, &l)
	return cmd
}
