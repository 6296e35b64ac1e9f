package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"gongkai/analysis"
	"gongkai/queries"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

// tableRows is how many rows a table for people shows unless told otherwise.
const tableRows = 10_000

func newQuery(a *app) *cobra.Command {
	var o queryOptions
	cmd := &cobra.Command{
		Use:   "query NAME | 'SQL' | -",
		Short: "Ask the warehouse: a query by name, or any SELECT",
		Long: `Run a query that comes with gongkai, by its name (see --list), or one SELECT of
your own, given in quotes or on standard input. The warehouse is opened for
reading only. Parameters stand in SQL as $name and are given by --param name=value.`,
		Example: examples(
			"gongkai query --list",
			"gongkai query 'SELECT agency, year FROM report ORDER BY ALL' --format csv",
			"gongkai query 'SUMMARIZE cell'    # what a table holds",
		),
		Args: func(cmd *cobra.Command, args []string) error {
			if o.list && len(args) == 0 || !o.list && len(args) == 1 {
				return nil
			}
			return usage("query takes one NAME, 'SQL' in quotes, or -, or only --list")
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.list {
				return a.listQueries(o.listing)
			}
			if !cmd.Flags().Changed("limit") && (o.format == "table" || o.format == "markdown") {
				o.limit = tableRows
			}
			return a.query(cmd.Context(), args[0], o)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return queryNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	listingFlags(cmd, &o.listing)
	cmd.Flags().BoolVar(&o.list, "list", false, "list the queries that come with gongkai")
	cmd.Flags().StringArrayVar(&o.params, "param", nil, "give a parameter as `name=value`; may be repeated")
	cmd.Flags().IntVar(&o.limit, "limit", 0, "give at most `n` rows, 0 for all; tables for people stop at 10000")
	return cmd
}

type queryOptions struct {
	listing
	list   bool
	params []string
}

// openReading opens the warehouse for reading.
func (a *app) openReading(ctx context.Context) (*warehouse.DB, error) {
	if _, err := os.Stat(a.database()); errors.Is(err, fs.ErrNotExist) {
		return nil, &exitError{
			code: exitFailed, err: fmt.Errorf("there is no warehouse in %s", a.data),
			hint: "gongkai ingest PATH makes one, or --data FOLDER names another",
		}
	}
	return warehouse.Open(ctx, a.database(), warehouse.Options{ReadOnly: true, MemoryLimit: a.memory})
}

func (a *app) query(ctx context.Context, what string, o queryOptions) (err error) {
	q, err := a.queryText(what)
	if err != nil {
		return err
	}
	given, err := parameters(&q, o.params)
	if err != nil {
		return err
	}
	db, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	args, err := arguments(ctx, db.SQL(), q.SQL, given)
	if err != nil {
		return err
	}
	s, err := newSelection(ctx, db.SQL(), q.SQL, args...)
	if err != nil {
		return queryError(err)
	}
	limit := o.limit
	if limit > 0 {
		limit++ // one more, to know whether there are more
	}
	return a.list(o.listing, s.columns, "no rows", func(add func([]value) error) error {
		return queryError(s.each(ctx, db.SQL(), limit, add))
	})
}

// queryText returns the query that is meant; one of the user's has no name.
func (a *app) queryText(what string) (queries.Query, error) {
	if what == "-" {
		b, err := io.ReadAll(io.LimitReader(a.stdin, 1<<20))
		return queries.Query{SQL: string(b)}, err
	}
	if q, ok := queries.Get(what); ok {
		return q, nil
	}
	if strings.ContainsAny(what, " \n\t") {
		return queries.Query{SQL: what}, nil
	}
	return queries.Query{}, &exitError{
		code: exitUsage, err: fmt.Errorf("there is no query %q%s", what, suggestion(what, queryNames())),
		hint: "gongkai query --list shows all; SQL goes in quotes",
	}
}

// parameters reads name=value pairs and adds the defaults of a named query.
func parameters(q *queries.Query, pairs []string) (map[string]string, error) {
	values := map[string]string{}
	var names []string
	for _, p := range q.Params {
		values[p.Name] = p.Default
		names = append(names, p.Name)
	}
	for _, p := range pairs {
		name, value, ok := strings.Cut(p, "=")
		name = strings.TrimPrefix(name, "$")
		if !ok || name == "" {
			return nil, usage("--param %q: want name=value", p)
		}
		if _, known := values[name]; !known && q.Name != "" {
			return nil, usage("query %s has no parameter %q%s", q.Name, name, suggestion(name, names))
		}
		values[name] = value
	}
	return values, nil
}

// arguments returns the values in the form that the driver wants. The query
// must have exactly these parameters.
func arguments(ctx context.Context, db *sql.DB, text string, values map[string]string) ([]any, error) {
	const names = `SELECT unnest(json_extract_string(json_serialize_sql(?::VARCHAR), '$.statements[*].named_param_map[*].key'))`
	rows, err := db.QueryContext(ctx, names, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var args []any
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		value, given := values[name]
		if !given {
			return nil, usage("the query has a parameter $%s: add --param %[1]s=VALUE", name)
		}
		args = append(args, sql.Named(name, value))
	}
	if len(args) < len(values) {
		return nil, usage("the query has %d parameters, %d were given", len(args), len(values))
	}
	return args, rows.Err()
}

// queryError takes an error of SQL as one of usage: the query is the user's.
func queryError(err error) error {
	var e *exitError
	switch {
	case err == nil || errors.As(err, &e) || errors.Is(err, errEnough) || errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, analysis.ErrQuery):
		return &exitError{code: exitUsage, err: err, hint: "one SELECT over the tables and views of the warehouse; gongkai query --help has examples"}
	case lockedDatabase(err) || warehouse.Damaged(err):
		return err
	case strings.Contains(err.Error(), "Catalog Error"), strings.Contains(err.Error(), "Binder Error"), strings.Contains(err.Error(), "Parser Error"):
		return &exitError{code: exitUsage, err: err, hint: `gongkai query "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal" lists what there is`}
	}
	return err
}
