package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// A Rating is what the index says of one agency by itself, year by year. Ranks
// and their intervals are about a group: see Rank.
type Rating struct {
	Dimensions []Dimension
	Coverage   float64 // below it there is no band
	Scores     []Score // by year; those of no known year first
}

// A Score is the index of the report that stands for an agency for a year.
type Score struct {
	Year     int // 0 if it is not known: then there is no score
	Group    PeerGroup
	Standing        // without ranks and what follows from them
	Size     string // the stratum by the requests that were handled, if none are joined; empty if not known
	Why      string // why there is no score, or no rank; empty if there may be both
}

// Rate rates the reports of the agency with that key, and of those that it goes
// on from, as Rank does. Findings are those that Check gives for them.
// An agency without a report has no scores.
func Rate(ctx context.Context, db *sql.DB, key string, findings []Finding) (*Rating, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("rate %s: %w", key, err)
	}
	defer conn.Close()
	defer forgetOn(ctx, conn)
	r, err := rate(ctx, conn, key, findings)
	if err != nil {
		return nil, fmt.Errorf("rate %s: %w", key, err)
	}
	return r, nil
}

func rate(ctx context.Context, conn *sql.Conn, key string, findings []Finding) (*Rating, error) {
	index := Ranking{Coverage: TheMethod().Rank.Coverage}
	dimensions, err := index.dimensions()
	if err != nil {
		return nil, err
	}
	if err := judged(ctx, conn, RankOptions{}, findings); err != nil {
		return nil, err
	}
	keys, err := Series(ctx, conn, key)
	if err != nil {
		return nil, err
	}
	undated, years, err := yearsOf(ctx, conn, keys)
	if err != nil {
		return nil, fmt.Errorf("years of the agency: %w", err)
	}
	if err := hideOthers(ctx, conn, keys); err != nil {
		return nil, err
	}
	rating := &Rating{Dimensions: index.Dimensions, Coverage: index.Coverage, Scores: undated}
	for _, year := range years {
		r := index
		r.Year = year
		var list []standing
		if err := eachReport(ctx, conn, year, func(s standing) { list = foremost(list, s) }); err != nil {
			return nil, fmt.Errorf("read reports: %w", err)
		}
		if err := r.assess(ctx, conn, dimensions, list); err != nil {
			return nil, err
		}
		if err := r.answer(ctx, conn, list); err != nil {
			return nil, err
		}
		for i := range list {
			rating.Scores = append(rating.Scores, r.score(&list[i]))
		}
	}
	return rating, nil
}

// score rates one report.
func (r *Ranking) score(s *standing) Score {
	if s.group == PublicServices {
		return Score{Year: r.Year, Group: PeerGroup{PublicServices, "公共企事业单位"}, Standing: s.Standing, Why: "no score and no rank: a school, hospital or utility is no agency"}
	}
	r.rate(s)
	group, _ := FindPeerGroup(s.group)
	score := Score{Year: r.Year, Group: group, Standing: s.Standing}
	switch {
	case s.Coverage == 0:
		score.Why = "no score: nothing could be assessed"
	case s.Coverage < r.Coverage:
		score.Why = fmt.Sprintf("no rank: only dimensions with %.0f %% of the weights could be assessed, %.0f %% are wanted", 100*s.Coverage, 100*r.Coverage)
	default:
		if reason := r.unfit(s); reason != "" {
			score.Why = "no rank: " + reason
		}
	}
	if s.counted {
		score.Size = sizeOf(s.handled)
	}
	return score
}

// Series returns the keys of one agency, sorted: the one that is given and those
// under which it was known before and after, as the records say.
func Series(ctx context.Context, db querier, key string) ([]string, error) {
	keys, err := column(ctx, db, "SELECT agency_key FROM v_agency_key WHERE series = (SELECT series FROM v_agency_key WHERE agency_key = $1) ORDER BY agency_key", key)
	if err != nil {
		return nil, fmt.Errorf("keys of %s: %w", key, err)
	}
	if len(keys) == 0 { // that of a report which names no agency
		keys = []string{key}
	}
	return keys, nil
}

const yearsSQL = `
SELECT coalesce(year, 0) AS year, agency_key, coalesce(agency, ''), report_id, scope::VARCHAR, document, coalesce(url, name), coalesce(level, ''), coalesce(type, '')
FROM v_current_report WHERE list_contains($1::VARCHAR[], agency_key) ORDER BY year, document, part`

// yearsOf returns the years of the agency's current reports, and apart those
// reports of which the year is not known.
func yearsOf(ctx context.Context, conn *sql.Conn, keys []string) (undated []Score, years []int, err error) {
	rows, err := conn.QueryContext(ctx, yearsSQL, keys)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		s := Score{Why: "no score: the year of the report is not known"}
		var level, kind string
		if err := rows.Scan(&s.Year, &s.AgencyKey, &s.Agency, &s.ReportID, &s.Scope, &s.Document, &s.Source, &level, &kind); err != nil {
			return nil, nil, err
		}
		if s.Year > 0 {
			years = append(years, s.Year)
			continue
		}
		s.Group, _ = FindPeerGroup(peersOf(level, kind))
		undated = append(undated, s)
	}
	return undated, slices.Compact(years), rows.Err()
}
