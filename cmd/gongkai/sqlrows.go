package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
)

// A selection is one SELECT that may be run: its columns are known, and its
// values come as text that keeps every digit.
type selection struct {
	sql     string
	args    []any
	columns []column
	casts   []string
}

// newSelection checks that text is exactly one SELECT (or FROM, DESCRIBE,
// SUMMARIZE) and asks for its columns.
func newSelection(ctx context.Context, db *sql.DB, text string, args ...any) (*selection, error) {
	if err := oneSelect(ctx, db, text); err != nil {
		return nil, err
	}
	s := &selection{sql: strings.TrimRight(strings.TrimSpace(text), ";"), args: args}
	rows, err := db.QueryContext(ctx, "SELECT * FROM (\n"+s.sql+"\n) LIMIT 0", args...)
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

// oneSelect refuses what is not exactly one SELECT. DuckDB's own parser says.
func oneSelect(ctx context.Context, db *sql.DB, text string) error {
	var answer string
	if err := db.QueryRowContext(ctx, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", text).Scan(&answer); err != nil {
		return err
	}
	var parsed struct {
		Error        bool              `json:"error"`
		ErrorMessage string            `json:"error_message"`
		Statements   []json.RawMessage `json:"statements"`
	}
	if err := json.Unmarshal([]byte(answer), &parsed); err != nil {
		return fmt.Errorf("parse the query: %w", err)
	}
	switch {
	case strings.HasPrefix(parsed.ErrorMessage, "Only SELECT"):
		return usage("only a SELECT can be run: the warehouse is not changed by queries")
	case parsed.Error:
		return usage("the query is no SQL: %s", parsed.ErrorMessage)
	case len(parsed.Statements) != 1:
		return usage("one SELECT at a time, got %d statements", len(parsed.Statements))
	}
	return nil
}

// each calls add for every row, at most limit of them if it is not zero.
func (s *selection) each(ctx context.Context, db *sql.DB, limit int, add func([]value) error) error {
	query := "SELECT " + strings.Join(s.casts, ", ") + " FROM (\n" + s.sql + "\n)"
	if limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", limit)
	}
	rows, err := db.QueryContext(ctx, query, s.args...)
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
