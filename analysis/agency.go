package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gongkai"
)

// An Agency is one agency under the key that it has now, or had in its reports.
type Agency struct{ Key, Name string }

// An AgencyView is all that is told of one agency.
type AgencyView struct {
	Agency
	Keys     []string       // its own and those that it goes on from, sorted
	Reports  []AgencyReport // all versions of all reports, by year
	Gaps     []int          // years between its reports that have none
	Measures []Line
	Findings []Finding
	Rating   *Rating
}

// An AgencyReport is one version of a report with its source.
type AgencyReport struct {
	Year                int // 0 if unknown
	Scope               string
	Published           string // a date; empty if unknown
	Reader              string // what it was read as
	Revision, Revisions int    // which version it is, of how many
	Current             bool   // it is the one that counts
	Doubtful            int64  // cells that are not certain
	ReportID            int64
	Document            string // SHA-256
	Source              string // URL, or the name of the file
}

// ViewAgency tells of the agency that has the name or key, or of the only one
// with that in its name; see FindAgency. Stored findings that are still fresh
// say which rules need to be tested for it; else all are.
func ViewAgency(ctx context.Context, db *sql.DB, name string) (*AgencyView, error) {
	agency, err := FindAgency(ctx, db, name)
	if err != nil {
		return nil, err
	}
	v := &AgencyView{Agency: agency}
	if v.Keys, err = Series(ctx, db, v.Key); err != nil {
		return nil, err
	}
	if err := v.readReports(ctx, db); err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	if v.Measures, err = Measures(ctx, db, v.Keys); err != nil {
		return nil, err
	}
	if v.Findings, err = findingsOf(ctx, db, v.Key, v.Keys); err != nil {
		return nil, err
	}
	v.Rating, err = Rate(ctx, db, v.Key, v.Findings)
	return v, err
}

const agencySQL = `
SELECT agency_key, any_value(agency ORDER BY year DESC) AS agency, coalesce(bool_or(agency = $name), false) AS exact
FROM (SELECT agency_key, agency, year FROM v_current_report UNION ALL SELECT agency_id, agency, NULL FROM agency)
WHERE agency_key = $name OR contains(agency, $name)
GROUP BY agency_key ORDER BY agency_key = $name DESC, exact DESC, agency_key LIMIT 9`

// FindAgency returns the one agency that is meant: by its key, its name or a
// part of it. If there is none, or more than one, the error is a *gongkai.Error
// that names those that may be meant.
func FindAgency(ctx context.Context, db *sql.DB, name string) (Agency, error) {
	rows, err := db.QueryContext(ctx, agencySQL, sql.Named("name", name))
	if err != nil {
		return Agency{}, fmt.Errorf("find agency: %w", err)
	}
	defer rows.Close()
	var first Agency
	var found []string
	exacts := 0
	for rows.Next() {
		var key string
		var full sql.NullString
		var exact bool
		if err := rows.Scan(&key, &full, &exact); err != nil {
			return Agency{}, fmt.Errorf("find agency: %w", err)
		}
		if exact || key == name {
			exacts++
		}
		if len(found) == 0 {
			first = Agency{key, full.String}
		}
		found = append(found, full.String+" ("+key+")")
	}
	if err := rows.Err(); err != nil {
		return Agency{}, fmt.Errorf("find agency: %w", err)
	}
	switch {
	case len(found) == 0:
		return Agency{}, noAgency(ctx, db, name)
	case exacts == 1 || len(found) == 1:
		return first, nil
	}
	return Agency{}, &gongkai.Error{Code: gongkai.CodeAmbiguous, What: "agency", Name: name, Near: found}
}

// noAgency makes the error of a name that no agency has.
func noAgency(ctx context.Context, db *sql.DB, name string) error {
	names, err := column(ctx, db, "SELECT agency FROM v_current_report WHERE agency IS NOT NULL UNION SELECT agency FROM agency ORDER BY agency")
	if err != nil {
		return fmt.Errorf("find agency: %w", err)
	}
	e := gongkai.NoSuch("agency", name, names)
	e.Code = gongkai.CodeNotFound
	return e
}

const agencyReportsSQL = `
SELECT coalesce(r.year, 0), r.scope::VARCHAR, coalesce(r.published::VARCHAR, ''), r.reader, r.revision, r.revisions, r.is_current,
	(SELECT count(*) FROM cell c WHERE c.report_id = r.report_id AND NOT certain(c.status)), coalesce(d.url, d.name), r.document, r.report_id
FROM report r JOIN document d USING (document)
WHERE list_contains(?::VARCHAR[], r.agency_key) ORDER BY r.year, r.scope, r.revision, r.document, r.part`

// readReports reads all versions of all reports with their sources, and the
// years between them without one.
func (v *AgencyView) readReports(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, agencyReportsSQL, v.Keys)
	if err != nil {
		return err
	}
	defer rows.Close()
	var years []int
	for rows.Next() {
		var r AgencyReport
		if err := rows.Scan(&r.Year, &r.Scope, &r.Published, &r.Reader, &r.Revision, &r.Revisions, &r.Current, &r.Doubtful, &r.Source, &r.Document, &r.ReportID); err != nil {
			return err
		}
		if r.Year > 0 {
			years = append(years, r.Year)
		}
		v.Reports = append(v.Reports, r)
	}
	if len(years) > 0 {
		for y := slices.Min(years); y < slices.Max(years); y++ {
			if !slices.Contains(years, y) {
				v.Gaps = append(v.Gaps, y)
			}
		}
	}
	return rows.Err()
}
