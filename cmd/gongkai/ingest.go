package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/filelist"
	"gongkai/internal/pipeline"
	"gongkai/internal/words"

	"github.com/spf13/cobra"
)

func newIngest(a *app) *cobra.Command {
	var o ingestOptions
	cmd := &cobra.Command{
		Use:   "ingest PATH...",
		Short: "Take local files into the archive and the warehouse",
		Long: `Keep the documents under PATH (PDF, HTML, DOCX, text; files or folders) in the
archive, read their reports and load every cell into a copy of the warehouse,
which then takes its place: readers see the old or the new.

A manifest is a CSV table that says whose report a file is, for which year and
scope, and where and when it was published: columns path, agency or agency_id,
year, scope, url, published. Without PATH its files are taken. What it says wins
over the file and is kept as its word; bad lines are named and left out.

Doing it twice changes nothing. A run that was cut short is made good by the
next. The last line accounts for every file:
found = loaded + unchanged + problems + skipped.

Whatever else is new in the archive is loaded too, as by gongkai build. What is
loaded is checked by the next nightly run or gongkai check --store.`,
		Example: examples(
			"gongkai ingest reports/",
			"gongkai ingest reports/ --data elsewhere --jobs 8",
			"gongkai ingest --manifest files.csv",
			"gongkai ingest report.html -v      # with every oddity of the document",
		),
		Args: func(cmd *cobra.Command, args []string) error {
			if o.manifest != "" {
				return nil
			}
			return some("PATH")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.ingest(cmd.Context(), args, o) },
	}
	readFlags(cmd, &o.Reading)
	cmd.Flags().BoolVar(&o.follow, "follow", false, "take the files that symbolic links point to; else links are named and left out")
	cmd.Flags().StringVar(&o.manifest, "manifest", "", "a CSV `file` with columns "+strings.Join(filelist.Columns, ", ")+": what it says of a file wins")
	sitesFlag(cmd, &o.sites)
	lossFlag(cmd, a)
	return cmd
}

// ingestOptions say what is taken in, and how it is read.
type ingestOptions struct {
	pipeline.Reading
	sites    string // folder of the registry
	follow   bool
	manifest string // file; empty for none
}

func (a *app) ingest(ctx context.Context, paths []string, o ingestOptions) error {
	if err := checkReading(o.Reading); err != nil {
		return err
	}
	if slices.Contains(paths, "-") {
		return usage("ingest takes files and folders: a document is kept under its name")
	}
	sites, err := a.folder().Registry(o.sites)
	if err != nil {
		return err
	}
	told, err := a.openManifest(o.manifest, sites)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		paths = told.Paths()
	}
	done, err := a.pipeline().Ingest(ctx, paths, pipeline.IngestOptions{Reading: o.Reading, Sites: sites, Follow: o.follow, Manifest: told})
	if done == nil {
		return err
	}
	a.sayAccount(done)
	if err == nil && (done.Problems > 0 || done.Read.Problems > 0) {
		err = partial()
	}
	return errors.Join(err, a.sayManifest(told))
}

// sayAccount says what became of every file.
func (a *app) sayAccount(done *pipeline.Ingested) {
	if done.Others > 0 {
		a.say.Info(fmt.Sprintf("%d documents that an earlier run had left in the archive were read too", done.Others))
	}
	if len(done.Read.Outcomes) > 0 {
		a.say.Info(words.Counts(done.Read.Count))
	}
	a.say.Info(fmt.Sprintf("found %d = loaded %d + unchanged %d + problems %d + skipped %d",
		done.Found, done.Loaded, done.Unchanged, done.Problems, done.Skipped))
}
