package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

// sitesDir is where site files of one's own stand.
func (a *app) sitesDir() string { return filepath.Join(a.data, "sites") }

// sitesFlag adds the flag that says where the registry is.
func sitesFlag(cmd *cobra.Command, folder *string) {
	cmd.Flags().StringVar(folder, "sites", "", "read site files from `folder`; without it from the folder sites of the data if there is one, else those that come with gongkai")
}

// registry reads the site files of a folder; without one those of the data, and
// if there are none those that come with the program.
func (a *app) registry(folder string) ([]*crawler.Site, error) {
	if folder == "" {
		if _, err := os.Stat(a.sitesDir()); err == nil {
			folder = a.sitesDir()
		}
	}
	return loadSites(folder)
}

// index returns the agencies of sites by the names that they and records give.
func (a *app) index(sites []*crawler.Site) (*crawler.Index, error) {
	s, err := a.readRecords(nil)
	if err != nil {
		return nil, hinted(err, "gongkai records lint lists the faults")
	}
	return crawler.NewIndex(sites, s.Names, s.Events), nil
}

// register puts into the warehouse which agencies there are, what people have
// recorded, and what the roster pages of the archive say. Every command that
// loads documents does it, with the whole registry, so that it does not matter
// which came last.
func (a *app) register(ctx context.Context, db *warehouse.DB, ar *archive.Archive, sites []*crawler.Site) error {
	s, err := a.readRecords(nil)
	if err != nil {
		return hinted(err, "gongkai records lint lists the faults")
	}
	agencies, err := visited(sites, ar)
	if err != nil {
		return fmt.Errorf("register: %w", err)
	}
	obliged, problems, err := rosters(ctx, sites, ar)
	if err != nil {
		return fmt.Errorf("register: %w", err)
	}
	if len(problems) > 0 {
		a.say.Warn(fmt.Sprintf("%d lines of roster pages oblige nobody, the first: %s %s: %s", len(problems), problems[0].Source, problems[0].Unit, problems[0].Detail),
			hintKey, "gongkai query \"FROM roster_problem\" lists them")
	}
	err = errors.Join(
		db.SetAgencies(ctx, agencies), db.SetRegions(ctx, crawler.Regions(sites)), db.SetExcuses(ctx, s.Excuses), db.SetEvents(ctx, s.Events),
		db.SetNames(ctx, s.Names), db.SetRosters(ctx, append(s.Rosters, obliged...), problems), db.SetReplies(ctx, s.Replies),
		db.SetReadings(ctx, s.Readings),
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
		agencies := agenciesOf([]*crawler.Site{s})
		for i := range agencies {
			if !last.IsZero() {
				agencies[i].Visited = last.In(crawler.Shanghai).Format(time.DateOnly)
			}
		}
		all = append(all, agencies...)
	}
	return all, nil
}
