package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// A Line is one measure of an agency over the years, for one scope.
type Line struct {
	Scope, Measure, Title string
	Comparable            string // with what its figures may be compared
	Figures               map[int]Figure
}

// A Figure is what stands for a year.
type Figure struct {
	Value  string // exact decimal; empty if it is not known
	Differ bool   // two reports speak for the year and say different things: neither stands
}

// Put notes a figure in the line of l, which is added if it is not there. Of
// two figures for a year that differ neither stands.
func Put(lines []Line, l Line, year int, f Figure) []Line {
	i := slices.IndexFunc(lines, func(x Line) bool {
		return x.Scope == l.Scope && x.Measure == l.Measure && x.Title == l.Title && x.Comparable == l.Comparable
	})
	if i < 0 {
		i = len(lines)
		l.Figures = map[int]Figure{}
		lines = append(lines, l)
	}
	if old, ok := lines[i].Figures[year]; ok && old != f {
		f = Figure{Differ: true}
	}
	lines[i].Figures[year] = f
	return lines
}

const measuresSQL = `
SELECT h.scope::VARCHAR, m.measure, m.title, m.comparable, h.year, coalesce(rtrim(rtrim(h.value::VARCHAR, '0'), '.'), '')
FROM v_harmonised h JOIN measure m USING (measure)
WHERE list_contains(?::VARCHAR[], h.agency_key) AND h.year IS NOT NULL
ORDER BY h.scope, m.rowid, h.year, h.report_id`

// Measures returns the measures of the agency with those keys, by scope and in
// the order of the forms.
func Measures(ctx context.Context, db *sql.DB, keys []string) ([]Line, error) {
	rows, err := db.QueryContext(ctx, measuresSQL, keys)
	if err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	defer rows.Close()
	var lines []Line
	for rows.Next() {
		var l Line
		var year int
		var f Figure
		if err := rows.Scan(&l.Scope, &l.Measure, &l.Title, &l.Comparable, &year, &f.Value); err != nil {
			return nil, fmt.Errorf("measures: %w", err)
		}
		lines = Put(lines, l, year, f)
	}
	return lines, rows.Err()
}
