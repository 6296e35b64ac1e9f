package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/transport"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

// crawlOptions choose what is crawled.
type crawlOptions struct {
	folder  string // of site files; empty for those that come with the program
	only    []string
	year    int
	budget  int
	contact string
	due     bool
}

func crawlFlags(cmd *cobra.Command, o *crawlOptions) {
	f := cmd.Flags()
	sitesFlag(cmd, &o.folder)
	f.StringArrayVar(&o.only, "site", nil, "only the site with this `id`; may be repeated")
	f.IntVar(&o.year, "year", 0, "only reports for this fiscal `year`")
	f.IntVar(&o.budget, "budget", 0, "at most `n` requests to a site in this run")
	f.StringVar(&o.contact, "contact", "", "an `address` that sites can write to; it goes into the User-Agent")
}

func newCrawl(a *app) *cobra.Command {
	var o crawlOptions
	var l listing
	var dry bool
	cmd := &cobra.Command{
		Use:   "crawl",
		Short: "Visit agency sites and keep what they publish in the archive",
		Long: `Visit the lists of agency sites, find annual reports and keep every byte in the
archive. It is polite: robots.txt, a delay for each host and address, a budget.
A run that was cut short is made good by the next; nothing is fetched twice.

Each site is accounted for: expected = captured + problems + skips. Exit code 3
means problems or failed assertions of a site. gongkai nightly also loads and
checks; gongkai build loads the whole archive.`,
		Example: examples(
			"gongkai crawl --due --dry-run          # what a run would visit",
			"gongkai crawl --site anning --year 2023",
			"gongkai crawl --sites my-sites/ --contact https://example.org/about",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			g, err := a.gathering(&o)
			if err != nil {
				return err
			}
			if dry {
				return a.dryRun(g, l)
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

// gathering turns the options into a crawl of the real network.
func (a *app) gathering(o *crawlOptions) (gathering, error) {
	g := gathering{all: !o.due, from: o.year, to: o.year, now: time.Now}
	if o.budget < 0 || o.year != 0 && (o.year < 2008 || o.year > 2100) {
		return g, usage("--budget and --year: no such number")
	}
	if o.contact != "" {
		g.network.UserAgent = transport.UserAgent + " +" + o.contact
	}
	sites, err := a.registry(o.folder)
	if err != nil {
		return g, err
	}
	g.registry = sites
	for _, id := range o.only {
		if !slices.ContainsFunc(sites, func(s *crawler.Site) bool { return s.ID == id }) {
			return g, hinted(usage("there is no site %q", id), "gongkai sites list shows all")
		}
	}
	for _, s := range sites {
		if len(o.only) > 0 && !slices.Contains(o.only, s.ID) {
			continue
		}
		if o.budget > 0 {
			s.Budget = min(s.Budget, o.budget)
		}
		g.sites = append(g.sites, s)
	}
	return g, nil
}

// loadSites reads the site files of a folder, or the registry.
func loadSites(folder string) ([]*crawler.Site, error) {
	if folder == "" {
		return crawler.Embedded()
	}
	sites, err := crawler.Load(os.DirFS(folder))
	if err == nil && len(sites) == 0 {
		err = hinted(usage("there is no site file in %s", folder), "site files are named *.toml; gongkai sites new makes one")
	}
	return sites, err
}

// dryRun lists what is due, from the journal alone.
func (a *app) dryRun(g gathering, l listing) (err error) {
	tasks := map[string]crawler.Task{}
	if _, err := os.Stat(a.journalDir()); err == nil {
		ar, err := archive.Open(a.archiveDir()) // the journal has one user at a time
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, ar.Close()) }()
		j, err := a.openJournal()
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, j.Close()) }()
		for _, s := range g.sites {
			for t := range j.Tasks(s.ID) {
				tasks[t.ID] = t
			}
		}
	}
	columns := tabular.Columns("site", "column", "state", "last:datetime", "url")
	return a.list(l, columns, "nothing is due", func(add func([]tabular.Value) error) error {
		for _, s := range g.sites {
			for i := range s.Columns {
				c := &s.Columns[i]
				t, met := tasks[s.ID+" list:"+c.ID]
				if !g.all && met && !t.Due(g.now(), false) {
					continue
				}
				row := tabular.Known(s.ID, c.ID, string(t.State), t.At.UTC().Format(time.DateTime), c.URL)
				if !met {
					row[2], row[3] = tabular.Value{}, tabular.Value{}
				}
				if err := add(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (a *app) crawl(ctx context.Context, g gathering, l listing) (err error) {
	ar, err := a.openWriting() // holds the lock of the data folder
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	j, err := a.openJournal()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	s, _, err := a.gather(ctx, ar, j, g)
	if s != nil {
		a.sayNotices(s)
		if listed := a.listSites(s, l); listed != nil {
			return errors.Join(err, listed)
		}
		a.say.Info(accountOf(s))
	}
	a.sayHealed(ar)
	switch damage := damageOf(ar); {
	case err == nil && len(damage) > 0:
		return damagedArchive(damage)
	case err == nil && troubled(s):
		return partial()
	}
	return err
}

// troubled reports whether people should look at the run.
func troubled(s *crawler.RunSummary) bool {
	return sum(s.Total().Problems) > 0 || len(s.Failed()) > 0
}

// accountOf is the line that shows that nothing was lost.
func accountOf(s *crawler.RunSummary) string {
	t := s.Total()
	return fmt.Sprintf("%d sites, %d requests, %d bytes; expected %d = captured %d + problems %d + skips %d",
		len(s.Sites), t.Requests, t.Bytes, t.Expected, sum(t.Captured), sum(t.Problems), sum(t.Skips))
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
				sum(x.Problems), sum(x.Skips), x.Requests, int(x.Bytes), len(x.Alerts), len(x.Missing), len(x.Late),
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
