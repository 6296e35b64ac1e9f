package survey

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"gongkai/crawler"
	"gongkai/crawler/fetch"
	"gongkai/crawler/platform"
	"gongkai/crawler/transport"
)

// A Visit is what one list of a site gave when it was looked at.
type Visit struct {
	Site, Column, URL string
	Links, Reports    int
	Requests          int
	Stale             string // why the site file is out of date; empty if it is not
}

// Check reads the lists of sites and keeps nothing. Sites that share a domain
// are read one after the other. The error is that the run was stopped.
func Check(ctx context.Context, sites []*crawler.Site, o Options) ([]Visit, error) {
	chain := transport.New(o.Network)
	defer chain.CloseIdleConnections()
	get := fetch.ForSites(sites, chain)
	visits := make([][]Visit, len(sites))
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(o.Parallel, 8))
	for i, s := range sites {
		group.Go(func() error {
			for k := range s.Columns {
				if inner.Err() != nil {
					return context.Cause(inner)
				}
				visits[i] = append(visits[i], look(inner, s, &s.Columns[k], get))
			}
			doubt(s, visits[i])
			return nil
		})
	}
	err := group.Wait()
	all := slices.Concat(visits...)
	slices.SortStableFunc(all, func(a, b Visit) int { return strings.Compare(a.Site, b.Site) })
	return all, err
}

// look reads one list.
func look(ctx context.Context, s *crawler.Site, c *crawler.Column, get crawler.Getter) (v Visit) {
	v = Visit{Site: s.ID, Column: c.ID, URL: c.URL}
	defer func() {
		if p := recover(); p != nil {
			v.Stale = fmt.Sprintf("its reading panicked: %v", p)
		}
	}()
	if c.Shape == crawler.ShapeReport {
		return v // one address a year: there is no list to look at
	}
	counted := func(ctx context.Context, r crawler.Request) (*crawler.Page, error) {
		if v.Requests >= s.Budget {
			return nil, crawler.Fail(crawler.FailBudget, r.URL, "budget of %d requests is used up", s.Budget)
		}
		v.Requests++
		return get(ctx, r)
	}
	for l, err := range platform.Table()[s.PlatformOf(c)].Links(ctx, s, c, counted) {
		switch {
		case err != nil && v.Stale == "":
			v.Stale = err.Error()
		case err == nil:
			v.Links++
			if t := crawler.ParseTitle(l.Title); t.Kind == crawler.KindReport || t.Kind == crawler.KindCorrection || l.Obliged {
				v.Reports++
			}
		}
	}
	if v.Stale == "" && v.Reports == 0 {
		v.Stale = fmt.Sprintf("none of its %d links is a report", v.Links)
	}
	return v
}

// doubt tells if all lists together give fewer links than the file asserts.
func doubt(s *crawler.Site, visits []Visit) {
	links := 0
	for _, v := range visits {
		links += v.Links
	}
	if len(visits) > 0 && links < s.Assertions.Items && visits[0].Stale == "" {
		visits[0].Stale = fmt.Sprintf("%d links on all lists, the file says at least %d", links, s.Assertions.Items)
	}
}
