package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

// demoPeers are the agencies that the demo ranks.
const demoPeers = "prefecture_department"

// demoRanking shows the ranking of the city's departments for the last year.
func (a *app) demoRanking(ctx context.Context, year int) (err error) {
	db, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := analysis.Rank(ctx, db.SQL(), analysis.RankOptions{Year: year, PeerGroup: demoPeers, Seed: 1, Stored: true})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "\nReport Compliance Index of %d, %s: %d of %d agencies with a report\n$ gongkai rank --year %[1]d --peer-group %[5]s\n",
		year, r.Group.Name, r.Reports, r.Expected, demoPeers)
	columns := tabular.Columns("stratum", "rank, 5-95 %", "band", "score:number", "agency")
	return a.list(listing{format: "table", path: "-"}, columns, "nothing to rank", func(add func([]tabular.Value) error) error {
		for _, s := range r.Strata {
			for _, st := range s.Standings {
				row := tabular.Known(s.Name, fmt.Sprintf("%d-%d", st.Low, st.High), st.Band, strconv.FormatFloat(st.Score, 'f', 1, 64), st.Agency)
				if err := add(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
