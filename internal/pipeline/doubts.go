package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"gongkai"
	"gongkai/crawler"
	"gongkai/extract"
	"gongkai/warehouse"
	"gongkai/warehouse/records"
)

// Doubts lists the names of reports in the warehouse that may be those of
// agencies of the register, but not for certain. They are proposed to a person
// and never taken. Without a warehouse there are none.
func (f Folder) Doubts(ctx context.Context, sites []*crawler.Site) (doubts []records.Doubt, err error) {
	s, err := f.ReadRecords(nil)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(f.Database()); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	db, err := warehouse.Open(ctx, f.Database(), warehouse.Options{ReadOnly: true, Forms: extract.Forms()})
	if err != nil {
		return nil, fmt.Errorf("names of reports: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.SQL().QueryContext(ctx, `SELECT agency, count(*), coalesce(min(year), 0), coalesce(max(year), 0), min(name)
		FROM report WHERE is_current AND agency_id IS NULL AND agency <> '' GROUP BY agency ORDER BY agency`)
	if err != nil {
		return nil, fmt.Errorf("names of reports: %w", err)
	}
	defer rows.Close()
	index, registered := crawler.NewIndex(sites, s.Names, s.Events), AgenciesOf(sites)
	for rows.Next() {
		var d records.Doubt
		if err := rows.Scan(&d.Name, &d.Reports, &d.First, &d.Last, &d.Example); err != nil {
			return nil, fmt.Errorf("names of reports: %w", err)
		}
		// What the reports say of the place was asked when they were loaded.
		found := index.Identify(d.Name, func(string) bool { return false })
		for _, id := range found.Possible {
			if i := slices.IndexFunc(registered, func(a gongkai.Agency) bool { return a.ID == id }); i >= 0 {
				d.May = append(d.May, registered[i])
			}
		}
		if d.Shared = found.Shared; len(d.May) > 0 {
			doubts = append(doubts, d)
		}
	}
	return doubts, rows.Err()
}
