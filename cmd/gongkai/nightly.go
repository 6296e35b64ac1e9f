package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"gongkai/internal/notify"

	"github.com/spf13/cobra"
)

// nightlyOptions say what a nightly run does beside its work.
type nightlyOptions struct {
	crawlOptions
	read    readOptions
	webhook string
	feed    string
	metrics string
}

func nightlyFlags(cmd *cobra.Command, o *nightlyOptions) {
	crawlFlags(cmd, &o.crawlOptions)
	readFlags(cmd, &o.read)
	f := cmd.Flags()
	f.StringVar(&o.webhook, "webhook", "", "post the bulletin of the run to `URL`, signed with $GONGKAI_WEBHOOK_SECRET")
	f.StringVar(&o.feed, "feed", "", "keep an Atom feed of new and revised reports in `file`")
	f.StringVar(&o.metrics, "metrics", "", "write figures of the run to `file`, for Prometheus's textfile collector")
}

func newNightly(a *app) *cobra.Command {
	o := nightlyOptions{crawlOptions: crawlOptions{due: true}}
	cmd := &cobra.Command{
		Use:   "nightly",
		Short: "Crawl what is due, load, check, and publish the warehouse",
		Long: `Visit what is due, read what is new into a copy of the warehouse, check it, and
put it in the place of the published one: readers see the old or the new. A list
that seems to have changed raises an alert; what is new in it waits until it is
read in full again, or until gongkai build; all other rows are published. Alerts
are told when they begin, when they end, and once a week between.

A night on which nothing has changed, neither at the sites nor in the records nor
in the program, publishes nothing.

Every run is one line of runs.jsonl in the data folder, and of the table crawl_run
from the next publication on. Exit code 3 means
problems or failed assertions, 5 that another run holds the data, 6 that stored
data is damaged: what is whole is published all the same.`,
		Example: examples(
			"gongkai nightly --data /srv/gongkai",
			"gongkai nightly --feed public/reports.atom --metrics /var/lib/node_exporter/gongkai.prom",
			"gongkai nightly --webhook https://example.org/hook",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			g, err := a.gathering(&o.crawlOptions)
			if err != nil {
				return err
			}
			return a.nightly(cmd.Context(), g, o)
		},
	}
	nightlyFlags(cmd, &o)
	lossFlag(cmd, a)
	return cmd
}

// nightly does one run and tells of it.
func (a *app) nightly(ctx context.Context, g gathering, o nightlyOptions) error {
	if err := o.read.check(); err != nil {
		return err
	}
	n, err := a.night(ctx, g, o.read)
	if n == nil || n.summary == nil {
		return err // nothing was begun
	}
	a.sayNotices(n.summary)
	a.say.Info(accountOf(n.summary))
	a.sayBulletin(n.bulletin)
	told := a.deliver(ctx, n.bulletin, o)
	switch {
	case err != nil:
		return errors.Join(err, told)
	case told != nil:
		return &exitError{code: exitPartial, err: fmt.Errorf("the run is done, but not all was told of it: %w", told)}
	case len(n.loader.damaged) > 0:
		return damagedArchive(n.loader.damaged)
	case troubled(n.summary) || n.loader.problems > 0:
		return partial()
	}
	return nil
}

// deliver brings the bulletin to everyone who asked for it. One that cannot be
// reached is no reason to leave out the others.
func (a *app) deliver(ctx context.Context, b *notify.Bulletin, o nightlyOptions) error {
	var errs []error
	if o.feed != "" {
		errs = append(errs, a.writeFeed(o.feed))
	}
	if o.metrics != "" {
		errs = append(errs, notify.WriteMetrics(o.metrics, b))
	}
	if o.webhook != "" {
		errs = append(errs, notify.Post(ctx, o.webhook, os.Getenv("GONGKAI_WEBHOOK_SECRET"), b))
	}
	return errors.Join(errs...)
}

// writeFeed writes the feed of what the runs brought.
func (a *app) writeFeed(path string) error {
	runs, _, err := a.runs()
	if err != nil {
		return err
	}
	return notify.WriteFeed(path, runs)
}
