package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newAgency(a *app) *cobra.Command {
	var o agencyOptions
	cmd := &cobra.Command{
		Use:   "agency NAME",
		Short: "One agency: its years side by side, findings, score and sources",
		Long: `Show what there is of one agency, given by its name, a part of it, or its key:
its reports with their sources, the measures of all years side by side, for each
scope by itself, how it does by the Report Compliance Index each year, and what
the checks find. What records say of renames is followed. Formats other than
text give the measures and the index side by side, or with --scores a row for
each year, with band, peer group and what took points off. Ranks are about a
whole group: gongkai rank gives them.`,
		Example: examples(
			"gongkai agency 示例市样县财政局",
			"gongkai agency 样县财政局 --format csv --output years.csv",
			"gongkai agency 样县财政局 --scores --format json",
		),
		Args: exactly("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.agency(cmd.Context(), args[0], o) },
	}
	listingFlags(cmd, &o.listing)
	f := cmd.Flags()
	f.Lookup("format").DefValue = "text"
	f.Lookup("format").Usage = "output as `text|" + strings.Join(tabular.Formats, "|") + "`"
	o.format = "text"
	f.BoolVar(&o.scores, "scores", false, "list the index of each year alone")
	return cmd
}

type agencyOptions struct {
	listing
	scores bool
}

func (a *app) agency(ctx context.Context, name string, o agencyOptions) (err error) {
	if o.format != "text" && !slices.Contains(tabular.Formats, o.format) {
		return usage("--format %q: one of text, %s", o.format, strings.Join(tabular.Formats, ", "))
	}
	db, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	x, err := seeAgency(ctx, db.SQL(), name)
	if err != nil {
		return err
	}
	switch {
	case o.format == "text":
		return a.agencyText(o, x)
	case o.scores:
		return a.listScores(o.listing, x.rating)
	}
	columns, rows := x.years.table(x.rating)
	return a.list(o.listing, columns, "no figures", func(add func([]tabular.Value) error) error {
		for _, row := range rows {
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// An agencyView is all that is told of one agency.
type agencyView struct {
	key, name string
	keys      []string // those that it goes on from, too
	reports   [][]string
	gaps      []int // years without a report
	years     *years
	findings  []analysis.Finding
	rating    *analysis.Rating
}

func seeAgency(ctx context.Context, db *sql.DB, name string) (x agencyView, err error) {
	if x.key, x.name, err = oneAgency(ctx, db, name); err != nil {
		return x, err
	}
	if x.keys, err = analysis.Series(ctx, db, x.key); err != nil {
		return x, err
	}
	if err := x.readReports(ctx, db); err != nil {
		return x, err
	}
	if x.years, err = readYears(ctx, db, x.keys); err != nil {
		return x, err
	}
	if _, x.findings, err = analysis.Check(ctx, db, analysis.CheckOptions{Agency: x.key}); err != nil {
		return x, err
	}
	x.findings = slices.DeleteFunc(x.findings, func(f analysis.Finding) bool { return !slices.Contains(x.keys, f.AgencyKey) })
	x.rating, err = analysis.Rate(ctx, db, x.key, x.findings)
	return x, err
}

// agencyText tells it for people.
func (a *app) agencyText(o agencyOptions, x agencyView) (err error) {
	out, err := a.create(o.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	p := &printer{w: out}
	p.line("%s (%s)", x.name, x.key)
	if o.scores {
		p.scores(x.rating)
		return p.err
	}
	if len(x.keys) > 1 {
		p.line("one agency under these keys: %s", strings.Join(x.keys, ", "))
	}
	p.reports(&x)
	p.line("\nMeasures by year; – is not known, empty is no report or not in its form%s:", x.years.note())
	columns, rows := x.years.table(nil)
	p.values(columns, rows)
	p.scores(x.rating)
	p.line("\n%d findings:", len(x.findings))
	for i := range x.findings {
		p.line("%s", strings.TrimRight(findingText(&x.findings[i]), "\n"))
	}
	return p.err
}

const agencyReportsSQL = `
SELECT coalesce(r.year::VARCHAR, '?'), r.scope::VARCHAR, coalesce(r.published::VARCHAR, ''), r.reader, r.revision || '/' || r.revisions, r.is_current,
	(SELECT count(*) FROM cell c WHERE c.report_id = r.report_id AND NOT certain(c.status)), coalesce(d.url, d.name), r.document, r.report_id
FROM report r JOIN document d USING (document)
WHERE list_contains(?::VARCHAR[], r.agency_key) ORDER BY r.year, r.scope, r.revision, r.document, r.part`

// readReports reads all versions of all reports with their sources, and the
// years between them without one.
func (x *agencyView) readReports(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, agencyReportsSQL, x.keys)
	if err != nil {
		return fmt.Errorf("list reports: %w", err)
	}
	defer rows.Close()
	var found []int
	for rows.Next() {
		var year, scope, published, reader, revision, source, document string
		var current bool
		var doubtful, id int64
		if err := rows.Scan(&year, &scope, &published, &reader, &revision, &current, &doubtful, &source, &document, &id); err != nil {
			return fmt.Errorf("list reports: %w", err)
		}
		if !current {
			revision += " superseded"
		}
		if n, err := strconv.Atoi(year); err == nil {
			found = append(found, n)
		}
		x.reports = append(x.reports, []string{year, scope, published, reader, revision, strconv.FormatInt(doubtful, 10), strconv.FormatInt(id, 10), document[:12], source})
	}
	if len(found) > 0 {
		for y := slices.Min(found); y < slices.Max(found); y++ {
			if !slices.Contains(found, y) {
				x.gaps = append(x.gaps, y)
			}
		}
	}
	return rows.Err()
}

func (p *printer) reports(x *agencyView) {
	p.line("")
	p.table(tabular.Columns(
		"year", "scope", "published", "read as", "version", "cells in doubt:integer", "report:integer",
		"document", "source",
	), x.reports)
	for _, y := range x.gaps {
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
