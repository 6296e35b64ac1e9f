package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"
)

// A FetchProblem is an address that the last visit of its list did not bring.
type FetchProblem struct {
	Site, Column, URL, Title, AgencyID string
	Year                               int
	Parent                             string // the page that links this file
	Result                             string // failed or skipped
	Kind, Detail, Next                 string
	Since, Seen                        time.Time
}

// SetFetchProblems replaces what the visits did not bring. It is no content: see
// [DB.Digest].
func (w *DB) SetFetchProblems(ctx context.Context, all []FetchProblem) error {
	rs := &rows{of: map[string][][]driver.Value{}}
	for i := range all {
		p := &all[i]
		var year driver.Value
		if p.Year != 0 {
			year = int32(p.Year)
		}
		rs.add("fetch_problem", p.Site, null(p.Column), null(p.URL), null(p.Title), null(p.AgencyID), year, null(p.Parent),
			p.Result, p.Kind, null(p.Detail), null(p.Next), timestamp(p.Since), timestamp(p.Seen))
	}
	err := w.transaction(ctx, func(conn *sql.Conn) error {
		if err := run(ctx, conn, "DELETE FROM fetch_problem"); err != nil {
			return err
		}
		return rs.append(ctx, conn, []string{"fetch_problem"})
	})
	if err != nil {
		return fmt.Errorf("what the visits did not bring: %w", err)
	}
	return nil
}
