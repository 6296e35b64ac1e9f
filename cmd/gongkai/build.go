package main

import (
	"context"
	"fmt"

	"gongkai/internal/pipeline"
	"gongkai/internal/words"

	"github.com/spf13/cobra"
)

func newBuild(a *app) *cobra.Command {
	var o pipeline.Reading
	var sites string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the warehouse anew from the archive",
		Long: `Read every document of the archive again, load it into a new DuckDB file next to
the old one, and put the new one in its place when it is complete. Readers see
the old or the new, never a mixture. Needs no network. The result has the same
content digest as a warehouse that was loaded bit by bit. Documents that nightly
holds back, because the list that gave them is in doubt, are loaded too.

Where documents that are published now are missing, because the archive is damaged,
nothing is published: they are named, and the old warehouse stays.`,
		Example: examples("gongkai build --jobs 4"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), sites, o) },
	}
	readFlags(cmd, &o)
	sitesFlag(cmd, &sites)
	lossFlag(cmd, a)
	return cmd
}

func (a *app) build(ctx context.Context, sites string, o pipeline.Reading) error {
	if err := checkReading(o); err != nil {
		return err
	}
	done, err := a.pipeline().Build(ctx, sites, o)
	if done == nil {
		return err
	}
	a.say.Info(words.Counts(done.Count))
	a.say.Info(fmt.Sprintf("built %s from %d documents, %d with a problem", a.database(), len(done.Outcomes), done.Problems))
	if err == nil && done.Problems > 0 {
		return partial()
	}
	return err
}
