package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/tabular"
	"gongkai/warehouse"

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
	return rankIn(ctx, db, o)
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

// rankIn ranks in an open warehouse.
func rankIn(ctx context.Context, db *warehouse.DB, o analysis.RankOptions) (*analysis.Ranking, error) {
	r, err := analysis.Rank(ctx, db.SQL(), o)
	if errors.Is(err, analysis.ErrRank) {
		return nil, &exitError{code: exitUsage, err: err}
	}
	return r, err
}

// rankColumns are the columns of a ranking, but for the dimensions.
var rankColumns = tabular.Columns(
	"status", "stratum", "tie", "median_rank:integer", "low_rank:integer", "high_rank:integer",
	"rank:integer", "band", "capped_band", "score:number", "coverage:number", "score_without_d4:number",
	"errors:integer", "ties:integer", "top_decile:number", "agency", "agency_key", "year:integer", "scope",
	"other_reports:integer",
)

// listRanking lists all agencies of the group: ranked, not ranked, not found.
func (a *app) listRanking(l listing, r *analysis.Ranking) error {
	columns := slices.Clone(rankColumns)
	for _, d := range r.Dimensions {
		columns = append(columns, tabular.Column{Name: d.Name, Kind: tabular.Number})
	}
	for _, d := range r.Dimensions {
		columns = append(columns, tabular.Column{Name: d.Name + "_detail", Kind: tabular.Text})
	}
	columns = append(columns, tabular.Column{Name: "source", Kind: tabular.Text}, tabular.Column{Name: "document", Kind: tabular.Text}, tabular.Column{Name: "seed", Kind: tabular.Text}, tabular.Column{Name: "draws", Kind: tabular.Integer}, tabular.Column{Name: "rule_set", Kind: tabular.Text}, tabular.Column{Name: "reason", Kind: tabular.Text},
		tabular.Column{Name: "middle_rank", Kind: tabular.Integer}, tabular.Column{Name: "last_rank", Kind: tabular.Integer}, tabular.Column{Name: "score_low", Kind: tabular.Number}, tabular.Column{Name: "score_high", Kind: tabular.Number}, tabular.Column{Name: "method", Kind: tabular.Text})
	for _, d := range r.Dimensions {
		columns = append(columns, tabular.Column{Name: d.Name + "_state", Kind: tabular.Text})
	}
	return a.list(l, columns, "no agencies", func(add func([]tabular.Value) error) error {
		for _, s := range r.Strata {
			for i := range s.Standings {
				if err := add(rankRow(r, "ranked", s.Name, &s.Standings[i])); err != nil {
					return err
				}
			}
		}
		for i := range r.NotRanked {
			if err := add(rankRow(r, unrankedStatus(&r.NotRanked[i]), "", &r.NotRanked[i])); err != nil {
				return err
			}
		}
		for _, absent := range r.Absent {
			row := make([]tabular.Value, len(columns))
			for i, c := range columns {
				switch c.Name {
				case "status", "reason":
					row[i] = tabular.Present(absence(absent))
				case "band", "capped_band":
					row[i] = tabular.Given(absent.Confirmed, "E")
				case "score", "score_low", "score_high":
					row[i] = tabular.Given(absent.Confirmed, "0.00")
				case "agency":
					row[i] = tabular.Present(absent.Agency)
				case "agency_key":
					row[i] = tabular.Present(absent.AgencyKey)
				case "year":
					row[i] = tabular.Present(strconv.Itoa(r.Year))
				}
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// absence says why an agency has no report.
func absence(a analysis.Absent) string {
	switch {
	case a.Confirmed:
		return "not published, confirmed: last, without order"
	case a.Unread:
		return "found, not read by us"
	case a.Unpublished:
		return "not published, as the roster says"
	}
	return "not found by us"
}

// unrankedStatus says in a word why a report has no rank.
func unrankedStatus(s *analysis.Standing) string {
	if s.Few {
		return "not ranked"
	}
	return "not assessable"
}

func rankRow(r *analysis.Ranking, status, stratum string, s *analysis.Standing) []tabular.Value {
	ranked := func(text string) tabular.Value { return tabular.Given(stratum != "", text) }
	tie := ""
	if s.Tied {
		tie = "="
	}
	row := []tabular.Value{
		{Text: status, Known: true},
		ranked(stratum), ranked(tie), ranked(strconv.Itoa(s.Median)), ranked(strconv.Itoa(s.Low)), ranked(strconv.Itoa(s.High)),
		ranked(strconv.Itoa(s.Rank)),
		{Text: s.Band, Known: true},
		{Text: s.CappedBand, Known: true},
		tabular.Given(stratum != "" || s.Few, fixed(s.Score, 2)),
		{Text: fixed(s.Coverage, 2), Known: true},
		tabular.Given(stratum != "" || s.Few, fixed(s.WithoutD4, 2)),
		{Text: strconv.Itoa(s.Errors), Known: true},
		ranked(strconv.Itoa(s.Ties)), ranked(fixed(s.TopDecile, 3)),
		{Text: s.Agency, Known: s.Agency != ""},
		{Text: s.AgencyKey, Known: true},
		{Text: strconv.Itoa(r.Year), Known: true},
		{Text: s.Scope, Known: true},
		{Text: strconv.Itoa(s.Others), Known: true},
	}
	for _, v := range s.Values {
		row = append(row, tabular.Given(v.Known, fixed(v.Value, 4)))
	}
	for _, v := range s.Values {
		row = append(row, tabular.OrNull(v.Detail))
	}
	row = append(row, tabular.Known(s.Source, s.Document, strconv.FormatUint(r.Seed, 10), strconv.Itoa(r.Draws), r.RuleSet)...)
	row = append(row, tabular.Given(s.Reason != "", s.Reason), ranked(strconv.Itoa(s.Median)), ranked(strconv.Itoa(s.Last)))
	row = append(row, tabular.Known(fixed(s.Least, 2), fixed(s.Most, 2), r.Method)...)
	for _, v := range s.Values {
		row = append(row, tabular.Present(string(v.State)))
	}
	return row
}

// listSensitivity lists what happens without each dimension.
func (a *app) listSensitivity(l listing, r *analysis.Ranking) error {
	columns := tabular.Columns("stratum", "without", "weight:number", "spearman:number", "max_shift:integer", "agency")
	return a.list(l, columns, "no agencies", func(add func([]tabular.Value) error) error {
		for _, s := range r.Strata {
			for i, t := range s.Sensitivity {
				row := tabular.Known(s.Name, t.Dimension, fixed(r.Dimensions[i].Weight, 0), fixed(t.Spearman, 3), strconv.Itoa(t.MaxShift), t.Agency)
				row[3], row[5] = tabular.Given(t.Known, row[3].Text), tabular.Given(t.Agency != "", t.Agency)
				if err := add(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// fixed writes a number with so many digits behind the point.
func fixed(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }

// coverageText says how much of the group the ranking is about.
func coverageText(r *analysis.Ranking) string {
	ranked := 0
	for _, s := range r.Strata {
		ranked += len(s.Standings)
	}
	found, known := r.Found()
	if !known {
		return fmt.Sprintf("%d reports of agencies that are not in the register, or there without a level: how many had to publish is not known; %d are ranked, of %d too little could be assessed; of %d that had to publish there is no report",
			r.Reports, ranked, len(r.NotRanked), len(r.Absent))
	}
	text := fmt.Sprintf("%d of %d agencies that had to publish have a report, %d are ranked, of %d too little could be assessed",
		found, r.Expected, ranked, len(r.NotRanked))
	if r.Undated > 0 {
		text += fmt.Sprintf("; of %d more in the register there is neither a report nor a first year", r.Undated)
	}
	if r.Unregistered > 0 {
		text += fmt.Sprintf("; %d reports for the year are of agencies that are not in the register, or there without a level", r.Unregistered)
	}
	return text
}
