package main

import (
	"context"
	"errors"
	"slices"

	"gongkai"
	"gongkai/analysis"
	"gongkai/internal/tabular"
	"gongkai/queries"

	"github.com/spf13/cobra"
)

func newTrend(a *app) *cobra.Command {
	var o queryOptions
	var agency, year string
	cmd := &cobra.Command{
		Use:   "trend [NAME]",
		Short: "Follow measures over the years, with intervals and breaks",
		Long: `Run a query over the years; without NAME list those that there are. Own and
consolidated figures are never mixed, years in which the series breaks are
marked, and a rate comes with its cases and a 95 % interval.`,
		Example: examples(
			"gongkai trend",
			"gongkai trend outcome --agency 示例市样县财政局 --param metric=O2",
			"gongkai trend measure --param measure=granted --format csv",
		),
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listTrends(o.listing)
			}
			if !cmd.Flags().Changed("limit") && (o.format == "table" || o.format == "markdown") {
				o.limit = tableRows
			}
			return a.trend(cmd.Context(), args[0], agency, year, o)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return trendNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	listingFlags(cmd, &o.listing)
	f := cmd.Flags()
	f.StringVar(&agency, "agency", "", "only the agency with this `name` or key")
	f.StringVar(&year, "year", "", "only this fiscal `year`")
	f.StringArrayVar(&o.params, "param", nil, "give a parameter as `name=value`; may be repeated")
	f.IntVar(&o.limit, "limit", 0, "give at most `n` rows, 0 for all; tables for people stop at 10000")
	return cmd
}

// trends returns the queries over the years.
func trends() []queries.Query {
	all, err := queries.All()
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(all, func(q queries.Query) bool { return q.Kind != queries.Trend })
}

func trendNames() []string {
	var names []string
	for _, q := range trends() {
		names = append(names, q.Name)
	}
	return names
}

// listTrends lists the queries over the years with their parameters.
func (a *app) listTrends(l listing) error {
	columns := tabular.Columns("name", "title", "question", "parameter", "default", "meaning")
	return a.list(l, columns, "there are no trends", func(add func([]tabular.Value) error) error {
		for _, q := range trends() {
			for i, p := range q.Params {
				row := tabular.Known(q.Name, q.Title, q.Question, p.Name, p.Default, p.Meaning)
				if i > 0 && l.format == "table" { // for people, once
					row[0].Text, row[1].Text, row[2].Text = "", "", ""
				}
				if err := add(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// trend runs one of them.
func (a *app) trend(ctx context.Context, name, agency, year string, o queryOptions) error {
	list := trends()
	i := slices.IndexFunc(list, func(q queries.Query) bool { return q.Name == name })
	if i < 0 {
		return gongkai.NoSuch("trend", name, trendNames())
	}
	has := func(param string) bool {
		return slices.ContainsFunc(list[i].Params, func(p queries.Param) bool { return p.Name == param })
	}
	for param, v := range map[string]string{"agency": agency, "year": year} {
		if v != "" && !has(param) {
			return usage("trend %s has no --%s", name, param)
		}
	}
	if agency != "" {
		found, err := a.findAgency(ctx, agency)
		if err != nil {
			return err
		}
		o.params = append(o.params, "agency="+found.Key)
	}
	if year != "" {
		o.params = append(o.params, "year="+year)
	}
	return a.query(ctx, name, o)
}

// findAgency finds an agency in the warehouse.
func (a *app) findAgency(ctx context.Context, name string) (found analysis.Agency, err error) {
	db, err := a.openReading(ctx)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return analysis.FindAgency(ctx, db.SQL(), name)
}
