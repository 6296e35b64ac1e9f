package sqlgate

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed functions.txt
var functionsText string

// functions are the functions that may be called, by where they may stand:
// "tables" behind FROM, "values" elsewhere.
var functions = sync.OnceValue(func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	var section map[string]bool
	for line := range strings.Lines(functionsText) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = map[string]bool{}
			all[strings.Trim(line, "[]")] = section
		default:
			for name := range strings.FieldsSeq(line) {
				section[name] = true
			}
		}
	}
	return all
})

// catalogueViews describe the tables and say nothing of the machine.
var catalogueViews = []string{"duckdb_columns", "duckdb_constraints", "duckdb_indexes", "duckdb_schemas", "duckdb_tables", "duckdb_types", "duckdb_views"}

// allowed is what one statement may name.
type allowed struct {
	tables     map[string]bool // in lower case
	qualifiers map[string]bool // schemas and the name of the database
	macros     map[string]bool // of the warehouse
}

// readAllowed asks the warehouse for its tables, views and macros.
func readAllowed(ctx context.Context, db *sql.Conn) (*allowed, error) {
	a := &allowed{
		tables:     map[string]bool{},
		qualifiers: map[string]bool{"": true, "main": true, "temp": true},
		macros:     map[string]bool{},
	}
	for _, name := range catalogueViews {
		a.tables[name] = true
	}
	const all = `
SELECT 'table' AS kind, lower(table_name) FROM duckdb_tables() WHERE NOT internal
UNION ALL SELECT 'table', lower(view_name) FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT 'macro', lower(function_name) FROM duckdb_functions() WHERE NOT internal AND function_type IN ('macro', 'table_macro')
UNION ALL SELECT 'qualifier', lower(current_database())`
	rows, err := db.QueryContext(ctx, all)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	defer rows.Close()
	of := map[string]map[string]bool{"table": a.tables, "macro": a.macros, "qualifier": a.qualifiers}
	for rows.Next() {
		var kind, name string
		if err := rows.Scan(&kind, &name); err != nil {
			return nil, fmt.Errorf("list tables: %w", err)
		}
		of[kind][name] = true
	}
	return a, rows.Err()
}

func (a *allowed) function(name, place string) bool {
	name = strings.ToLower(name)
	return functions()[place][name] || a.macros[name]
}

// informationSchema are the views of the schema of that name.
var informationSchema = map[string]bool{"columns": true, "schemata": true, "tables": true, "views": true, "key_column_usage": true, "table_constraints": true}

func (a *allowed) table(catalog, schema, name string) bool {
	catalog, schema, name = strings.ToLower(catalog), strings.ToLower(schema), strings.ToLower(name)
	if !a.qualifiers[catalog] {
		return false
	}
	if schema == "information_schema" {
		return informationSchema[name]
	}
	return a.qualifiers[schema] && a.tables[name]
}
