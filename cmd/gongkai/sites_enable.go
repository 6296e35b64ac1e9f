package main

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/crawler"
	"gongkai/crawler/transport"
	"gongkai/internal/config"
	"gongkai/internal/console"

	"github.com/spf13/cobra"
)

func newSitesEnable(a *app) *cobra.Command {
	var all bool
	var contact string
	cmd := &cobra.Command{
		Use:   "enable ID…",
		Short: "Let runs visit sites that come with gongkai",
		Long: `Let crawl, nightly, schedule and sites check visit sites that come with gongkai
without their being named. Nobody has asked these sites: they must be able to see
who visits them and to write there, so an address stands in the User-Agent of
every run from then on. It is kept in enabled.toml in the data folder. Site files
of one's own need not be enabled.`,
		Example: examples(
			"gongkai sites enable anning kunming --contact mail@example.org",
			"gongkai sites enable --all --contact https://example.org/about",
		),
		RunE: func(_ *cobra.Command, ids []string) error { return a.enable(ids, all, contact, true) },
	}
	cmd.Flags().BoolVar(&all, "all", false, "all sites that come with gongkai")
	cmd.Flags().StringVar(&contact, "contact", "", "the `address` that sites can write to: mail, or a web page")
	return cmd
}

func newSitesDisable(a *app) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:     "disable ID…",
		Short:   "Take back what sites enable allowed",
		Long:    "Let no run visit these sites any more unless they are named. What is in the archive stays.",
		Example: examples("gongkai sites disable anning", "gongkai sites disable --all"),
		RunE:    func(_ *cobra.Command, ids []string) error { return a.enable(ids, all, "", false) },
	}
	cmd.Flags().BoolVar(&all, "all", false, "all sites")
	return cmd
}

// enable adds sites to those that runs may visit, or takes them away.
func (a *app) enable(ids []string, all bool, contact string, on bool) error {
	sites, err := crawler.Embedded()
	if err != nil {
		return err
	}
	known := make([]string, len(sites))
	for i, s := range sites {
		known[i] = s.ID
	}
	if all != (len(ids) == 0) {
		return usage("name sites by their ids, or all with --all")
	}
	for _, id := range ids {
		if !slices.Contains(known, id) {
			return hinted(usage("no site %q comes with gongkai%s", id, suggestion(id, known)), "gongkai sites list shows all; site files of your own need not be enabled")
		}
	}
	e, err := config.ReadEnabled(a.data)
	if err != nil {
		return err
	}
	switch {
	case on && all:
		e.All = true
	case on:
		e.Sites = append(e.Sites, ids...)
	case all:
		e.All, e.Sites = false, nil
	default:
		if e.All {
			e.All, e.Sites = false, known
		}
		e.Sites = slices.DeleteFunc(slices.Clone(e.Sites), func(id string) bool { return slices.Contains(ids, id) })
	}
	if contact != "" {
		e.Contact = contact
	}
	if _, err := transport.Agent(e.Contact); err != nil {
		return usage("--contact: %v", err)
	}
	if on && e.Contact == "" {
		return hinted(usage("sites must be able to write to who visits them"), "--contact mail@example.org, or the address of a web page")
	}
	if err := e.Write(a.data); err != nil {
		return err
	}
	what := fmt.Sprintf("%d of %d sites are enabled", len(e.Sites), len(sites))
	if e.All {
		what = fmt.Sprintf("all %d sites are enabled", len(sites))
	}
	a.say.Info(strings.TrimSpace(what+" "+e.Contact), console.HintKey, "gongkai crawl --due --dry-run lists what a run would visit")
	return nil
}
