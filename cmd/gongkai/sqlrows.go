package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"gongkai/analysis"
)

// A selection is one SELECT that may be run: its columns are known, and its
// values come as text that keeps every digit.
type selection struct {
	sql     string
	args    []any
	columns []column
	casts   []string
}

// newSelection asks for the columns of a SELECT (or FROM, DESCRIBE,
// SUMMARIZE). Package analysis decides what may be run.
func newSelection(ctx context.Context, db *sql.DB, text string, args ...any) (*selection, error) {
	s := &selection{sql: strings.TrimRight(strings.TrimSpace(text), "; \t\r\n"), args: args}
	rows, err := analysis.Query(ctx, db, "SELECT * FROM (\n"+s.sql+"\n) LIMIT 0", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	for _, t := range types {
		s.columns = append(s.columns, column{t.Name(), kindOf(t.DatabaseTypeName())})
		s.casts = append(s.casts, asText(t.Name(), t.DatabaseTypeName()))
	}
	return s, rows.Err()
}

// each calls add for every row, at most limit of them if it is not zero.
func (s *selection) each(ctx context.Context, db *sql.DB, limit int, add func([]value) error) error {
	query := "SELECT " + strings.Join(s.casts, ", ") + " FROM (\n" + s.sql + "\n)"
	if limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", limit)
	}
	rows, err := analysis.Query(ctx, db, query, s.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	cells := make([]sql.NullString, len(s.columns))
	places := make([]any, len(s.columns))
	for i := range cells {
		places[i] = &cells[i]
	}
	values := make([]value, len(s.columns))
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, c := range cells {
			values[i] = value{c.String, c.Valid}
		}
		if err := add(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// kindOf returns the kind for a DuckDB type.
func kindOf(name string) kind {
	switch base, _, _ := strings.Cut(name, "("); base {
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT":
		return integer
	case "DECIMAL", "FLOAT", "DOUBLE":
		if strings.HasSuffix(name, "]") {
			return text
		}
		return number
	case "BOOLEAN":
		return boolean
	case "DATE":
		return date
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS":
		return datetime
	}
	return text
}

// asText returns the SQL that turns a column into text: decimals without
// trailing zeros, lists and structures as JSON.
func asText(name, duck string) string {
	q := quoteName(name)
	expression := "CAST(" + q + " AS VARCHAR)"
	switch {
	case strings.HasSuffix(duck, "]"), strings.HasPrefix(duck, "STRUCT"), strings.HasPrefix(duck, "MAP"), strings.HasPrefix(duck, "UNION"):
		expression = "CAST(to_json(" + q + ") AS VARCHAR)"
	case strings.HasPrefix(duck, "DECIMAL") && !strings.HasSuffix(duck, ",0)"):
		expression = "rtrim(rtrim(" + expression + ", '0'), '.')"
	}
	return expression + " AS " + q
}
