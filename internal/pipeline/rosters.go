package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/platform"
	"gongkai/crawler/transport"
)

// rosterReadings is how many states of a roster are tried, from the last
// capture back: a page that was redesigned says what it said before.
const rosterReadings = 30

// rosters reads who had to publish from the roster pages in the archive, without
// the network: whoever loads the same archive gets the same.
func rosters(ctx context.Context, sites []*crawler.Site, ar *archive.Archive) ([]gongkai.Obligation, []gongkai.RosterProblem, error) {
	table := platform.Table()
	var all []gongkai.Obligation
	var problems []gongkai.RosterProblem
	owners := map[string][]string{} // sites that name a unit which is none of theirs
	for _, s := range sites {
		for i := range s.Columns {
			col := &s.Columns[i]
			if !s.IsRoster(col) {
				continue
			}
			r, err := lastRoster(ctx, table[s.PlatformOf(col)], s, col, ar)
			if err != nil {
				return nil, nil, fmt.Errorf("roster %s of site %s: %w", col.ID, s.ID, err)
			}
			for _, o := range r.Obligations {
				if strings.HasPrefix(o.Agency, "name:") && !slices.Contains(owners[o.Agency], s.ID) {
					owners[o.Agency] = append(owners[o.Agency], s.ID)
				}
			}
			all, problems = append(all, r.Obligations...), append(problems, r.Problems...)
		}
	}
	all, namesakes := withoutNamesakes(all, owners)
	problems = append(problems, namesakes...)
	slices.SortStableFunc(problems, func(a, b gongkai.RosterProblem) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Unit, b.Unit), strings.Compare(a.Code, b.Code))
	})
	return all, problems, nil
}

// withoutNamesakes takes out the units whose name the rosters of several sites
// have, and none of these as its agency: they may be as many agencies.
func withoutNamesakes(all []gongkai.Obligation, owners map[string][]string) (kept []gongkai.Obligation, problems []gongkai.RosterProblem) {
	for _, o := range all {
		if len(owners[o.Agency]) < 2 {
			kept = append(kept, o)
			continue
		}
		problems = append(problems, gongkai.RosterProblem{
			Source: o.Source, Unit: strings.TrimPrefix(o.Agency, "name:"), Note: o.Note, Code: "name",
			Detail: fmt.Sprintf("the rosters of the sites %v have this name, and no site has the agency", owners[o.Agency]),
		})
	}
	return kept, problems
}

// lastRoster reads the last captures of a column that could be read in full. If
// there are none it is the last ones, and a problem says so.
func lastRoster(ctx context.Context, p crawler.Platform, s *crawler.Site, col *crawler.Column, ar *archive.Archive) (crawler.Roster, error) {
	archived := *s // robots.txt was obeyed when it was crawled
	archived.Robots = crawler.Robots{Ignore: true, Reason: "read from the archive"}
	read := func(from http.RoundTripper) (crawler.Roster, error) {
		get := fetch.ForSites([]*crawler.Site{&archived}, transport.New(transport.Config{Replay: from}))
		r := crawler.ReadRoster(ctx, p, &archived, col, get)
		if crawler.FailureOf(r.Failed) == crawler.FailStore {
			return r, r.Failed
		}
		return r, ctx.Err()
	}
	last, err := read(ar.Good())
	r := last
	for n := 1; err == nil && r.Failed != nil && !r.Captured.IsZero(); n++ {
		if n == rosterReadings {
			break
		}
		r, err = read(ar.GoodUntil(r.Captured.Add(-time.Nanosecond)))
	}
	switch {
	case err != nil:
		return crawler.Roster{}, err
	case last.Captured.IsZero(): // never had: the crawl says why
		return crawler.Roster{}, nil
	case r.Failed == nil:
		return r, nil
	}
	last.Problems = append(last.Problems, gongkai.RosterProblem{Source: col.URL, Code: "unread", Detail: last.Failed.Error()})
	return last, nil
}
