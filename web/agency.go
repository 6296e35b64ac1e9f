package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/tabular"
	"gongkai/queries"
)

// An agencyPage shows one agency.
type agencyPage struct {
	*analysis.AgencyView
	Years    []int
	Current  []analysis.AgencyReport // the reports that count
	Lines    []agencyLine
	Findings []shownFinding
	Errors   int // disputed findings of severity E that stand
}

// An agencyLine is a measure over the years of the page.
type agencyLine struct {
	analysis.Line
	Cells []lineCell
}

type lineCell struct {
	Year   int
	Report int64 // that the figure comes from; 0 if more than one or none stands for it
	Held   bool  // the form has it
	analysis.Figure
}

// agency shows an agency: its years, what is found, its reports.
func (s *Server) agency(ctx context.Context, snap *snapshot, r *http.Request) (*answer, error) {
	v, err := viewAgency(ctx, snap, segment(r, "agency"))
	if err != nil {
		return nil, err
	}
	body := agencyPage{AgencyView: v}
	for i := range v.Reports {
		if v.Reports[i].Current {
			body.Current = append(body.Current, v.Reports[i])
		}
	}
	body.Years = yearsOf(v)
	for _, l := range v.Measures {
		body.Lines = append(body.Lines, lineOf(l, body.Years, body.Current))
	}
	for i := range v.Findings {
		body.Findings = append(body.Findings, showFinding(&v.Findings[i]))
		if body.Findings[i].Adverse() {
			body.Errors++
		}
	}
	a := &answer{template: "agency", title: v.Name, nav: "agency", body: body}
	a.columns, a.rows = measureRows(v, body.Years)
	return a, nil
}

// viewAgency is exact: an address names one key.
func viewAgency(ctx context.Context, snap *snapshot, key string) (*analysis.AgencyView, error) {
	var known bool
	const query = `SELECT EXISTS (FROM report WHERE agency_key = $1) OR EXISTS (FROM agency WHERE agency_id = $1)`
	if err := snap.db.SQL().QueryRowContext(ctx, query, key).Scan(&known); err != nil {
		return nil, err
	}
	if !known {
		return nil, notFound("error.no_agency")
	}
	return cached(&snap.kept, "agency "+key, func() (*analysis.AgencyView, error) {
		return analysis.ViewAgency(ctx, snap.db.SQL(), key)
	})
}

func yearsOf(v *analysis.AgencyView) []int {
	var years []int
	for _, r := range v.Reports {
		if r.Year > 0 {
			years = append(years, r.Year)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

func lineOf(l analysis.Line, years []int, current []analysis.AgencyReport) agencyLine {
	out := agencyLine{Line: l}
	for _, y := range years {
		f, held := l.Figures[y]
		c := lineCell{Year: y, Held: held, Figure: f}
		for _, r := range current {
			if r.Year == y && r.Scope == l.Scope {
				c.Report = r.ReportID
			}
		}
		out.Cells = append(out.Cells, c)
	}
	return out
}

// measureRows is the table of the page: a row for each measure, scope and year.
func measureRows(v *analysis.AgencyView, years []int) ([]tabular.Column, [][]tabular.Value) {
	columns := tabular.Columns("agency_key", "scope", "measure", "comparable", "year:integer", "value:number", "differ:boolean")
	var rows [][]tabular.Value
	for _, l := range v.Measures {
		for _, y := range years {
			f, ok := l.Figures[y]
			if !ok {
				continue
			}
			rows = append(rows, []tabular.Value{
				tabular.Present(v.Key), tabular.Present(l.Scope), tabular.Present(l.Measure), tabular.Present(l.Comparable),
				tabular.Present(strconv.Itoa(y)), tabular.OrNull(f.Value), tabular.Present(strconv.FormatBool(f.Differ)),
			})
		}
	}
	return columns, rows
}

// A shownFinding is a finding with its words in both languages.
type shownFinding struct {
	*analysis.Finding
	TitleZh, LeftZh, RightZh string
}

// rulesByID are the checks by rule.
var rulesByID = func() map[string]queries.Query {
	all, err := queries.All()
	if err != nil {
		panic(err) // compiled in
	}
	m := map[string]queries.Query{}
	for _, q := range all {
		if q.Rule != "" {
			m[q.Rule] = q
		}
	}
	return m
}()

func showFinding(f *analysis.Finding) shownFinding {
	q := rulesByID[f.Rule]
	return shownFinding{f, cmp.Or(q.Zh.Title, f.Title), cmp.Or(q.Zh.Left, f.LeftLabel), cmp.Or(q.Zh.Right, f.RightLabel)}
}

// Adverse reports whether the finding counts against the agency.
func (f shownFinding) Adverse() bool {
	return f.Outcome == analysis.Fail && f.Status == analysis.Disputed && f.Severity == queries.Error
}

// Judgement is the key of the word that says what to make of it.
func (f shownFinding) Judgement() string {
	switch {
	case f.Outcome == analysis.Excused:
		return "finding.excused"
	case f.Outcome == analysis.Withdrawn:
		return "finding.withdrawn"
	case f.Outcome == analysis.Refuted:
		return "finding.refuted"
	case f.Status != analysis.Disputed:
		return "finding.suspect"
	case f.Severity == queries.Error:
		return "finding.disputed"
	}
	return "finding.hint"
}

// Mark is the class of the same.
func (f shownFinding) Mark() string {
	switch f.Judgement() {
	case "finding.disputed":
		return "bad"
	case "finding.suspect":
		return "sus"
	case "finding.hint":
		return "warn"
	}
	return "na"
}

// Place names the cell in the words of the form.
func (f shownFinding) Place() string {
	var parts []string
	for _, p := range []string{f.TableLabel, f.RowLabel, f.ColumnLabel} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// moved sends to the same page under its own address.
func moved(to, name string) view {
	return func(_ context.Context, _ *snapshot, r *http.Request) (*answer, error) {
		return &answer{redirect: languageOf(r) + to + url.PathEscape(r.PathValue(name))}, nil
	}
}

// languageOf is the prefix of the request's language.
func languageOf(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, "/en/") {
		return "/en"
	}
	return ""
}
