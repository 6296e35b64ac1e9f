package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/discover"
	"gongkai/internal/pipeline"
	"gongkai/internal/survey"
	"gongkai/internal/testbed/replica"
)

// demoPortals is how many portals without reports stand among the demo's sites.
const demoPortals = 10

// demoDiscover finds the sites of a world from their home pages alone, among
// portals that publish no report, and crawls what was found. It is a failure if
// a site but the walled one is not found with all entries of its list, or
// anything is found on a portal.
func (a *app) demoDiscover(ctx context.Context, o pipeline.Reading) (err error) {
	world, err := replica.New(replica.Options{})
	if err != nil {
		return err
	}
	portals := world.Portals(demoPortals)
	server, err := replica.Serve(world)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	g, err := replicated(world, server.Address())
	if err != nil {
		return err
	}
	var homes []discover.Home
	for _, h := range slices.Concat(world.Homes, portals) {
		homes = append(homes, discover.Home{URL: h.URL})
	}
	begun := time.Now()
	found, err := survey.Discover(ctx, homes, survey.Options{Network: g.Network, Folder: a.folder().SiteFiles(), Delay: -1, Parallel: 2, Now: g.Now})
	if err != nil {
		return err
	}
	a.say.Info(fmt.Sprintf("%d home pages searched in %s", len(homes), time.Since(begun).Round(time.Millisecond)))
	whole, wanted := a.compareFound(world, found)
	lured := luredBy(portals, found)
	fmt.Fprintf(a.stdout, "discovered %d of %d sites\nnothing on %d of %d portals without reports\n", whole, len(world.Homes), len(portals)-lured, len(portals))
	if whole < wanted || lured > 0 {
		return fmt.Errorf("discovery: %d of %d sites were to be found, and nothing on portals", whole, wanted)
	}
	if g.Sites, err = a.crawlLoopback(a.folder().SiteFiles()); err != nil {
		return err
	}
	n, err := a.quietly().pipeline().Nightly(ctx, g, o)
	if err != nil {
		return err
	}
	read := len(n.Loaded.Outcomes) - n.Loaded.Problems
	fmt.Fprintf(a.stdout, "crawled with the files that were found: published %d reports, read %d\n", world.Reports, read)
	if read != world.Reports {
		return errors.New("the files that were found do not lead to all reports")
	}
	return nil
}

// compareFound counts the sites whose list was found with all its entries, and
// those that must be: all but the walled ones.
func (a *app) compareFound(world *replica.World, found []survey.Found) (whole, wanted int) {
	for _, h := range world.Homes {
		if !h.Walled() {
			wanted++
		}
		i := slices.IndexFunc(found, func(f survey.Found) bool { return f.Home.URL == h.URL })
		var got []string
		for _, c := range found[i].Columns {
			for _, l := range c.Links {
				if l.Entry != crawler.EntryUnlinked {
					got = append(got, l.URL)
				}
			}
		}
		slices.Sort(got)
		switch got = slices.Compact(got); {
		case found[i].Path != "" && slices.Equal(got, h.Entries):
			whole++
		default:
			a.say.Warn(fmt.Sprintf("%s: %d of %d entries were found: %v", h.URL, len(got), len(h.Entries), found[i].Err))
		}
	}
	return whole, wanted
}

// luredBy counts the portals on which something was found.
func luredBy(portals []replica.Home, found []survey.Found) int {
	n := 0
	for _, h := range portals {
		if slices.ContainsFunc(found, func(f survey.Found) bool { return f.Home.URL == h.URL && f.Path != "" }) {
			n++
		}
	}
	return n
}

// crawlLoopback reads site files whose hosts are in this process and need no
// long pauses.
func (a *app) crawlLoopback(folder string) ([]*crawler.Site, error) {
	sites, err := a.folder().Registry(folder)
	for _, s := range sites {
		s.Delay = crawler.Duration(2 * time.Millisecond)
	}
	return sites, err
}
