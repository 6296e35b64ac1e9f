package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"gongkai/internal/console"
	"gongkai/internal/pipeline"

	"github.com/spf13/cobra"
)

// nightlyOptions say what a nightly run does beside its work.
type nightlyOptions struct {
	crawlOptions
	read pipeline.Reading
	to   pipeline.Delivery
}

func nightlyFlags(cmd *cobra.Command, o *nightlyOptions) {
	crawlFlags(cmd, &o.crawlOptions)
	readFlags(cmd, &o.read)
	f := cmd.Flags()
	f.StringVar(&o.to.Webhook, "webhook", "", "post the bulletin of the run to `URL`, signed with $GONGKAI_WEBHOOK_SECRET")
	f.StringVar(&o.to.Feed, "feed", "", "keep an Atom feed of new and revised reports in `file`")
	f.StringVar(&o.to.Metrics, "metrics", "", "write figures of the run to `file`, for Prometheus's textfile collector")
}

func newNightly(a *app) *cobra.Command {
	o := nightlyOptions{crawlOptions: crawlOptions{due: true}}
	var now bool
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
			"gongkai nightly --webhook https://example.org/hook --until 06:30",
			"gongkai nightly --site anning --now --contact mail@example.org",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.due = !now
			g, err := a.gathering(&o.crawlOptions)
			if err != nil {
				return err
			}
			return a.nightly(cmd.Context(), g, o)
		},
	}
	nightlyFlags(cmd, &o)
	cmd.Flags().BoolVar(&now, "now", false, "visit all lists, due or not")
	lossFlag(cmd, a)
	return cmd
}

// nightly does one run and tells of it.
func (a *app) nightly(ctx context.Context, g pipeline.Gathering, o nightlyOptions) error {
	if err := checkReading(o.read); err != nil {
		return err
	}
	if err := o.to.Check(); err != nil {
		return err
	}
	p := a.pipeline()
	n, err := p.Nightly(ctx, g, o.read)
	if n == nil {
		return err // nothing was begun
	}
	a.sayNotices(n.Summary)
	a.say.Info(accountOf(n.Summary))
	if len(n.Summary.Sites) == 0 && len(o.only) > 0 {
		a.say.Warn("no list of "+strings.Join(o.only, ", ")+" is due", console.HintKey, "--now visits it all the same; gongkai crawl --due --dry-run lists what is due")
	}
	a.sayBulletin(n.Bulletin)
	o.to.Secret = os.Getenv("GONGKAI_WEBHOOK_SECRET")
	told := p.Deliver(ctx, n.Bulletin, o.to)
	switch {
	case err != nil:
		return errors.Join(err, errors.Unwrap(told)) // the code is that of err
	case told != nil:
		return told
	case len(n.Loaded.Damaged) > 0:
		return n.Loaded.Damage()
	case troubled(n.Summary) || n.Loaded.Problems > 0:
		return partial()
	}
	return nil
}
