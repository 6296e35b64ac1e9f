package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/release"
	"gongkai/internal/tabular"
	"gongkai/internal/words"

	"github.com/spf13/cobra"
)

func newRank(a *app) *cobra.Command {
	var o rankOptions
	cmd := &cobra.Command{
		Use:   "rank",
		Short: "Rank the reports of a peer group, with bands and intervals",
		Long: `Rank the reports of one peer group for one year by the Report Compliance Index:
six dimensions (gongkai query --list shows them with their weights), 0 to 100,
over what could be assessed. It is about documents, not about openness. Where
less than 80 % of the weights could be assessed, or D2 or D4 could not, there is no
rank, only the reason and the bands that are possible. Agencies are ranked among
those that handled about as many requests, at least 10; equal scores are one
group without order.

Only findings that rest on figures read without doubt count, and what is left out
never costs less than what is wrong. Ranks are drawn with other weights in each of
six scenarios (blanks count or not, failures weighed in three ways); one that the
agency before is not above in 95 % of the draws is marked "=". The middle of a rank
rests on no draw. An agency without a report was not found by us, which is not the
same as not published. The same warehouse, seed and rules give the same bytes.`,
		Example: examples(
			"gongkai rank --year 2024 --peer-group county_department",
			"gongkai rank --year 2024 --peer-group 县级部门 --format csv --output rank.csv",
			"gongkai rank --year 2024 --peer-group 县级部门 --sensitivity    # without one dimension each",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.rank(cmd.Context(), o) },
	}
	listingFlags(cmd, &o.listing)
	rankFlags(cmd, &o.RankOptions)
	f := cmd.Flags()
	f.Lookup("format").DefValue = "text"
	f.Lookup("format").Usage = "output as `text|" + strings.Join(tabular.Formats, "|") + "`"
	o.format = "text"
	f.BoolVar(&o.sensitivity, "sensitivity", false, "list what happens without each dimension instead of the agencies")
	cmd.AddCommand(newRankReport(a), newRelease(a))
	return cmd
}

type rankOptions struct {
	listing
	analysis.RankOptions
	sensitivity bool
}

// rankFlags adds the flags that say what is ranked and how.
func rankFlags(cmd *cobra.Command, o *analysis.RankOptions) {
	var ids []string
	for _, g := range analysis.PeerGroups() {
		ids = append(ids, g.ID)
	}
	f := cmd.Flags()
	f.IntVar(&o.Year, "year", 0, "the fiscal `year`")
	f.StringVar(&o.PeerGroup, "peer-group", "", "the peer `group`: "+strings.Join(ids, ", "))
	f.Uint64Var(&o.Seed, "seed", 1, "seed of the draws")
	f.IntVar(&o.Draws, "draws", analysis.MinDraws, "how many draws, at least 1000")
	f.Float64Var(&o.Coverage, "coverage", 0.8, "the least `share` of the weights that must be assessable")
	f.IntVar(&o.Fewest, "fewest", analysis.TheMethod().Rank.Fewest, "the fewest `agencies` that are ranked among each other")
	f.BoolVar(&o.Stored, "stored", false, "take the findings that gongkai check --store kept instead of checking anew")
	_ = cmd.RegisterFlagCompletionFunc("peer-group", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
}

func (a *app) rank(ctx context.Context, o rankOptions) error {
	if o.format != "text" && !slices.Contains(tabular.Formats, o.format) {
		return usage("--format %q: one of text, %s", o.format, strings.Join(tabular.Formats, ", "))
	}
	r, err := a.ranking(ctx, o.RankOptions)
	if err != nil {
		return err
	}
	switch {
	case o.format == "text":
		return a.rankText(o, r)
	case o.sensitivity:
		return a.listSensitivity(o.listing, r)
	}
	return a.listRanking(o.listing, r)
}

// ranking ranks, with errors of usage where the options are wrong.
func (a *app) ranking(ctx context.Context, o analysis.RankOptions) (r *analysis.Ranking, err error) {
	if err := askedRank(o); err != nil {
		return nil, err
	}
	db, err := a.openReading(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return analysis.Rank(ctx, db.SQL(), o)
}

// askedRank wants a year and a peer group that there is.
func askedRank(o analysis.RankOptions) error {
	var names []string
	for _, g := range analysis.PeerGroups() {
		names = append(names, g.ID, g.Name)
	}
	switch {
	case o.Year == 0:
		return usage("rank needs --year")
	case o.PeerGroup == "":
		return &exitError{code: exitUsage, err: errors.New("rank needs --peer-group"), hint: "one of " + strings.Join(names, ", ")}
	case !slices.Contains(names, o.PeerGroup):
		err := fmt.Errorf("there is no peer group %q%s", o.PeerGroup, suggestion(o.PeerGroup, names))
		return &exitError{code: exitUsage, err: err, hint: "one of " + strings.Join(names, ", ")}
	}
	return nil
}

// listRanking lists all agencies of the group: ranked, not ranked, not found.
func (a *app) listRanking(l listing, r *analysis.Ranking) error {
	return a.list(l, release.Columns(r), "no agencies", func(add func([]tabular.Value) error) error { return release.Rows(r, add) })
}

// listSensitivity lists what happens without each dimension.
func (a *app) listSensitivity(l listing, r *analysis.Ranking) error {
	columns := tabular.Columns("stratum", "without", "weight:number", "spearman:number", "max_shift:integer", "agency")
	return a.list(l, columns, "no agencies", func(add func([]tabular.Value) error) error {
		for _, s := range r.Strata {
			for i, t := range s.Sensitivity {
				row := tabular.Known(s.Name, t.Dimension, words.Fixed(r.Dimensions[i].Weight, 0), words.Fixed(t.Spearman, 3), strconv.Itoa(t.MaxShift), t.Agency)
				row[3], row[5] = tabular.Given(t.Known, row[3].Text), tabular.Given(t.Agency != "", t.Agency)
				if err := add(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// rankText prints a ranking for people.
func (a *app) rankText(o rankOptions, r *analysis.Ranking) (err error) {
	out, err := a.create(o.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	return words.Ranking(out, r, o.sensitivity)
}
