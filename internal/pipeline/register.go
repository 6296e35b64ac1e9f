package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
)

// Registry reads the site files of a folder; without one those of the data, and
// if there are none those that come with the program.
func (f Folder) Registry(folder string) ([]*crawler.Site, error) {
	if folder == "" {
		if f.comesAlong(folder) {
			return crawler.Embedded()
		}
		folder = f.SiteFiles()
	}
	sites, err := crawler.Load(os.DirFS(folder))
	if err == nil && len(sites) == 0 {
		err = &Error{Code: NoSites, Err: fmt.Errorf("there is no site file in %s", folder)}
	}
	return sites, err
}

// register puts into the warehouse which agencies there are, what people have
// recorded, and what the roster pages of the archive say. Every pipeline that
// loads documents does it, with the whole registry, so that it does not matter
// which came last.
func (r *run) register(ctx context.Context) error {
	s, err := r.Folder.ReadRecords(nil)
	if err != nil {
		return err
	}
	r.index = crawler.NewIndex(r.sites, s.Names, s.Events)
	agencies, err := visited(r.sites, r.archive)
	if err != nil {
		return fmt.Errorf("register: %w", err)
	}
	obliged, problems, err := rosters(ctx, r.sites, r.archive)
	if err != nil {
		return fmt.Errorf("register: %w", err)
	}
	if len(problems) > 0 {
		r.Watch.Met(RosterUnclear{problems})
	}
	db := r.db
	err = errors.Join(
		db.SetAgencies(ctx, agencies), db.SetRegions(ctx, crawler.Regions(r.sites)), db.SetExcuses(ctx, s.Excuses), db.SetEvents(ctx, s.Events),
		db.SetNames(ctx, s.Names), db.SetRosters(ctx, append(s.Rosters, obliged...), problems), db.SetReplies(ctx, s.Replies),
		db.SetReadings(ctx, s.Readings),
		db.SetConfirmations(ctx, s.Confirmations),
	)
	if err != nil {
		return fmt.Errorf("register: %w", err)
	}
	return nil
}

// visited lists the agencies of sites with the day of the last visit there.
func visited(sites []*crawler.Site, ar *archive.Archive) ([]gongkai.Agency, error) {
	visits, err := ar.Visits()
	if err != nil {
		return nil, err
	}
	var all []gongkai.Agency
	for _, s := range sites {
		var last time.Time
		for _, host := range s.Hosts {
			if at := visits[host]; at.After(last) {
				last = at
			}
		}
		agencies := AgenciesOf([]*crawler.Site{s})
		for i := range agencies {
			if !last.IsZero() {
				agencies[i].Visited = last.In(crawler.Shanghai).Format(time.DateOnly)
			}
		}
		all = append(all, agencies...)
	}
	return all, nil
}
