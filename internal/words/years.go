package words

import (
	"slices"
	"strconv"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

// severalReports stands where two reports of one year and scope say different things.
const severalReports = "≠"

// severalNote explains a mark that is not in every table.
func severalNote(lines []analysis.Line) string {
	for _, l := range lines {
		for _, f := range l.Figures {
			if f.Differ {
				return ", " + severalReports + " two reports that differ"
			}
		}
	}
	return ""
}

// SideBySide makes a table with a column for each year, and if there is a
// rating the index below the measures.
func SideBySide(lines []analysis.Line, rating *analysis.Rating) ([]tabular.Column, [][]tabular.Value) {
	if rating != nil {
		lines = rated(slices.Clone(lines), rating)
	}
	var years []int
	for _, l := range lines {
		for year := range l.Figures {
			if !slices.Contains(years, year) {
				years = append(years, year)
			}
		}
	}
	slices.Sort(years)
	columns := tabular.Columns("scope", "measure", "title")
	for _, year := range years {
		columns = append(columns, tabular.Column{Name: strconv.Itoa(year), Kind: tabular.Number})
	}
	columns = append(columns, tabular.Columns("comparable")...)
	var rows [][]tabular.Value
	for _, l := range lines {
		row := tabular.Known(l.Scope, l.Measure, l.Title)
		for _, year := range years {
			row = append(row, figure(l, year))
		}
		rows = append(rows, append(row, tabular.Present(l.Comparable)))
	}
	return columns, rows
}

// figure is NULL if there is none that stands for the year; for people its text
// says why.
func figure(l analysis.Line, year int) tabular.Value {
	f, is := l.Figures[year]
	switch {
	case !is:
		return tabular.Value{}
	case f.Differ:
		return tabular.Value{Text: severalReports}
	case f.Value == "":
		return tabular.Value{Text: "–"}
	}
	return tabular.Present(f.Value)
}

// rated adds the index as further lines.
func rated(lines []analysis.Line, r *analysis.Rating) []analysis.Line {
	for i := range r.Scores {
		s := &r.Scores[i]
		if s.Year == 0 {
			continue
		}
		add := func(name, title, text string, is bool) {
			if !is {
				text = ""
			}
			l := analysis.Line{Scope: s.Scope, Measure: name, Title: title, Comparable: "within a peer group: " + s.Group.ID}
			lines = analysis.Put(lines, l, s.Year, analysis.Figure{Value: text})
		}
		add("score", "Report Compliance Index", Fixed(s.Score, 2), s.Why == "")
		add("coverage", "Share of the weights that could be assessed", Fixed(s.Coverage, 2), true)
		for d, v := range s.Values {
			add(r.Dimensions[d].Name, r.Dimensions[d].Title, Fixed(v.Value, 4), v.Known)
		}
	}
	return lines
}
