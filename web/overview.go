package web

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gongkai"
)

// An overview is what a warehouse holds, as the home page and the strip of
// every page tell it.
type overview struct {
	Years    []yearCount // newest first
	Statuses []statusCount
	Reports  int64
	Agencies int64
	Unread   int64 // documents that gave no report
	Doubtful int64 // cells that are not counted
	Checked  bool  // findings are stored
	Cut      time.Time
}

type yearCount struct {
	Year              int
	Reports, Agencies int64
	Errors            int64 // disputed findings of severity E that stand
}

type statusCount struct {
	Status string
	Cells  int64
}

// counted says of a finding, in SQL, what [shownFinding.Adverse] says: that it counts
// against the agency.
const counted = "outcome = 'FAIL' AND status = 'disputed' AND severity = 'E'"

const yearsSQL = `
WITH failed AS (
	SELECT report_id, count(*) AS n FROM finding WHERE ` + counted + ` GROUP BY report_id
)
SELECT coalesce(r.year, 0), count(*), count(DISTINCT r.agency_key), coalesce(sum(f.n), 0)::BIGINT
FROM report r LEFT JOIN failed f USING (report_id)
WHERE r.is_current GROUP BY ALL ORDER BY 1 DESC`

const statusesSQL = `
SELECT c.status::VARCHAR, count(*) FROM cell c SEMI JOIN (SELECT report_id FROM report WHERE is_current) USING (report_id)
GROUP BY c.status ORDER BY c.status`

const totalsSQL = `
SELECT (SELECT count(*) FROM report WHERE is_current), (SELECT count(DISTINCT agency_key) FROM report WHERE is_current),
	(SELECT count(DISTINCT document) FROM problem), (SELECT max(fetched) FROM document),
	EXISTS (FROM warehouse WHERE name = 'findings')`

func readOverview(ctx context.Context, db *sql.DB) (o overview, err error) {
	o.Years, err = list(ctx, db, func(scan func(...any) error) (y yearCount, err error) {
		return y, scan(&y.Year, &y.Reports, &y.Agencies, &y.Errors)
	}, yearsSQL)
	if err != nil {
		return o, fmt.Errorf("count reports: %w", err)
	}
	o.Statuses, err = list(ctx, db, func(scan func(...any) error) (s statusCount, err error) {
		return s, scan(&s.Status, &s.Cells)
	}, statusesSQL)
	if err != nil {
		return o, fmt.Errorf("count cells: %w", err)
	}
	for _, s := range o.Statuses {
		if !gongkai.Status(s.Status).Certain() {
			o.Doubtful += s.Cells
		}
	}
	var cut sql.NullTime
	if err := db.QueryRowContext(ctx, totalsSQL).Scan(&o.Reports, &o.Agencies, &o.Unread, &cut, &o.Checked); err != nil {
		return o, fmt.Errorf("count what is held: %w", err)
	}
	o.Cut = cut.Time
	return o, nil
}

// list reads the rows of a query. The scan of a row is given as read's scan; its
// value is taken after that, so that read may return what it filled.
func list[T any](ctx context.Context, db *sql.DB, read func(scan func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}
