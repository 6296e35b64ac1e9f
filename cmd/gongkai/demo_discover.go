package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/discover"
	"gongkai/internal/demo"
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
	g, err := demo.Replicated(world, server.Address())
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
	whole, wanted, amiss := demo.Discovered(world, found)
	for _, line := range amiss {
		a.say.Warn(line)
	}
	lured := demo.Lured(portals, found)
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

// crawlLoopback reads site files whose hosts are in this process and need no
// long pauses.
func (a *app) crawlLoopback(folder string) ([]*crawler.Site, error) {
	sites, err := a.folder().Registry(folder)
	for _, s := range sites {
		s.Delay = crawler.Duration(2 * time.Millisecond)
	}
	return sites, err
}
