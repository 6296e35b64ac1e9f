package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"gongkai/internal/sqlgate"
	"gongkai/internal/tabular"
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
your own, given in quotes or on standard input. It runs in a process of its own, which
reads the warehouse and nothing else. Parameters stand in SQL as $name and are
given by --param name=value. A CSV file of your own becomes a table by --file; its
name is that of the file, or the one before "=". PIVOT needs its values: ON year IN
(2023, 2024). Memory is bounded by --memory, time by --timeout.`,
		Example: examples(
			"gongkai query --list",
			"gongkai query 'SELECT agency, year FROM report ORDER BY ALL' --format csv",
			"gongkai query 'SUMMARIZE cell'    # what a table holds",
			"gongkai query --file people.csv 'FROM report JOIN people USING (agency)'",
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
	cmd.Flags().StringArrayVar(&o.files, "file", nil, "join the CSV `[name=]file` as a table; may be repeated")
	cmd.Flags().DurationVar(&o.timeout, "timeout", 0, "end the query after this `time`, such as 30s; 0 for never")
	cmd.Flags().IntVar(&o.limit, "limit", 0, "give at most `n` rows, 0 for all; tables for people stop at 10000")
	return cmd
}

type queryOptions struct {
	listing
	list    bool
	params  []string
	files   []string
	timeout time.Duration
}

// hasWarehouse says what to do if there is none.
func (a *app) hasWarehouse() error {
	if _, err := os.Stat(a.database()); errors.Is(err, fs.ErrNotExist) {
		return &exitError{
			code: exitFailed, err: fmt.Errorf("there is no warehouse in %s", a.data),
			hint: "gongkai ingest PATH makes one, or --data FOLDER names another",
		}
	}
	return nil
}

// openReading opens the warehouse for reading.
func (a *app) openReading(ctx context.Context) (*warehouse.DB, error) {
	if err := a.hasWarehouse(); err != nil {
		return nil, err
	}
	return warehouse.Open(ctx, a.database(), warehouse.Options{ReadOnly: true, MemoryLimit: a.memory})
}

func (a *app) query(ctx context.Context, what string, o queryOptions) error {
	q, err := a.queryText(what)
	if err != nil {
		return err
	}
	given, err := parameters(&q, o.params)
	if err != nil {
		return err
	}
	if err := a.hasWarehouse(); err != nil {
		return err
	}
	req := sqlgate.Request{
		Warehouse: a.database(), SQL: q.SQL, Parameters: given, MaxRows: o.limit,
		Limits: sqlgate.Limits{Memory: a.memory, Time: o.timeout},
	}
	for _, f := range o.files {
		file, err := sqlgate.NewOwnFile(f)
		if err != nil {
			return queryError(err)
		}
		req.Files = append(req.Files, file)
	}
	if req.MaxRows > 0 {
		req.MaxRows++ // one more, to know whether there are more
	}
	if err := a.knownValues(ctx, &q, given, req); err != nil {
		return err
	}
	return a.answer(ctx, req, o.listing)
}

// answer runs a query and lists its rows.
func (a *app) answer(ctx context.Context, req sqlgate.Request, l listing) (err error) {
	rows, err := sqlgate.Run(ctx, []string{queryWorkerCommand}, req)
	if err != nil {
		return queryError(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns := make([]tabular.Column, len(rows.Columns))
	for i, c := range rows.Columns {
		columns[i] = tabular.Column{Name: c.Name, Kind: tabular.KindOf(c.Type)}
	}
	values := make([]tabular.Value, len(columns))
	return a.list(l, columns, "no rows", func(add func([]tabular.Value) error) error {
		for rows.Next() {
			for i, v := range rows.Values() {
				values[i] = tabular.Given(v.Known, v.Text)
			}
			if err := add(values); err != nil {
				return err
			}
		}
		return queryError(rows.Err())
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

// queryError gives an error of a query its exit code and what to do next.
func queryError(err error) error {
	var e *sqlgate.Error
	if !errors.As(err, &e) {
		return err
	}
	hint := ""
	switch e.Code {
	case sqlgate.Missing:
		hint = "add --param " + e.Operands[0] + "=VALUE"
	case sqlgate.Memory:
		return &exitError{code: exitFailed, err: err, hint: "give the database more with --memory, such as --memory 8GB, or ask for less at a time"}
	case sqlgate.Time:
		return &exitError{code: exitFailed, err: err, hint: "give it more with --timeout, or ask for less at a time"}
	case sqlgate.Table, sqlgate.Faulty, sqlgate.Syntax:
		hint = `gongkai query "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal" lists what there is`
	case sqlgate.Function:
		hint = "functions of DuckDB that compute from their arguments may be used; those that reach for files, settings or the system may not"
	case sqlgate.NotSelect, sqlgate.Several, sqlgate.Empty:
		hint = "one SELECT over the tables and views of the warehouse; gongkai query --help has examples"
	}
	if e.Refused() {
		return &exitError{code: exitUsage, err: err, hint: hint}
	}
	return err
}
