package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// A Run is one nightly run.
type Run struct {
	ID                                   string
	Started, Finished                    time.Time // of its crawl
	Version, Failure                     string    // of the program; why the run failed, empty if it did not
	Requests, Bytes                      int64
	Expected, Captured, Problems, Skips  int // links and files
	New, Revised, Missing, Late, Reports int // reports: told of by this run; checked
	Errors, Warnings                     int // findings after it
	Held                                 []string
	Sites                                []SiteRun
}

// A SiteRun is what a run did at one site.
type SiteRun struct {
	Site                                string
	Requests, Bytes                     int64
	Expected, Captured, Problems, Skips int
	Alerts                              int // failed assertions
}

// An Alert is a failed assertion of a site, from the run that first met it to
// the one that no longer did.
type Alert struct {
	Site, Code, Column, Detail string
	Since, Told, Resolved      time.Time // Resolved is zero while it is open
}

// SetRuns replaces the log of runs and alerts. It is no content: see [DB.Digest].
func (w *DB) SetRuns(ctx context.Context, runs []Run, alerts []Alert) error {
	rs := &rows{of: map[string][][]driver.Value{}}
	for i := range runs {
		r := &runs[i]
		rs.add("crawl_run", r.ID, timestamp(r.Started), timestamp(r.Finished), r.Version, null(r.Failure), int32(len(r.Sites)), r.Requests, r.Bytes,
			int32(r.Expected), int32(r.Captured), int32(r.Problems), int32(r.Skips), int32(r.New), int32(r.Revised), int32(r.Missing), int32(r.Late),
			texts(r.Held), int32(r.Reports), int32(r.Errors), int32(r.Warnings))
		for _, s := range r.Sites {
			rs.add("crawl_site_run", r.ID, s.Site, s.Requests, s.Bytes, int32(s.Expected), int32(s.Captured), int32(s.Problems), int32(s.Skips), int32(s.Alerts))
		}
	}
	for _, a := range alerts {
		rs.add("alert", a.Site, a.Code, null(a.Column), a.Detail, timestamp(a.Since), timestamp(a.Told), timestamp(a.Resolved))
	}
	tables := []string{"crawl_run", "crawl_site_run", "alert"}
	err := w.transaction(ctx, func(conn *sql.Conn) error {
		for _, table := range tables {
			if err := run(ctx, conn, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		return rs.append(ctx, conn, tables)
	})
	if err != nil {
		return fmt.Errorf("log of runs: %w", err)
	}
	return nil
}

// SetBasis keeps a name of everything that the warehouse was made from and
// checked with; an empty one says that this is not known.
func (w *DB) SetBasis(ctx context.Context, basis string) error {
	err := w.transaction(ctx, func(conn *sql.Conn) error {
		return run(ctx, conn, "DELETE FROM warehouse WHERE name = 'basis'", "INSERT INTO warehouse VALUES ('basis', "+QuoteText(basis)+")")
	})
	if err != nil {
		return fmt.Errorf("basis of the warehouse: %w", err)
	}
	return nil
}

// Basis returns what SetBasis kept, empty if nothing.
func (w *DB) Basis(ctx context.Context) (basis string, err error) {
	err = w.db.QueryRowContext(ctx, "SELECT value FROM warehouse WHERE name = 'basis'").Scan(&basis)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return basis, err
}
