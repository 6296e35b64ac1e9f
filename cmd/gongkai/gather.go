package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/platform"
	"gongkai/crawler/transport"
)

// A gathering says what to crawl and through what.
type gathering struct {
	sites    []*crawler.Site  // to be visited
	registry []*crawler.Site  // all there are: whose agencies the warehouse gets; nil for sites
	network  transport.Config // how to reach the sites; its zero value is the network
	now      func() time.Time
	run      string // name of the run; empty for its start
	all      bool   // due or not
	from, to int    // fiscal years; 0 is no bound
	parallel int

	point func(name string) // called at named points, where tests end the process; nil for nothing
}

// registered returns the sites whose agencies the warehouse gets.
func (g *gathering) registered() []*crawler.Site {
	if g.registry == nil {
		return g.sites
	}
	return g.registry
}

// clock returns the time.
func (g *gathering) clock() time.Time {
	if g.now == nil {
		return time.Now()
	}
	return g.now()
}

// at passes a named point.
func (g *gathering) at(name string) {
	if g.point != nil {
		g.point(name)
	}
}

// journalDir is where the crawler remembers what is done.
func (a *app) journalDir() string { return filepath.Join(a.data, "crawl") }

// gather crawls into the archive. The outcomes are in the order in which they
// came. Summary and outcomes are valid even after an error.
func (a *app) gather(ctx context.Context, ar *archive.Archive, j *crawler.Journal, g gathering) (*crawler.RunSummary, []crawler.Outcome, error) {
	c := g.network
	c.Recorder = transport.RecorderFunc(func(ctx context.Context, x *transport.Exchange) error {
		return ar.Record(ctx, (*archive.Exchange)(x))
	})
	c.Archived = ar.Good()
	chain := transport.New(c)
	defer chain.CloseIdleConnections()
	var outcomes []crawler.Outcome
	bar := a.progress("links")
	defer bar.end()
	sum, err := crawler.Crawl(ctx, crawler.Options{
		Sites: g.sites, Platforms: platform.Table(), Get: fetch.ForSites(g.sites, chain), Sink: ar, Anatomist: platform.Articles{},
		Journal: j, Now: g.now, Run: g.run, All: g.all, FromYear: g.from, ToYear: g.to, Parallel: g.parallel,
		Done: func(o crawler.Outcome) {
			outcomes = append(outcomes, o)
			bar.step()
			a.sayOutcome(bar, o)
			g.at("journalled")
		},
	})
	if err != nil {
		err = fmt.Errorf("crawl: %w", err)
	}
	return sum, outcomes, err
}

// sayOutcome tells of what was not captured, with --verbose of everything.
func (a *app) sayOutcome(bar *progress, o crawler.Outcome) {
	switch o.Result {
	case crawler.Problem:
		bar.clear()
		a.say.Warn(fmt.Sprintf("%s: %s %s: %s", o.Site, o.Failure, o.URL, o.Detail))
	case crawler.Skipped:
		a.say.Debug(fmt.Sprintf("%s: skipped (%s) %s %s", o.Site, o.Skip, o.URL, o.Title))
	default:
		a.say.Debug(fmt.Sprintf("%s: %s %s", o.Site, o.Result, o.URL))
	}
}

// agenciesOf lists the agencies of sites.
func agenciesOf(sites []*crawler.Site) []gongkai.Agency {
	var all []gongkai.Agency
	for _, s := range sites {
		for i := range s.Agencies {
			all = append(all, s.Agencies[i].Agency())
		}
	}
	return all
}
