package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

const sideBySideSQL = `
SELECT h.scope::VARCHAR, m.measure, m.title, m.comparable, h.year, coalesce(rtrim(rtrim(h.value::VARCHAR, '0'), '.'), ''), h.value IS NOT NULL
FROM v_harmonised h JOIN measure m USING (measure)
WHERE list_contains(?::VARCHAR[], h.agency_key) AND h.year IS NOT NULL
ORDER BY h.scope, m.rowid, h.year, h.report_id`

// years are the measures of an agency with a figure for each year.
type years struct {
	lines   []yearLine
	figures map[yearLine]map[int]tabular.Value
	several bool // more than one report speaks for a year and a scope
}

type yearLine struct{ scope, measure, title, comparable string }

// severalReports stands where two reports of one year and scope say different things.
const severalReports = "≠"

func readYears(ctx context.Context, db *sql.DB, keys []string) (*years, error) {
	rows, err := db.QueryContext(ctx, sideBySideSQL, keys)
	if err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	defer rows.Close()
	y := &years{figures: map[yearLine]map[int]tabular.Value{}}
	for rows.Next() {
		var l yearLine
		var year int
		var v tabular.Value
		if err := rows.Scan(&l.scope, &l.measure, &l.title, &l.comparable, &year, &v.Text, &v.Known); err != nil {
			return nil, fmt.Errorf("measures: %w", err)
		}
		if !v.Known {
			v.Text = "–"
		}
		y.set(l, year, v)
	}
	return y, rows.Err()
}

// set notes a figure. Of two that differ neither stands for the year.
func (y *years) set(l yearLine, year int, v tabular.Value) {
	if y.figures[l] == nil {
		y.figures[l] = map[int]tabular.Value{}
		y.lines = append(y.lines, l)
	}
	if old, ok := y.figures[l][year]; ok && old != v {
		v, y.several = tabular.Value{Text: severalReports}, true
	}
	y.figures[l][year] = v
}

// note explains a mark that is not in every table.
func (y *years) note() string {
	if y.several {
		return ", " + severalReports + " two reports that differ"
	}
	return ""
}

// table has a column for each year, and if there is a rating the index below
// the measures.
func (y *years) table(rating *analysis.Rating) ([]tabular.Column, [][]tabular.Value) {
	all := &years{lines: slices.Clone(y.lines), figures: map[yearLine]map[int]tabular.Value{}}
	for l, f := range y.figures {
		all.figures[l] = f
	}
	if rating != nil {
		all.rated(rating)
	}
	var list []int
	for _, f := range all.figures {
		for year := range f {
			if !slices.Contains(list, year) {
				list = append(list, year)
			}
		}
	}
	slices.Sort(list)
	columns := tabular.Columns("scope", "measure", "title")
	for _, year := range list {
		columns = append(columns, tabular.Column{Name: strconv.Itoa(year), Kind: tabular.Number})
	}
	columns = append(columns, tabular.Column{Name: "comparable", Kind: tabular.Text})
	var rows [][]tabular.Value
	for _, l := range all.lines {
		row := tabular.Known(l.scope, l.measure, l.title)
		for _, year := range list {
			row = append(row, all.figures[l][year])
		}
		rows = append(rows, append(row, tabular.Present(l.comparable)))
	}
	return columns, rows
}

// rated adds the index as further lines.
func (y *years) rated(r *analysis.Rating) {
	for i := range r.Scores {
		s := &r.Scores[i]
		if s.Year == 0 {
			continue
		}
		add := func(name, title, text string, is bool) {
			v := tabular.Value{Text: "–"}
			if is {
				v = tabular.Present(text)
			}
			y.set(yearLine{s.Scope, name, title, "within a peer group: " + s.Group.ID}, s.Year, v)
		}
		add("score", "Report Compliance Index", fixed(s.Score, 2), s.Band != "")
		add("coverage", "Share of the weights that could be assessed", fixed(s.Coverage, 2), true)
		for d, v := range s.Values {
			add(r.Dimensions[d].Name, r.Dimensions[d].Title, fixed(v.Value, 4), v.Known)
		}
	}
}
