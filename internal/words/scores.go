package words

import (
	"strconv"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

// scores prints the index of an agency with a column for each year, and what
// took points off.
func (p *printer) scores(r *analysis.Rating) {
	p.line("\nReport Compliance Index by year (0 to 100 over what could be assessed; capped: C at best with an error; ranks: gongkai rank):")
	if len(r.Scores) == 0 {
		p.line("no score: there is no report")
		return
	}
	columns := tabular.Columns("")
	lines := [][]string{{"score"}, {"coverage"}, {"band"}, {"capped"}, {"errors"}, {"without D4"}}
	fixedLines := len(lines)
	for _, d := range r.Dimensions {
		lines = append(lines, []string{d.Title + " (weight " + Fixed(d.Weight, 0) + ")"})
	}
	for i := range r.Scores {
		s := &r.Scores[i]
		if s.Year == 0 {
			continue
		}
		columns = append(columns, tabular.Column{Name: strconv.Itoa(s.Year), Kind: tabular.Number})
		score, without := "–", "–"
		if s.Why == "" {
			score, without = Fixed(s.Score, 1), Fixed(s.WithoutD4, 1)
		}
		for at, cell := range []string{score, Fixed(s.Coverage, 2), orDash(s.Band), orDash(s.CappedBand), strconv.Itoa(s.Errors), without} {
			lines[at] = append(lines[at], cell)
		}
		for d, v := range s.Values {
			lines[fixedLines+d] = append(lines[fixedLines+d], dimensionText(v))
		}
	}
	if len(columns) > 1 {
		p.table(columns, lines)
	}
	for i := range r.Scores {
		p.remarks(r, &r.Scores[i])
	}
}

// remarks says of one year why there is no score, and what took points off.
func (p *printer) remarks(r *analysis.Rating, s *analysis.Score) {
	year := "year not known"
	if s.Year > 0 {
		year = strconv.Itoa(s.Year)
	}
	p.line("%s, %s, %s (%s): %s", year, s.Scope, s.Group.Name, s.Group.ID, tabular.OneLine(s.Source))
	if s.Why != "" {
		p.line("  %s", s.Why)
	}
	if s.Group.ID == analysis.Unregistered {
		p.line("  not in the register, or there without a level: kind, deadline and peers are not known")
	}
	if s.Year > 0 && s.Least < s.Most {
		p.line("  between %s and %s points, by what is open", Fixed(s.Least, 1), Fixed(s.Most, 1))
	}
	if s.Others > 0 {
		p.line("  stands for the year; reports of other scopes for it: %d", s.Others)
	}
	p.faults(r.Dimensions, s.Values)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// ScoreColumns are the columns of an index by year.
func ScoreColumns(r *analysis.Rating) []tabular.Column {
	columns := tabular.Columns(
		"year:integer", "scope", "peer_group", "stratum", "score:number", "coverage:number", "band",
		"capped_band", "score_without_d4:number", "errors:integer", "why",
	)
	for _, d := range r.Dimensions {
		columns = append(columns, tabular.Column{Name: d.Name, Kind: tabular.Number})
	}
	for _, d := range r.Dimensions {
		columns = append(columns, tabular.Column{Name: d.Name + "_detail", Kind: tabular.Text})
	}
	for _, name := range []string{"agency", "agency_key", "source", "document"} {
		columns = append(columns, tabular.Column{Name: name, Kind: tabular.Text})
	}
	columns = append(columns, tabular.Column{Name: "report_id", Kind: tabular.Integer}, tabular.Column{Name: "other_reports", Kind: tabular.Integer})
	return columns
}

// ScoreRow is one line of it.
func ScoreRow(r *analysis.Rating, s *analysis.Score) []tabular.Value {
	row := []tabular.Value{
		tabular.Given(s.Year > 0, strconv.Itoa(s.Year)),
		{Text: s.Scope, Known: true},
		{Text: s.Group.ID, Known: true},
		tabular.Given(s.Size != "", s.Size),
		tabular.Given(s.Why == "", Fixed(s.Score, 2)),
		tabular.Given(s.Year > 0, Fixed(s.Coverage, 2)),
		tabular.Given(s.Band != "", s.Band),
		tabular.Given(s.Band != "", s.CappedBand),
		tabular.Given(s.Why == "", Fixed(s.WithoutD4, 2)),
		tabular.Given(s.Year > 0, strconv.Itoa(s.Errors)),
		tabular.Given(s.Why != "", s.Why),
	}
	values := s.Values
	if s.Year == 0 {
		values = make([]analysis.Value, len(r.Dimensions))
	}
	for _, v := range values {
		row = append(row, tabular.Given(v.Known, Fixed(v.Value, 4)))
	}
	for _, v := range values {
		row = append(row, tabular.Given(v.Detail != "", v.Detail))
	}
	return append(row, tabular.Given(s.Agency != "", s.Agency), tabular.Present(s.AgencyKey), tabular.Present(s.Source), tabular.Present(s.Document),
		tabular.Present(strconv.FormatInt(s.ReportID, 10)), tabular.Given(s.Year > 0, strconv.Itoa(s.Others)))
}
