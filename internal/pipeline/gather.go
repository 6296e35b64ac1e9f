package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/platform"
	"gongkai/crawler/transport"
)

// A Gathering says what to crawl and through what.
type Gathering struct {
	Sites    []*crawler.Site  // to be visited
	Registry []*crawler.Site  // all there are: whose agencies the warehouse gets; nil for Sites
	Network  transport.Config // how to reach the sites; its zero value is the network
	Now      func() time.Time // nil for the clock of this machine
	Run      string           // name of the run; empty for its start
	All      bool             // due or not
	From, To int              // fiscal years; 0 is no bound
	Parallel int              // sites at a time; 0 for the crawler's own
}

// registered returns the sites whose agencies the warehouse gets.
func (g *Gathering) registered() []*crawler.Site {
	if g.Registry == nil {
		return g.Sites
	}
	return g.Registry
}

// clock returns the time.
func (g *Gathering) clock() time.Time {
	if g.Now == nil {
		return time.Now()
	}
	return g.Now()
}

// crawl crawls into the archive. The outcomes are in the order in which they
// came. Summary and outcomes are valid even after an error.
func (r *run) crawl(ctx context.Context) (err error) {
	g := &r.gathering
	c := g.Network
	c.Recorder = r.archive
	c.Archived = r.archive.Good()
	chain := transport.New(c)
	defer chain.CloseIdleConnections()
	count := r.Watch.Counting("links")
	defer count.End()
	r.night.Summary, err = crawler.Crawl(ctx, crawler.Options{
		Sites: g.Sites, Platforms: platform.Table(), Get: fetch.ForSites(g.Sites, chain), Sink: r.archive, Anatomist: platform.Articles{},
		Journal: r.journal, Now: g.Now, Run: g.Run, All: g.All, FromYear: g.From, ToYear: g.To, Parallel: g.Parallel,
		Done: func(o crawler.Outcome) {
			r.night.Outcomes = append(r.night.Outcomes, o)
			count.Step()
			r.Watch.Met(LinkDone{o})
			r.at("journalled")
		},
	})
	err = errors.Join(err, r.keepOutcomes())
	if err != nil {
		return fmt.Errorf("crawl: %w", err)
	}
	r.night.Held, r.waiting = r.journal.DoubtfulSites(), r.journal.Waiting()
	r.loaded.Damaged = damageOf(r.archive)
	return nil
}

// Crawled is what a crawl brought, which no warehouse has yet.
type Crawled struct {
	Summary *crawler.RunSummary
	Healed  []archive.Note // what was damaged in the archive and is whole again
}

// Crawl crawls into the archive. What it brought is valid even after an error,
// if there is a summary.
func (p *Pipeline) Crawl(ctx context.Context, g Gathering) (*Crawled, error) {
	r := &run{Pipeline: p, gathering: g}
	c := &Crawled{}
	err := r.run(ctx, crawlSteps, func(err error) error {
		c.Summary = r.night.Summary
		if r.archive == nil {
			return err
		}
		c.Healed = healedIn(r.archive)
		if err == nil {
			err = damagedArchive(damageOf(r.archive))
		}
		return err
	})
	return c, err
}

// AgenciesOf lists the agencies of sites.
func AgenciesOf(sites []*crawler.Site) []gongkai.Agency {
	var all []gongkai.Agency
	for _, s := range sites {
		for i := range s.Agencies {
			all = append(all, s.Agencies[i].Agency())
		}
	}
	return all
}
