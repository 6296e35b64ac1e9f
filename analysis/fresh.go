package analysis

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"

	"gongkai/queries"
)

// Findings that are stored are fresh as long as all that they rest on is as it
// was: the rules, and every table but those of runs. Of a report's own figures
// the document's column content tells.
const restingSQL = `
SELECT t.table_name FROM duckdb_tables() t
WHERE NOT t.internal AND NOT t.temporary AND t.database_name = current_database()
	AND t.table_name NOT IN ('warehouse', 'finding', 'load_run', 'crawl_run', 'crawl_site_run', 'alert')
	AND t.table_name NOT IN ('report_page', 'report_table', 'cell', 'equation_sum', 'measured', 'extra_row', 'section', 'sketch', 'fact', 'issue')
ORDER BY t.table_name`

// basisOf names all that findings rest on, in hex.
func basisOf(ctx context.Context, db querier) (string, error) {
	sum := sha256.New()
	rules, err := queries.All()
	if err != nil {
		return "", err
	}
	for _, q := range rules {
		if q.Kind == queries.Check {
			fmt.Fprintf(sum, "%s %d %s\n", q.Rule, len(q.SQL), q.SQL)
		}
	}
	tables, err := column(ctx, db, restingSQL)
	if err != nil {
		return "", fmt.Errorf("basis of findings: %w", err)
	}
	for _, t := range tables {
		rows, err := column(ctx, db, fmt.Sprintf(
			`SELECT count(*) || ' ' || coalesce(sum(hash(x, 'gongkai')) %% (1::HUGEINT << 120) || ' ' || bit_xor(hash(hash(x))), '') FROM "%s" x`, t))
		if err != nil {
			return "", fmt.Errorf("basis of findings: %s: %w", t, err)
		}
		fmt.Fprintln(sum, t, rows)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// A querier is a database or one connection to it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// column reads texts, one from each row.
func column(ctx context.Context, db querier, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// Fresh reports whether all findings are stored and still hold: nothing that
// they rest on has changed since.
func Fresh(ctx context.Context, db *sql.DB) (bool, error) {
	kept, err := column(ctx, db, "SELECT value FROM warehouse WHERE name = 'findings'")
	if err != nil {
		return false, fmt.Errorf("basis of findings: %w", err)
	}
	if len(kept) == 0 {
		return false, nil
	}
	basis, err := basisOf(ctx, db)
	return err == nil && basis == kept[0], err
}

// findingsOf returns the findings of one agency. Where the stored ones are fresh
// only the rules that it breaks are tested, for the cells that they rest on.
func findingsOf(ctx context.Context, db *sql.DB, key string, keys []string) ([]Finding, error) {
	o := CheckOptions{Agency: key}
	fresh, err := Fresh(ctx, db)
	if err != nil {
		return nil, err
	}
	if fresh {
		o.Rules, err = column(ctx, db, "SELECT DISTINCT rule FROM finding WHERE list_contains(?::VARCHAR[], agency_key) ORDER BY rule", keys)
		if err != nil {
			return nil, fmt.Errorf("stored findings: %w", err)
		}
		if len(o.Rules) == 0 {
			return nil, nil
		}
	}
	_, findings, err := Check(ctx, db, o)
	return slices.DeleteFunc(findings, func(f Finding) bool { return !slices.Contains(keys, f.AgencyKey) }), err
}
