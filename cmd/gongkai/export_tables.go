package main

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"gongkai/internal/sqlgate"
	"gongkai/internal/tabular"
	"gongkai/warehouse"
)

// A tableInfo describes a table or view of the warehouse.
type tableInfo struct {
	name, comment string
	view          bool
	columns       []columnInfo
	key           []string // the primary key
}

type columnInfo struct{ name, duck, comment string }

// describeTables lists the tables, then the views, in the order of names.
func describeTables(ctx context.Context, db *sql.DB) ([]*tableInfo, error) {
	var tables []*tableInfo
	byName := map[string]*tableInfo{}
	err := queryRows(ctx, db, `
		SELECT table_name, coalesce(comment, ''), false FROM duckdb_tables()
		WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
		UNION ALL
		SELECT view_name, coalesce(comment, ''), true FROM duckdb_views()
		WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal`, func(scan func(...any) error) error {
		t := new(tableInfo)
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
	slices.SortFunc(tables, func(x, y *tableInfo) int {
		return cmp.Or(cmp.Compare(order(x.view), order(y.view)), strings.Compare(x.name, y.name))
	})
	err = queryRows(ctx, db, `
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
	return tables, queryRows(ctx, db, `
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

// queryRows runs a query and calls each for every row.
func queryRows(ctx context.Context, db *sql.DB, query string, each func(scan func(...any) error) error) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ordered returns the rows of t in a fixed order. As text, every value has
// the form it has in all listings.
func (t *tableInfo) ordered(asTexts bool) string {
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
func (t *tableInfo) kinds() []tabular.Column {
	out := make([]tabular.Column, len(t.columns))
	for i, c := range t.columns {
		out[i] = tabular.Column{Name: c.name, Kind: tabular.KindOf(c.duck)}
	}
	return out
}
