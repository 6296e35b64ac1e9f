package words

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

// Ranking prints a ranking for people: what it is about, the strata, who is not in
// them, and what happens without each dimension, or that alone.
func Ranking(w io.Writer, r *analysis.Ranking, sensitivity bool) error {
	p := &printer{w: w}
	p.line("Report Compliance Index %d: %s (%s)", r.Year, r.Group.Name, r.Group.ID)
	p.line("%s", Coverage(r))
	p.line("seed %d, %d draws, rule set %.16s, weights%s", r.Seed, r.Draws, r.RuleSet, weightsText(r))
	p.line("method %.16s", r.Method)
	for _, s := range r.Strata {
		if !sensitivity {
			p.stratum(r, &s)
		}
		p.sensitivity(&s)
	}
	if !sensitivity {
		p.rest(r)
	}
	return p.err
}

// weightsText lists the dimensions with their weights.
func weightsText(r *analysis.Ranking) string {
	text := ""
	for _, d := range r.Dimensions {
		text += " " + d.Name + "=" + Fixed(d.Weight, 0)
	}
	return text
}

// A printer keeps the first error of what it writes.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, tabular.Visible(fmt.Sprintf(format, args...))+"\n")
	}
}

func (p *printer) table(columns []tabular.Column, rows [][]string) {
	t := tabular.NewTable(p.w, columns, false)
	for _, row := range rows {
		if p.err == nil {
			p.err = t.Row(tabular.Known(row...))
		}
	}
	if p.err == nil {
		p.err = t.Close()
	}
}

func (p *printer) stratum(r *analysis.Ranking, s *analysis.Stratum) {
	columns := tabular.Columns(
		"", "middle:integer", "5-95 %", "band", "capped", "score:number", "coverage:number",
		"without D4:number",
	)
	for _, d := range r.Dimensions {
		columns = append(columns, tabular.Column{Name: shortName(d.Name), Kind: tabular.Number})
	}
	columns = append(columns, tabular.Column{Name: "agency", Kind: tabular.Text})
	var rows [][]string
	for i := range s.Standings {
		st := &s.Standings[i]
		tie := ""
		if st.Tied {
			tie = "="
		}
		row := []string{
			tie, strconv.Itoa(st.Median), fmt.Sprintf("%d-%d", st.Low, st.High), st.Band, st.CappedBand, Fixed(st.Score, 1),
			Fixed(st.Coverage, 2), Fixed(st.WithoutD4, 1),
		}
		for _, v := range st.Values {
			row = append(row, dimensionText(v))
		}
		rows = append(rows, append(row, st.Agency))
	}
	p.line("\n%s: %d agencies (= not told apart from the one above; capped: C at best with an error that nothing makes up for)", s.Name, len(s.Standings))
	p.table(columns, rows)
	for i := range s.Standings {
		if st := &s.Standings[i]; slices.ContainsFunc(st.Values, faulty) {
			p.line("%s  %s", st.Agency, tabular.OneLine(st.Source))
			p.faults(r.Dimensions, st.Values)
		}
	}
}

// dimensionText writes a value; "–" is not assessed.
func dimensionText(v analysis.Value) string {
	if !v.Known {
		return "–"
	}
	return Fixed(v.Value, 2)
}

// shortName is the part of a dimension's name before "_": d1.
func shortName(name string) string {
	for i, c := range name {
		if c == '_' {
			return name[:i]
		}
	}
	return name
}

// faults lists what took points off.
func (p *printer) faults(dimensions []analysis.Dimension, values []analysis.Value) {
	for i, v := range values {
		if faulty(v) {
			p.line("  %s %s: %s", dimensions[i].Title, Fixed(v.Value, 2), tabular.OneLine(v.Detail))
		}
	}
}

// faulty reports whether something took points off.
func faulty(v analysis.Value) bool { return v.Known && v.Value < 1 }

func (p *printer) sensitivity(s *analysis.Stratum) {
	columns := tabular.Columns("without", "Spearman:number", "largest shift:integer", "of")
	var rows [][]string
	for _, t := range s.Sensitivity {
		rho := "–"
		if t.Known {
			rho = Fixed(t.Spearman, 3)
		}
		rows = append(rows, []string{t.Dimension, rho, strconv.Itoa(t.MaxShift), t.Agency})
	}
	p.line("\n%s, without one dimension:", s.Name)
	p.table(columns, rows)
}

// rest lists who is not ranked.
func (p *printer) rest(r *analysis.Ranking) {
	for i := range r.NotRanked {
		s := &r.NotRanked[i]
		p.line("not ranked: %s, %s to %s points, band %s  %s: %s", s.Agency, Fixed(s.Least, 1), Fixed(s.Most, 1), s.CappedBand, tabular.OneLine(s.Source), s.Reason)
	}
	for _, absent := range r.Absent {
		p.line("%s: %s", Absence(absent), absent.Agency)
	}
}
