package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gongkai/crawler"
	"gongkai/internal/pipeline"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newCrawl(a *app) *cobra.Command {
	var o crawlOptions
	var l listing
	var dry bool
	cmd := &cobra.Command{
		Use:   "crawl",
		Short: "Visit agency sites and keep what they publish in the archive",
		Long: `Visit the lists of agency sites, find annual reports and keep every byte in the
archive. It is polite: robots.txt, a delay for each domain and address, a budget.
The sites that come with gongkai are visited only when they are named, or after
gongkai sites enable.
A run that was cut short is made good by the next; nothing is fetched twice.

Each site is accounted for: expected = captured + problems + skips. Exit code 3
means problems or failed assertions of a site. gongkai nightly also loads and
checks; gongkai build loads the whole archive.`,
		Example: examples(
			"gongkai crawl --due --dry-run          # what a run would visit",
			"gongkai crawl --site anning --year 2023 --contact mail@example.org",
			"gongkai crawl --sites my-sites/ --contact https://example.org/about",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkListing(l); err != nil {
				return err
			}
			g, err := a.gathering(&o)
			if err != nil {
				return err
			}
			if dry {
				return a.dryRun(cmd.Context(), g, l)
			}
			return a.crawl(cmd.Context(), g, l)
		},
	}
	crawlFlags(cmd, &o)
	listingFlags(cmd, &l)
	cmd.Flags().BoolVar(&o.due, "due", false, "only what is due by the calendar: lists nightly from January to April, else weekly")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "list what would be visited and fetch nothing")
	return cmd
}

// dryRun lists what is due.
func (a *app) dryRun(ctx context.Context, g pipeline.Gathering, l listing) error {
	due, err := a.pipeline().Plan(ctx, g)
	if err != nil {
		return err
	}
	columns := tabular.Columns("site", "column", "state", "last:datetime", "url")
	return a.list(l, columns, "nothing is due", func(add func([]tabular.Value) error) error {
		for _, p := range due {
			row := tabular.Known(p.Site, p.Column, string(p.State), p.Last.UTC().Format(time.DateTime), p.URL)
			if !p.Met {
				row[2], row[3] = tabular.Value{}, tabular.Value{}
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *app) crawl(ctx context.Context, g pipeline.Gathering, l listing) error {
	done, err := a.pipeline().Crawl(ctx, g)
	if s := done.Summary; s != nil {
		a.sayNotices(s)
		if listed := a.listSites(s, l); listed != nil {
			return errors.Join(err, listed)
		}
		a.say.Info(accountOf(s))
	}
	a.sayHealed(done.Healed)
	if err == nil && troubled(done.Summary) {
		return partial()
	}
	return err
}

// troubled reports whether people should look at the run.
func troubled(s *crawler.RunSummary) bool {
	return pipeline.Sum(s.Total().Problems) > 0 || len(s.Failed()) > 0
}

// accountOf is the line that shows that nothing was lost.
func accountOf(s *crawler.RunSummary) string {
	t := s.Total()
	return fmt.Sprintf("%d sites, %d requests, %d bytes; expected %d = captured %d + problems %d + skips %d",
		len(s.Sites), t.Requests, t.Bytes, t.Expected, pipeline.Sum(t.Captured), pipeline.Sum(t.Problems), pipeline.Sum(t.Skips))
}

// sayNotices tells of failed assertions, with --verbose also of oddities.
func (a *app) sayNotices(s *crawler.RunSummary) {
	for _, site := range s.Sites {
		for _, n := range site.Alerts {
			a.say.Warn(fmt.Sprintf("%s: %s: %s %s", site.Site, n.Code, n.Column, n.Detail))
		}
		for _, n := range site.Notices {
			a.say.Debug(fmt.Sprintf("%s: %s: %s %s", site.Site, n.Code, n.Detail, n.URL))
		}
	}
}

// listSites lists what became of each site.
func (a *app) listSites(s *crawler.RunSummary, l listing) error {
	columns := tabular.Columns(
		"site", "expected:integer", "new:integer", "revised:integer", "unchanged:integer", "known:integer",
		"problems:integer", "skips:integer", "requests:integer", "bytes:integer", "alerts:integer",
		"missing:integer", "late:integer",
	)
	return a.list(l, columns, "nothing was due", func(add func([]tabular.Value) error) error {
		for _, x := range s.Sites {
			row := tabular.Known(x.Site)
			for _, n := range []int{
				x.Expected, x.Captured[crawler.New], x.Captured[crawler.Revised], x.Captured[crawler.Unchanged], x.Captured[crawler.Known],
				pipeline.Sum(x.Problems), pipeline.Sum(x.Skips), x.Requests, int(x.Bytes), len(x.Alerts), len(x.Missing), len(x.Late),
			} {
				row = append(row, tabular.Known(strconv.Itoa(n))...)
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}
