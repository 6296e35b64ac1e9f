package warehouse

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// A tally counts the rows of every table. It is taken before a file is closed
// and again when it is read back.
type tally map[string]rowCount

// A rowCount is the number of rows of a table with a sum over its first column,
// so that counting reads the rows and not only what the file says of them.
type rowCount struct {
	rows int64
	sum  string
}

// tally counts the rows of all tables.
func (w *DB) tally(ctx context.Context) (tally, error) {
	rows, err := w.db.QueryContext(ctx, `
		SELECT t.table_name, min_by(c.column_name, c.column_index) FROM duckdb_tables() t JOIN duckdb_columns() c USING (table_oid)
		WHERE NOT t.internal AND NOT t.temporary GROUP BY t.table_name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	first := map[string]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		first[table] = column
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	t := tally{}
	for table, column := range first {
		var n rowCount
		err := w.db.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*), coalesce(bit_xor(hash(hash(%s))), 0)::VARCHAR FROM %s", QuoteName(column), QuoteName(table))).Scan(&n.rows, &n.sum)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", table, err)
		}
		t[table] = n
	}
	return t, nil
}

// differs says where another tally is not the same; empty if it is.
func (t tally) differs(other tally) string {
	names := slices.Sorted(maps.Keys(t))
	for name := range other {
		if _, both := t[name]; !both {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if t[name] != other[name] {
			return fmt.Sprintf("table %s has %d rows (sum %s), not %d (sum %s)", name, other[name].rows, other[name].sum, t[name].rows, t[name].sum)
		}
	}
	return ""
}

// A balance counts what Load added to tables and took from them, so that what
// is there can be held against what was loaded.
type balance map[string]int64

// fault says which table does not hold what it held before and what was
// loaded since; empty if all do.
func (b balance) fault(before, after tally) string {
	for _, table := range batchTables {
		if want := before[table].rows + b[table]; after[table].rows != want {
			return fmt.Sprintf("table %s has %d rows, but %d were loaded", table, after[table].rows, want)
		}
	}
	return ""
}
