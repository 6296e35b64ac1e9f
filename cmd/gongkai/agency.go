package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/tabular"
	"gongkai/internal/words"

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
	x, err := analysis.ViewAgency(ctx, db.SQL(), name)
	if err != nil {
		return err
	}
	switch {
	case o.format == "text":
		return a.agencyText(o, x)
	case o.scores:
		return a.listScores(o.listing, x.Rating)
	}
	columns, rows := sideBySide(x.Measures, x.Rating)
	return a.list(o.listing, columns, "no figures", func(add func([]tabular.Value) error) error {
		for _, row := range rows {
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// agencyText tells it for people.
func (a *app) agencyText(o agencyOptions, x *analysis.AgencyView) (err error) {
	out, err := a.create(o.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	p := &printer{w: out}
	p.line("%s (%s)", x.Name, x.Key)
	if o.scores {
		p.scores(x.Rating)
		return p.err
	}
	if len(x.Keys) > 1 {
		p.line("one agency under these keys: %s", strings.Join(x.Keys, ", "))
	}
	p.reports(x)
	p.line("\nMeasures by year; – is not known, empty is no report or not in its form%s:", severalNote(x.Measures))
	columns, rows := sideBySide(x.Measures, nil)
	p.values(columns, rows)
	p.scores(x.Rating)
	p.line("\n%d findings:", len(x.Findings))
	for i := range x.Findings {
		p.line("%s", strings.TrimRight(words.Finding(&x.Findings[i]), "\n"))
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
