package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"gongkai/analysis"
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
	columns := []column{{"stratum", text}, {"rank, 5-95 %", text}, {"band", text}, {"score", number}, {"agency", text}}
	return a.list(listing{format: "table", path: "-"}, columns, "nothing to rank", func(add func([]value) error) error {
		for _, s := range r.Strata {
			for _, st := range s.Standings {
				row := known(s.Name, fmt.Sprintf("%d-%d", st.Low, st.High), st.Band, strconv.FormatFloat(st.Score, 'f', 1, 64), st.Agency)
				if err := add(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
