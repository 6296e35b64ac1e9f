package pipeline

import (
	"context"
	"fmt"

	"gongkai/crawler"
	"gongkai/warehouse"
)

// A site that states no min_reports has a floor all the same: 70 % of the
// reports that it has given. Documents are never forgotten, so that fewer links
// alone cannot bring their number down; what can is that addresses give
// something else than the report they gave. The rows of the report stay: see the
// order of revisions. What comes in its place is a problem of its own.

// legibleSQL counts, by agency, the addresses that have given a report with
// tables, and those of them whose last bytes give none while no other address
// has given the report since: a page may be turned into a file that it links.
const legibleSQL = `
WITH taken AS (
	SELECT d.name, d.agency_id, d.year, coalesce(d.returned, d.fetched, TIMESTAMP '-infinity') AS seen, coalesce(bool_or(r.tables > 0), false) AS good
	FROM document d LEFT JOIN report r USING (document)
	WHERE d.url IS NOT NULL AND d.agency_id IS NOT NULL
	GROUP BY d.document, d.name, d.agency_id, d.year, d.returned, d.fetched
), address AS (
	SELECT name, arg_max(agency_id, seen) AS agency_id, arg_max(year, seen) AS year, max(seen) AS seen, arg_max(good, seen) AS still
	FROM taken GROUP BY name HAVING bool_or(good)
)
SELECT agency_id, count(*), count(*) FILTER (NOT still AND NOT EXISTS (
	FROM taken t WHERE t.good AND t.agency_id = a.agency_id AND t.year = a.year AND t.seen >= a.seen))
FROM address a GROUP BY agency_id`

// floor gives the visited sites an alert whose addresses no longer give enough
// of the reports that they gave.
func (r *run) floor(ctx context.Context) error {
	type tally struct{ gave, lost int }
	agencies := map[string]tally{}
	err := warehouse.EachRow(ctx, r.db.SQL(), legibleSQL, func(scan func(...any) error) error {
		var agency string
		var t tally
		err := scan(&agency, &t.gave, &t.lost)
		agencies[agency] = t
		return err
	})
	if err != nil {
		return fmt.Errorf("reports that are still given: %w", err)
	}
	visited := map[string]*crawler.SiteSummary{}
	for _, s := range r.night.Summary.Sites {
		visited[s.Site] = s
	}
	for _, s := range r.gathering.Sites {
		if s.Assertions.MinReports > 0 || visited[s.ID] == nil {
			continue
		}
		var all tally
		for i := range s.Agencies {
			t := agencies[s.Agencies[i].ID]
			all.gave, all.lost = all.gave+t.gave, all.lost+t.lost
		}
		if have := all.gave - all.lost; have*10 < all.gave*7 {
			visited[s.ID].Alerts = append(visited[s.ID].Alerts, crawler.Notice{
				Code:   crawler.AlertMinReports,
				Detail: fmt.Sprintf("%d of %d addresses still give the report they gave, at least 70 %% expected; the rows of the others stay as they were", have, all.gave),
			})
		}
	}
	return nil
}
