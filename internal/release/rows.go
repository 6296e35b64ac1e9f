package release

import (
	"slices"
	"strconv"

	"gongkai/analysis"
	"gongkai/internal/tabular"
	"gongkai/internal/words"
)

// rankColumns are the columns of a ranking, but for the dimensions.
var rankColumns = tabular.Columns(
	"status", "stratum", "tie", "median_rank:integer", "low_rank:integer", "high_rank:integer",
	"rank:integer", "band", "capped_band", "score:number", "coverage:number", "score_without_d4:number",
	"errors:integer", "ties:integer", "top_decile:number", "agency", "agency_key", "year:integer", "scope",
	"other_reports:integer",
)

// Columns are the columns of a ranking.
func Columns(r *analysis.Ranking) []tabular.Column {
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
	return columns
}

// Rows lists all agencies of the group: ranked, not ranked, not found.
func Rows(r *analysis.Ranking, add func([]tabular.Value) error) error {
	columns := Columns(r)
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
				row[i] = tabular.Present(words.Absence(absent))
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
		tabular.Given(stratum != "" || s.Few, words.Fixed(s.Score, 2)),
		{Text: words.Fixed(s.Coverage, 2), Known: true},
		tabular.Given(stratum != "" || s.Few, words.Fixed(s.WithoutD4, 2)),
		{Text: strconv.Itoa(s.Errors), Known: true},
		ranked(strconv.Itoa(s.Ties)), ranked(words.Fixed(s.TopDecile, 3)),
		{Text: s.Agency, Known: s.Agency != ""},
		{Text: s.AgencyKey, Known: true},
		{Text: strconv.Itoa(r.Year), Known: true},
		{Text: s.Scope, Known: true},
		{Text: strconv.Itoa(s.Others), Known: true},
	}
	for _, v := range s.Values {
		row = append(row, tabular.Given(v.Known, words.Fixed(v.Value, 4)))
	}
	for _, v := range s.Values {
		row = append(row, tabular.OrNull(v.Detail))
	}
	row = append(row, tabular.Known(s.Source, s.Document, strconv.FormatUint(r.Seed, 10), strconv.Itoa(r.Draws), r.RuleSet)...)
	row = append(row, tabular.Given(s.Reason != "", s.Reason), ranked(strconv.Itoa(s.Median)), ranked(strconv.Itoa(s.Last)))
	row = append(row, tabular.Known(words.Fixed(s.Least, 2), words.Fixed(s.Most, 2), r.Method)...)
	for _, v := range s.Values {
		row = append(row, tabular.Present(string(v.State)))
	}
	return row
}
