package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"gongkai/crawler"
	"gongkai/internal/config"
	"gongkai/internal/pipeline"
	"gongkai/internal/tabular"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"
)

func newSitesStatus(a *app) *cobra.Command {
	var l listing
	var folder string
	cmd := &cobra.Command{
		Use:   "status [ID]",
		Short: "What the last visit of each site brought and what it did not",
		Long: `List the sites with what their last visit brought: addresses captured, failed and
left out. With an id list every address that the last visit of that site failed to
bring or left out, with the reason and what to do about it. It reads what crawls
and nights have left, so it is never behind; query problems is as of the last
publication.`,
		Example: examples("gongkai sites status", "gongkai sites status anning --format csv"),
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			sites, err := a.folder().Registry(folder)
			if err != nil {
				return err
			}
			g, err := a.folder().Gathered()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return a.listStatus(sites, g, l)
			}
			if !slices.ContainsFunc(sites, func(s *crawler.Site) bool { return s.ID == args[0] }) {
				return hinted(usage("there is no site %q", args[0]), "gongkai sites list shows all")
			}
			return a.listProblems(args[0], g, l)
		},
	}
	listingFlags(cmd, &l)
	sitesFlag(cmd, &folder)
	return cmd
}

func (a *app) listStatus(sites []*crawler.Site, g *pipeline.Gathered, l listing) error {
	enabled, err := config.ReadEnabled(a.data)
	if err != nil {
		return err
	}
	columns := tabular.Columns("site", "enabled:boolean", "verified:boolean", "visited:datetime", "lists:integer", "requests:integer",
		"captured:integer", "failed:integer", "skipped:integer", "alerts:integer")
	own := a.folder().Own()
	return a.list(l, columns, "there are no sites", func(add func([]tabular.Value) error) error {
		for _, s := range sites {
			v, met := g.Sites[s.ID]
			row := tabular.Known(s.ID, strconv.FormatBool(own || enabled.Has(s.ID)), strconv.FormatBool(!s.Unverified), v.At.Format(time.DateTime))
			for _, n := range []int{v.Lists, v.Requests, v.Captured, v.Problems, v.Skipped, v.Alerts} {
				row = append(row, tabular.Known(strconv.Itoa(n))...)
			}
			if !met {
				for i := 3; i < len(row); i++ {
					row[i] = tabular.Value{}
				}
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *app) listProblems(id string, g *pipeline.Gathered, l listing) error {
	columns := tabular.Columns("result", "kind", "url", "title", "detail", "next", "since:datetime", "list")
	empty := "its last visit brought everything"
	if _, met := g.Sites[id]; !met {
		empty = "it was not visited yet"
	}
	return a.list(l, columns, empty, func(add func([]tabular.Value) error) error {
		for i := range g.Problems {
			p := &g.Problems[i]
			if p.Site != id {
				continue
			}
			row := tabular.Known(p.Result(), p.Kind)
			for _, text := range []string{p.URL, p.Title, p.Detail, p.Next()} {
				row = append(row, tabular.OrNull(text))
			}
			row = append(row, tabular.Known(p.Since.Format(time.DateTime))[0], tabular.OrNull(p.Column))
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

func newSitesVerify(a *app) *cobra.Command {
	var folder string
	cmd := &cobra.Command{
		Use:   "verify ID",
		Short: "Record that a live run has confirmed a site file",
		Long: `Take the mark "unverified" out of a site file of one's own, after its last visit
has captured reports and raised no alert. The line says when that was and what it
brought. From then on the site has the usual budget.`,
		Example: examples("gongkai sites verify example --sites my-sites"),
		Args:    exactly("ID"),
		RunE: func(_ *cobra.Command, args []string) error {
			if folder == "" {
				folder = a.folder().SiteFiles()
			}
			return a.verifySite(filepath.Join(folder, args[0]+".toml"), args[0])
		},
	}
	sitesFlag(cmd, &folder)
	return cmd
}

// unverifiedLine is the mark of a site file that no live run has confirmed.
var unverifiedLine = regexp.MustCompile(`(?m)^[ \t]*unverified[ \t]*=[ \t]*true[^\n]*$`)

func (a *app) verifySite(path, id string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return &exitError{code: exitUsage, err: fmt.Errorf("site file: %w", err), hint: "only site files of your own are changed: --sites names their folder"}
	}
	s, err := crawler.Parse(filepath.Base(path), text)
	if err != nil {
		return err
	}
	g, err := a.folder().Gathered()
	if err != nil {
		return err
	}
	v, met := g.Sites[id]
	switch {
	case !s.Unverified:
		a.say.Info(path + " is verified already")
		return nil
	case !met:
		return hinted(fmt.Errorf("%s was not visited yet", id), "gongkai crawl --site "+id)
	case v.Alerts > 0 || v.Captured == 0:
		return hinted(fmt.Errorf("the last visit of %s captured %d addresses and raised %d alerts", id, v.Captured, v.Alerts), "gongkai sites status "+id+" says what is wrong")
	}
	line := fmt.Sprintf("# verified: the visit of %s captured %d, failed %d", v.At.In(crawler.Shanghai).Format(time.DateOnly), v.Captured, v.Problems)
	changed := unverifiedLine.ReplaceAllLiteral(text, []byte(line))
	if s, err := crawler.Parse(filepath.Base(path), changed); err != nil || s.Unverified {
		return fmt.Errorf("%s: cannot take the mark unverified out (%w): change it by hand", path, err)
	}
	if err := renameio.WriteFile(path, changed, 0o644); err != nil {
		return fmt.Errorf("site file: %w", err)
	}
	a.say.Info(path + ": verified")
	return nil
}
