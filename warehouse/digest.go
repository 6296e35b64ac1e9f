package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// contents are the tables that hold content, with the columns that do not
// count: when something was fetched is no part of what it says.
var contents = []struct{ table, except string }{
	{"agency", "visited"},
	{"agency_event", ""},
	{"region", ""},
	{"agency_name", ""},
	{"agency_series", ""},
	{"cell", ""},
	{"confirmation", ""},
	{"document", "fetched, returned"},
	{"equation", ""},
	{"equation_term", ""},
	{"excuse", ""},
	{"extra_row", ""},
	{"fact", ""},
	{"form", ""},
	{"form_cell", ""},
	{"form_column", ""},
	{"form_row", ""},
	{"form_table", ""},
	{"identity", ""},
	{"issue", ""},
	{"obliged", ""},
	{"problem", ""},
	{"reading", ""},
	{"reply", ""},
	{"report", "dated"},
	{"report_page", ""},
	{"report_table", ""},
	{"roster_problem", ""},
	{"section", ""},
	{"sketch", ""},
}

// A TableDigest names the content of one table, whatever the order of its rows.
type TableDigest struct {
	Table string
	Rows  int64
	Sum   string // in hex
}

// String gives the line that goes into the digest of the whole.
func (d TableDigest) String() string { return fmt.Sprintf("%s %d %s", d.Table, d.Rows, d.Sum) }

// Digest names the content of the warehouse in hex: two warehouses with the
// same documents, read with the same result, have the same digest, however
// they were loaded. Times of fetching and of runs, and stored findings, do not
// count. It is meant for comparing files of one version of gongkai.
func (w *DB) Digest(ctx context.Context) (string, error) {
	tables, err := w.TableDigests(ctx)
	if err != nil {
		return "", err
	}
	return DigestOf(tables), nil
}

// DigestOf makes the digest of a warehouse from those of its tables, in the
// order of TableDigests.
func DigestOf(tables []TableDigest) string {
	var lines strings.Builder
	for _, t := range tables {
		fmt.Fprintln(&lines, t)
	}
	sum := sha256.Sum256([]byte(lines.String()))
	return hex.EncodeToString(sum[:])
}

// TableDigests returns the digest of every table with content, by name.
func (w *DB) TableDigests(ctx context.Context) ([]TableDigest, error) {
	var list []TableDigest
	for _, c := range contents {
		columns := "*COLUMNS(*)"
		if c.except != "" {
			columns = "*COLUMNS(* EXCLUDE (" + c.except + "))"
		}
		d := TableDigest{Table: c.table}
		// Two sums over independent hashes: neither order nor repeated rows can hide
		// a change. The inner hash is an exclusive or in its last argument, and is
		// therefore hashed again.
		err := w.db.QueryRowContext(ctx, fmt.Sprintf(`
			SELECT count(*), coalesce(printf('%%032x', sum(h) %% (1::HUGEINT << 120)) || printf('%%016x', bit_xor(hash(h, 'gongkai'))), '')
			FROM (SELECT hash(hash(%s)) AS h FROM %s)`, columns, QuoteName(c.table))).Scan(&d.Rows, &d.Sum)
		if err != nil {
			return nil, fmt.Errorf("digest of %s: %w", c.table, err)
		}
		list = append(list, d)
	}
	return list, nil
}
