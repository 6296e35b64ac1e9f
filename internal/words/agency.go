package words

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

// Agency tells of an agency for people: reports, measures by year, index and findings,
// or the index alone.
func Agency(w io.Writer, x *analysis.AgencyView, scores bool) error {
	p := &printer{w: w}
	p.line("%s (%s)", x.Name, x.Key)
	if scores {
		p.scores(x.Rating)
		return p.err
	}
	if len(x.Keys) > 1 {
		p.line("one agency under these keys: %s", strings.Join(x.Keys, ", "))
	}
	p.reports(x)
	p.line("\nMeasures by year; – is not known, empty is no report or not in its form%s:", severalNote(x.Measures))
	columns, rows := SideBySide(x.Measures, nil)
	p.values(columns, rows)
	p.scores(x.Rating)
	p.line("\n%d findings:", len(x.Findings))
	for i := range x.Findings {
		p.line("%s", strings.TrimRight(Finding(&x.Findings[i]), "\n"))
	}
	return p.err
}

func (p *printer) reports(x *analysis.AgencyView) {
	p.line("")
	var rows [][]string
	for i := range x.Reports {
		r := &x.Reports[i]
		year, revision := "?", fmt.Sprintf("%d/%d", r.Revision, r.Revisions)
		if r.Year > 0 {
			year = strconv.Itoa(r.Year)
		}
		if !r.Current {
			revision += " superseded"
		}
		rows = append(rows, []string{
			year, r.Scope, r.Published, r.Reader, revision, strconv.FormatInt(r.Doubtful, 10),
			strconv.FormatInt(r.ReportID, 10), r.Document[:12], r.Source,
		})
	}
	p.table(tabular.Columns(
		"year", "scope", "published", "read as", "version", "cells in doubt:integer", "report:integer",
		"document", "source",
	), rows)
	for _, y := range x.Gaps {
		p.line("%d: not found by us", y)
	}
}

// values prints rows for people.
func (p *printer) values(columns []tabular.Column, rows [][]tabular.Value) {
	var texts [][]string
	for _, row := range rows {
		var line []string
		for _, v := range row {
			line = append(line, v.Text)
		}
		texts = append(texts, line)
	}
	p.table(columns, texts)
}
