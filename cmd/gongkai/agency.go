package main

import (
	"context"
	"errors"
	"slices"
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
		return a.list(o.listing, words.ScoreColumns(x.Rating), "no score: there is no report", func(add func([]tabular.Value) error) error {
			for i := range x.Rating.Scores {
				if err := add(words.ScoreRow(x.Rating, &x.Rating.Scores[i])); err != nil {
					return err
				}
			}
			return nil
		})
	}
	columns, rows := words.SideBySide(x.Measures, x.Rating)
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
	return words.Agency(out, x, o.scores)
}
