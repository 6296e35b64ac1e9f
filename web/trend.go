package web

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/tabular"
	"gongkai/queries"
)

// metrics are those of the query outcome.
var metrics = []string{"O1", "O2", "O3", "O4", "O5", "O6", "O7", "L1", "L2", "L3", "V1"}

// A trendPage follows one metric over the years: of one agency, or of all whose
// own figures are sure.
type trendPage struct {
	Metric, Agency string
	Metrics        []string
	Points         []trendPoint
	Chart          chart
}

// A trendPoint is one year. Of an agency Low and High are its 95 % interval, of
// all agencies the quarter and three quarters of theirs, and Value the median.
type trendPoint struct {
	Year             int
	Scope            string
	Agencies         int64
	X, N             string // empty if there is none
	Value, Low, High *float64
	Few              bool // fewer than 30 cases, or agencies below 5
	Break            string
}

const (
	agencyTrendSQL = `SELECT year, scope::VARCHAR, 1, coalesce(x::VARCHAR, ''), coalesce(n::VARCHAR, ''), value::DOUBLE, low::DOUBLE, high::DOUBLE,
	reading <> 'rate', coalesce(break_before, '') FROM (%s
) ORDER BY scope, year`
	wholeTrendSQL = `SELECT year, 'own', count(*), coalesce(sum(x)::VARCHAR, ''), coalesce(sum(n)::VARCHAR, ''), median(value)::DOUBLE,
	CASE WHEN count(value) >= 5 THEN quantile_cont(value::DOUBLE, 0.25) END, CASE WHEN count(value) >= 5 THEN quantile_cont(value::DOUBLE, 0.75) END,
	count(value) < 5, coalesce(any_value(break_before), '') FROM (%s
) WHERE scope = 'own' AND NOT doubtful AND year IS NOT NULL GROUP BY year ORDER BY year`
)

// trend shows a metric; without ?agency= of all agencies.
func (s *Server) trend(ctx context.Context, snap *snapshot, r *http.Request) (*answer, error) {
	p := trendPage{Metric: segment(r, "metric"), Agency: r.URL.Query().Get("agency"), Metrics: metrics}
	if !slices.Contains(metrics, p.Metric) {
		return nil, notFound("error.no_metric")
	}
	points, err := cached(&snap.kept, "trend "+p.Metric+" "+p.Agency, func() ([]trendPoint, error) {
		return readTrend(ctx, snap, p.Metric, p.Agency)
	})
	if err != nil {
		return nil, err
	}
	p.Points, p.Chart = points, draw(points)
	a := &answer{template: "trend", title: p.Metric, nav: "trend", body: p}
	a.columns = tabular.Columns("metric", "agency", "scope", "year:integer", "agencies:integer", "x:number", "n:number", "value:number", "low:number", "high:number", "break_before")
	for _, t := range points {
		a.rows = append(a.rows, []tabular.Value{
			tabular.Present(p.Metric), tabular.OrNull(p.Agency), tabular.Present(t.Scope), tabular.Present(strconv.Itoa(t.Year)), tabular.Present(strconv.FormatInt(t.Agencies, 10)),
			tabular.OrNull(t.X), tabular.OrNull(t.N), number(t.Value), number(t.Low), number(t.High), tabular.OrNull(t.Break),
		})
	}
	return a, nil
}

func readTrend(ctx context.Context, snap *snapshot, metric, agency string) ([]trendPoint, error) {
	q, _ := queries.Get("outcome")
	text := wholeTrendSQL
	if agency != "" {
		text = agencyTrendSQL
	}
	return list(ctx, snap.db.SQL(), func(scan func(...any) error) (t trendPoint, err error) {
		err = scan(&t.Year, &t.Scope, &t.Agencies, &t.X, &t.N, &t.Value, &t.Low, &t.High, &t.Few, &t.Break)
		return t, err
	}, fmt.Sprintf(text, q.SQL), sql.Named("metric", metric), sql.Named("agency", agency), sql.Named("year", ""), sql.Named("fewest", "10"))
}

func number(v *float64) tabular.Value {
	if v == nil {
		return tabular.Value{}
	}
	return tabular.Present(strconv.FormatFloat(*v, 'f', 6, 64))
}

// Shown writes a value: a share, or a count of V1.
func (p trendPage) Shown(v *float64) string {
	switch {
	case v == nil:
		return "–"
	case p.Metric == "V1":
		return figure(strconv.FormatFloat(*v, 'f', -1, 64))
	}
	return strconv.FormatFloat(100**v, 'f', 1, 64) + " %"
}

// A chart is the drawing of points: the line stops where the series breaks.
type chart struct {
	Width, Height int
	Marks         []mark
	Lines         []line
}

type mark struct {
	X, Y, Low, High float64
	Bar, Few        bool
	Year            int
	Value           float64
}

type line struct{ X0, Y0, X1, Y1 float64 }

const chartWidth, chartHeight, chartEdge = 640, 260, 30

func draw(points []trendPoint) chart {
	c := chart{Width: chartWidth, Height: chartHeight}
	top, first, last := 0.0, 1<<30, 0
	for _, t := range points {
		for _, v := range []*float64{t.Value, t.High} {
			if v != nil {
				top = max(top, *v)
			}
		}
		first, last = min(first, t.Year), max(last, t.Year)
	}
	top = cmp.Or(top, 1)
	x := func(year int) float64 {
		return chartEdge + float64(year-first)*float64(chartWidth-2*chartEdge)/float64(max(last-first, 1))
	}
	y := func(v float64) float64 { return chartHeight - chartEdge - v/top*(chartHeight-2*chartEdge) }
	var before *mark
	scope := ""
	for _, t := range points {
		if t.Value == nil {
			before = nil
			continue
		}
		m := mark{X: x(t.Year), Y: y(*t.Value), Year: t.Year, Value: *t.Value, Few: t.Few}
		if t.Low != nil && t.High != nil {
			m.Bar, m.Low, m.High = true, y(*t.Low), y(*t.High)
		}
		if before != nil && t.Scope == scope && t.Break == "" && before.Year == t.Year-1 {
			c.Lines = append(c.Lines, line{before.X, before.Y, m.X, m.Y})
		}
		c.Marks = append(c.Marks, m)
		before, scope = &m, t.Scope
	}
	return c
}
