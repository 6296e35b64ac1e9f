package analysis

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ErrQuery is returned by Query for text that is not exactly one SELECT, or
// that asks for what queries must not see.
var ErrQuery = errors.New("not a query that may be run")

// maxQuery bounds the text of a query in bytes.
const maxQuery = 20 << 10

// Query runs one SELECT that a user wrote and returns its rows. The database
// should be opened read only, which keeps it from other files and networks;
// ctx should have a deadline, for DuckDB has none of its own. Args fill the
// parameters of the text, in order or by sql.Named.
func Query(ctx context.Context, db *sql.DB, text string, args ...any) (*sql.Rows, error) {
	text = strings.TrimRight(strings.TrimSpace(text), "; \t\r\n")
	if err := admit(ctx, db, text); err != nil {
		return nil, err
	}
	var rows *sql.Rows
	var err error
	if len(args) == 0 {
		rows, err = db.QueryContext(ctx, "SELECT * FROM query(?)", text)
	} else {
		rows, err = db.QueryContext(ctx, "SELECT * FROM (\n"+text+"\n)", args...)
	}
	if err != nil {
		return nil, fmt.Errorf("run query: %w", err)
	}
	return rows, nil
}

// admit lets DuckDB itself parse the text and looks at what it found.
func admit(ctx context.Context, db *sql.DB, text string) error {
	switch {
	case text == "":
		return fmt.Errorf("%w: it is empty", ErrQuery)
	case len(text) > maxQuery:
		return fmt.Errorf("%w: it is longer than %d bytes", ErrQuery, maxQuery)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return fmt.Errorf("%w: it is not UTF-8 text", ErrQuery)
	}
	var tree string
	if err := db.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql(?::VARCHAR) AS VARCHAR)", text).Scan(&tree); err != nil {
		return fmt.Errorf("parse query: %w", err)
	}
	var parsed struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(tree), &parsed); err != nil {
		return fmt.Errorf("parse query: %w", err)
	}
	if parsed.Error {
		return fmt.Errorf("%w: %s", ErrQuery, parsed.Message)
	}
	if len(parsed.Statements) != 1 {
		return fmt.Errorf("%w: %d statements, want one", ErrQuery, len(parsed.Statements))
	}
	return walk(parsed.Statements[0])
}

// forbidden are functions that reach beyond the warehouse or run other text.
var forbidden = []string{
	"glob", "query", "query_table", "json_execute_serialized_sql", "getenv", "getvariable", "parquet_scan", "parquet_metadata", "sniff_csv",
	"which_secret", "duckdb_secrets", "test_all_types", "repeat", "repeat_row", "checkpoint", "force_checkpoint",
}

// walk refuses forbidden functions anywhere in the parsed query.
func walk(node any) error {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			if err := walk(child); err != nil {
				return err
			}
		}
	case map[string]any:
		if name, ok := n["function_name"].(string); ok {
			name = strings.ToLower(name)
			if slices.Contains(forbidden, name) || strings.HasPrefix(name, "read_") || strings.HasPrefix(name, "pragma_") {
				return fmt.Errorf("%w: function %s", ErrQuery, name)
			}
		}
		for _, child := range n {
			if err := walk(child); err != nil {
				return err
			}
		}
	}
	return nil
}
