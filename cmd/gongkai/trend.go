package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

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
		return usage("there is no trend %q%s", name, suggestion(name, trendNames()))
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
		key, _, err := a.findAgency(ctx, agency)
		if err != nil {
			return err
		}
		o.params = append(o.params, "agency="+key)
	}
	if year != "" {
		o.params = append(o.params, "year="+year)
	}
	return a.query(ctx, name, o)
}

// findAgency returns the key and name of the one agency that is meant: by its
// key, its name or a part of it.
func (a *app) findAgency(ctx context.Context, name string) (key, full string, err error) {
	db, err := a.openReading(ctx)
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return oneAgency(ctx, db.SQL(), name)
}

const agencySQL = `
SELECT agency_key, any_value(agency ORDER BY year DESC) AS agency, coalesce(bool_or(agency = $name), false) AS exact
FROM (SELECT agency_key, agency, year FROM v_current_report UNION ALL SELECT agency_id, agency, NULL FROM agency)
WHERE agency_key = $name OR contains(agency, $name)
GROUP BY agency_key ORDER BY agency_key = $name DESC, exact DESC, agency_key LIMIT 9`

func oneAgency(ctx context.Context, db *sql.DB, name string) (key, full string, err error) {
	rows, err := db.QueryContext(ctx, agencySQL, sql.Named("name", name))
	if err != nil {
		return "", "", fmt.Errorf("find agency: %w", err)
	}
	defer rows.Close()
	var found []string
	exacts := 0
	for rows.Next() {
		var k string
		var n sql.NullString
		var exact bool
		if err := rows.Scan(&k, &n, &exact); err != nil {
			return "", "", fmt.Errorf("find agency: %w", err)
		}
		if exact = exact || k == name; exact {
			exacts++
		}
		if len(found) == 0 {
			key, full = k, n.String
		}
		found = append(found, n.String+" ("+k+")")
	}
	if err := rows.Err(); err != nil {
		return "", "", fmt.Errorf("find agency: %w", err)
	}
	switch {
	case len(found) == 0:
		return "", "", &exitError{code: exitFailed, err: fmt.Errorf("no agency is called %q", name), hint: "gongkai query 'SELECT DISTINCT agency FROM v_current_report' lists them"}
	case exacts == 1 || len(found) == 1:
		return key, full, nil
	}
	return "", "", &exitError{code: exitUsage, err: fmt.Errorf("%q may be %s", name, strings.Join(found, ", ")), hint: "give the key, which stands in brackets"}
}
