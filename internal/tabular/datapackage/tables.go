package datapackage

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"gongkai"
	"gongkai/internal/sqlgate"
	"gongkai/internal/tabular"
	"gongkai/warehouse"
)

// A Table describes a table or view of the warehouse.
type Table struct {
	name, comment string
	view          bool
	columns       []columnInfo
	key           []string // the primary key
}

type columnInfo struct{ name, duck, comment string }

// Choose returns the tables and views of those names, or without names all
// tables. One that is not there is a *gongkai.Error.
func Choose(ctx context.Context, db *sql.DB, names []string) ([]*Table, error) {
	all, err := describeTables(ctx, db)
	if err != nil {
		return nil, err
	}
	var out []*Table
	known := make([]string, len(all))
	for i, t := range all {
		known[i] = t.name
		if len(names) == 0 && !t.view {
			out = append(out, t)
		}
	}
	for _, n := range names {
		i := slices.Index(known, n)
		if i < 0 {
			return nil, gongkai.NoSuch("table", n, known)
		}
		if !slices.Contains(out, all[i]) {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// describeTables lists the tables, then the views, in the order of names.
func describeTables(ctx context.Context, db *sql.DB) ([]*Table, error) {
	var tables []*Table
	byName := map[string]*Table{}
	err := warehouse.EachRow(ctx, db, `
		SELECT table_name, coalesce(comment, ''), false FROM duckdb_tables()
		WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
		UNION ALL
		SELECT view_name, coalesce(comment, ''), true FROM duckdb_views()
		WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal`, func(scan func(...any) error) error {
		t := new(Table)
		if err := scan(&t.name, &t.comment, &t.view); err != nil {
			return err
		}
		tables = append(tables, t)
		byName[t.name] = t
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(tables, func(x, y *Table) int {
		return cmp.Or(cmp.Compare(order(x.view), order(y.view)), strings.Compare(x.name, y.name))
	})
	err = warehouse.EachRow(ctx, db, `
		SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns()
		WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
		ORDER BY table_name, column_index`, func(scan func(...any) error) error {
		var name string
		var c columnInfo
		if err := scan(&name, &c.name, &c.duck, &c.comment); err != nil {
			return err
		}
		if t := byName[name]; t != nil {
			t.columns = append(t.columns, c)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return tables, warehouse.EachRow(ctx, db, `
		SELECT table_name, unnest(constraint_column_names) FROM duckdb_constraints()
		WHERE database_name = current_database() AND constraint_type = 'PRIMARY KEY'`, func(scan func(...any) error) error {
		var name, column string
		if err := scan(&name, &column); err != nil {
			return err
		}
		if t := byName[name]; t != nil {
			t.key = append(t.key, column)
		}
		return nil
	})
}

// order puts tables before views.
func order(view bool) int {
	if view {
		return 1
	}
	return 0
}

// ordered returns the rows of t in a fixed order. As text, every value has
// the form it has in all listings.
func (t *Table) ordered(asTexts bool) string {
	columns := make([]string, len(t.columns))
	for i, c := range t.columns {
		columns[i] = warehouse.QuoteName(c.name)
		if asTexts {
			columns[i] = sqlgate.AsText(c.name, c.duck)
		}
	}
	by := "ALL"
	if len(t.key) > 0 {
		keys := make([]string, len(t.key))
		for i, k := range t.key {
			keys[i] = "source." + warehouse.QuoteName(k)
		}
		by = strings.Join(keys, ", ")
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + warehouse.QuoteName(t.name) + " AS source ORDER BY " + by
}

// kinds returns the columns as those of a listing.
func (t *Table) kinds() []tabular.Column {
	out := make([]tabular.Column, len(t.columns))
	for i, c := range t.columns {
		out[i] = tabular.Column{Name: c.name, Kind: tabular.KindOf(c.duck)}
	}
	return out
}
