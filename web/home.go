package web

import (
	"context"
	"database/sql"
	"net/http"
	"strconv"

	"gongkai/internal/tabular"
)

// home tells what is held: reports by year, agencies, cells by status.
func (s *Server) home(_ context.Context, snap *snapshot, _ *http.Request) (*answer, error) {
	a := &answer{template: "home", nav: "home", body: snap.held}
	return a, nil
}

// An agencyRow is one agency of the list.
type agencyRow struct {
	Key, Agency, Level, Type string
	Reports                  int64
	First, Last              int
	Errors                   int64
}

const agenciesSQL = `
WITH failed AS (
	SELECT agency_key, count(*) AS n FROM finding
	WHERE ` + counted + ` GROUP BY agency_key
), known AS (
	SELECT agency_key, arg_max(agency, year) AS agency, any_value(level) AS level, any_value(type) AS type,
		count(*) AS reports, coalesce(min(year), 0) AS first, coalesce(max(year), 0) AS last
	FROM v_registered_report WHERE NOT starts_with(agency_key, 'document:') GROUP BY agency_key
	UNION ALL
	SELECT agency_id, agency, level, type, 0, 0, 0 FROM agency ANTI JOIN report ON report.agency_key = agency.agency_id AND report.is_current
)
SELECT k.agency_key, coalesce(k.agency, k.agency_key), coalesce(k.level, ''), coalesce(k.type, ''), k.reports, k.first, k.last, coalesce(f.n, 0)
FROM known k LEFT JOIN failed f USING (agency_key)
WHERE $q = '' OR contains(k.agency, $q) OR k.agency_key = $q
ORDER BY k.agency_key LIMIT $most`

// mostAgencies is how many agencies one list shows; it says so if there are more.
const mostAgencies = 1000

// agencies lists the agencies whose name has the words of q in it.
func (s *Server) agencies(ctx context.Context, snap *snapshot, r *http.Request) (*answer, error) {
	q := r.URL.Query().Get("q")
	if len(q) > 200 {
		return nil, &httpError{http.StatusBadRequest, "E_LONG", "error.long", nil}
	}
	most := mostAgencies + 1
	if _, suffix := splitSuffix(r.URL.Path); suffix != "" {
		most = 10_000_000 // downloads are whole
	}
	rows, err := list(ctx, snap.db.SQL(), func(scan func(...any) error) (a agencyRow, err error) {
		err = scan(&a.Key, &a.Agency, &a.Level, &a.Type, &a.Reports, &a.First, &a.Last, &a.Errors)
		return a, err
	}, agenciesSQL, sql.Named("q", q), sql.Named("most", most))
	if err != nil {
		return nil, err
	}
	a := &answer{template: "agencies", nav: "agency", columns: tabular.Columns("agency_key", "agency", "level", "type", "reports:integer", "first_year:integer", "last_year:integer", "errors:integer")}
	for _, x := range rows {
		a.rows = append(a.rows, []tabular.Value{
			tabular.Present(x.Key), tabular.Present(x.Agency), tabular.OrNull(x.Level), tabular.OrNull(x.Type), tabular.Present(strconv.FormatInt(x.Reports, 10)),
			tabular.Given(x.First > 0, strconv.Itoa(x.First)), tabular.Given(x.Last > 0, strconv.Itoa(x.Last)), tabular.Present(strconv.FormatInt(x.Errors, 10)),
		})
	}
	more := len(rows) > mostAgencies
	a.body = map[string]any{"Q": q, "Agencies": rows[:min(len(rows), mostAgencies)], "More": more, "Most": mostAgencies}
	return a, nil
}
