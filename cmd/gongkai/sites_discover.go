package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"gongkai/crawler/discover"
	"gongkai/crawler/transport"
	"gongkai/internal/console"
	"gongkai/internal/pipeline"
	"gongkai/internal/survey"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newSitesDiscover(a *app) *cobra.Command {
	var l listing
	var from string
	var r road
	o := survey.Options{}
	cmd := &cobra.Command{
		Use:   "discover URL…",
		Short: "Find the lists of reports from home pages and write site files",
		Long: `Look for the lists of annual reports of sites, from their home pages or from a CSV
file of home pages with names and codes (SiteIDCode), and write a site file for
each that has reports: unverified, with the clicks that lead there, what was seen,
and how sure each line is. The surest come first; a person confirms them.

It is polite: at most 60 requests a site, two seconds apart, robots.txt obeyed; it
stops at the first challenge and never leaves the registrable domain. Site files
that exist are left alone. Exit code 3 if some site gave nothing.`,
		Example: examples(
			"gongkai sites discover http://www.example.gov.cn/ --contact mail@example.org",
			"gongkai sites discover --from homes.csv --sites my-sites --format csv",
		),
		RunE: func(cmd *cobra.Command, args []string) error {
			homes, err := homesOf(args, from)
			if err != nil {
				return err
			}
			if err := a.checkListing(l); err != nil {
				return err
			}
			if o.Network, err = r.network(time.Now()); err != nil {
				return err
			}
			return a.discover(cmd.Context(), homes, o, l)
		},
	}
	f := cmd.Flags()
	listingFlags(cmd, &l)
	f.StringVar(&from, "from", "", "read home pages from the CSV `file`: an address in each row, and a name and a code if they are known")
	f.StringVar(&o.Folder, "sites", "", "write into `folder` (default: the folder sites of the data)")
	roadFlags(cmd, &r)
	f.BoolVar(&o.Private, "allow-private", false, "the sites lie in a private network; written into their files")
	f.IntVar(&o.Requests, "requests", 60, "at most `n` requests to a site")
	f.IntVar(&o.Parallel, "parallel", 8, "search `n` domains at a time")
	return cmd
}

// homesOf returns the home pages that are named, and those of a file.
func homesOf(args []string, from string) ([]discover.Home, error) {
	var homes []discover.Home
	for _, address := range args {
		if !strings.Contains(address, "://") {
			address = "http://" + address
		}
		homes = append(homes, discover.Home{URL: address})
	}
	if from != "" {
		f, err := os.Open(from)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		listed, err := discover.Homes(f)
		if err != nil {
			return nil, &exitError{code: exitUsage, err: fmt.Errorf("%s: %w", from, err), hint: "each row needs an address such as http://www.example.gov.cn/"}
		}
		homes = append(homes, listed...)
	}
	if len(homes) == 0 {
		return nil, hinted(usage("no home page is named"), "give an address, or --from with a CSV file")
	}
	return homes, nil
}

// discover searches sites and lists what was found.
func (a *app) discover(ctx context.Context, homes []discover.Home, o survey.Options, l listing) (err error) {
	if o.Requests < 1 || o.Parallel < 1 {
		return usage("--requests and --parallel: at least 1")
	}
	if o.Folder == "" {
		o.Folder = a.folder().SiteFiles()
	}
	if entries, _ := os.ReadDir(o.Folder); len(entries) > 0 {
		if o.Sites, err = a.folder().Registry(o.Folder); err != nil && codeOf(err) != exitUsage {
			return err
		}
	}
	bar := a.progress("sites")
	o.Done = func(f survey.Found) {
		bar.Step()
		if f.Err != nil {
			bar.Clear()
			hint := []any{}
			if e, ok := errors.AsType[*transport.Error](f.Err); ok && e.Code == transport.PrivateAddress {
				hint = []any{console.HintKey, "--allow-private searches sites of a private network"}
			}
			a.say.Warn(fmt.Sprintf("%s: %v", f.Home.URL, f.Err), hint...)
		}
	}
	found, err := survey.Discover(ctx, homes, o)
	bar.End()
	if listed := a.listFound(found, l); err != nil || listed != nil {
		return errors.Join(err, listed)
	}
	written := 0
	for i := range found {
		if found[i].Path != "" {
			written++
		}
	}
	a.say.Info(fmt.Sprintf("%d of %d sites have a file in %s now", written, len(homes), o.Folder), console.HintKey, "read the files, then gongkai sites lint and gongkai crawl --site ID")
	if written < len(homes) {
		return partial()
	}
	return nil
}

func (a *app) listFound(found []survey.Found, l listing) error {
	columns := tabular.Columns("site", "confidence", "lists:integer", "links:integer", "reports:integer", "agencies:integer", "requests:integer", "home", "file", "problem")
	return a.list(l, columns, "", func(add func([]tabular.Value) error) error {
		for i := range found {
			f := &found[i]
			links, reports := f.Counts()
			id, problem := "", ""
			if f.Site != nil {
				id = f.Site.ID
			}
			if f.Err != nil {
				problem = f.Err.Error()
			}
			row := tabular.Known(id, string(f.Sure()), strconv.Itoa(len(f.Columns)), strconv.Itoa(links), strconv.Itoa(reports),
				strconv.Itoa(f.Agencies()), strconv.Itoa(f.Requests), f.Home.URL, f.Path, problem)
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

func newSitesCheck(a *app) *cobra.Command {
	var l listing
	var o crawlOptions
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Look at the lists of sites once and say which site files are out of date",
		Long: `Read the lists of sites as a crawl does, and keep nothing: no report is fetched. A
site file is out of date if a list of it cannot be read, has no report, or gives
fewer links than the file asserts. Exit code 4 if any is.`,
		Example: examples("gongkai sites check --site anning --contact mail@example.org"),
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkListing(l); err != nil {
				return err
			}
			g, err := a.gathering(&o)
			if err != nil {
				return err
			}
			return a.checkSites(cmd.Context(), g, l)
		},
	}
	crawlFlags(cmd, &o)
	listingFlags(cmd, &l)
	return cmd
}

func (a *app) checkSites(ctx context.Context, g pipeline.Gathering, l listing) error {
	visits, err := survey.Check(ctx, g.Sites, survey.Options{Network: g.Network})
	stale := 0
	columns := tabular.Columns("site", "list", "links:integer", "reports:integer", "requests:integer", "out_of_date", "url")
	listed := a.list(l, columns, "no site has a list", func(add func([]tabular.Value) error) error {
		for _, v := range visits {
			if v.Stale != "" {
				stale++
			}
			if err := add(tabular.Known(v.Site, v.Column, strconv.Itoa(v.Links), strconv.Itoa(v.Reports), strconv.Itoa(v.Requests), v.Stale, v.URL)); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case err != nil || listed != nil:
		return errors.Join(err, listed)
	case stale > 0:
		return &exitError{code: exitFindings, err: fmt.Errorf("%d of %d lists are not as their site files say", stale, len(visits))}
	}
	return nil
}
