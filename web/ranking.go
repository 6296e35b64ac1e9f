package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"gongkai/analysis"
	"gongkai/internal/release"
	"gongkai/internal/tabular"
)

// ranking shows the ranking of a peer group for a year: intervals in bands, and
// who is not ranked and why.
func (s *Server) ranking(ctx context.Context, snap *snapshot, r *http.Request) (*answer, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	group, ok := analysis.FindPeerGroup(segment(r, "group"))
	if err != nil || !ok {
		return nil, notFound("error.no_group")
	}
	held := false
	for _, y := range snap.held.Years {
		held = held || y.Year == year && year > 0
	}
	if !held {
		return nil, notFound("error.no_year")
	}
	ranking, err := cached(&snap.kept, fmt.Sprint("rank ", year, group.ID), func() (*analysis.Ranking, error) {
		o := analysis.RankOptions{Year: year, PeerGroup: group.ID, Seed: 1, Stored: true}
		got, err := analysis.Rank(ctx, snap.db.SQL(), o)
		if errors.Is(err, analysis.ErrRank) && !snap.held.Checked { // nothing is stored: checked anew
			o.Stored = false
			return analysis.Rank(ctx, snap.db.SQL(), o)
		}
		return got, err
	})
	if errors.Is(err, analysis.ErrRank) {
		return &answer{template: "unranked", title: fmt.Sprint(group.Name, " ", year), nav: "rank", body: group}, nil
	}
	if err != nil {
		return nil, err
	}
	a := &answer{template: "ranking", title: fmt.Sprint(group.Name, " ", year), nav: "rank", body: ranking, columns: release.Columns(ranking)}
	err = release.Rows(ranking, func(row []tabular.Value) error {
		a.rows = append(a.rows, append([]tabular.Value(nil), row...))
		return nil
	})
	return a, err
}

// rankings lists the years and groups that may be ranked.
func (s *Server) rankings(_ context.Context, snap *snapshot, _ *http.Request) (*answer, error) {
	body := struct {
		Years  []yearCount
		Groups []analysis.PeerGroup
	}{Groups: analysis.PeerGroups()}
	for _, y := range snap.held.Years {
		if y.Year > 0 {
			body.Years = append(body.Years, y)
		}
	}
	return &answer{template: "rankings", nav: "rank", body: body}, nil
}
