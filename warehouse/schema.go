package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gongkai"
)

//go:embed schema.sql
var schemaSQL string

//go:embed views/*.sql
var viewFiles embed.FS

// viewSubjects are the files of macros and views, in the order in which they rest on
// each other.
var viewSubjects = []string{"law", "agencies", "figures", "rollup", "texts", "measures"}

// viewsOf returns the SQL of one subject.
func viewsOf(subject string) string {
	b, err := viewFiles.ReadFile("views/" + subject + ".sql")
	if err != nil {
		panic(err) // the file is built in
	}
	return string(b)
}

//go:embed comments.txt
var commentsText string

// empty reports whether the file holds no tables yet.
func (w *DB) empty(ctx context.Context) (bool, error) {
	var n int
	err := w.db.QueryRowContext(ctx, "SELECT count(*) FROM duckdb_tables() WHERE NOT internal").Scan(&n)
	return n == 0, err
}

// create makes the whole schema in one transaction.
// Only a file explains itself: comments are most of the work, and nobody reads
// them in a database that is never stored.
func (w *DB) create(ctx context.Context, path string, forms []gongkai.Form) error {
	if len(forms) == 0 {
		return fmt.Errorf("no forms given")
	}
	return w.transaction(ctx, func(conn *sql.Conn) error {
		if err := run(ctx, conn, typesSQL(forms), schemaSQL); err != nil {
			return fmt.Errorf("schema.sql: %w", err)
		}
		if err := catalogue(forms).append(ctx, conn, catalogueTables); err != nil {
			return fmt.Errorf("catalogue of forms: %w", err)
		}
		for _, subject := range viewSubjects {
			if err := run(ctx, conn, viewsOf(subject)); err != nil {
				return fmt.Errorf("views/%s.sql: %w", subject, err)
			}
		}
		for i := range forms {
			if err := run(ctx, conn, wideView(&forms[i])); err != nil {
				return fmt.Errorf("view of form %s: %w", forms[i].ID, err)
			}
		}
		if path != memory {
			if err := comment(ctx, conn, forms); err != nil {
				return err
			}
		}
		return run(ctx, conn, "INSERT INTO warehouse VALUES ('schema', "+QuoteText(fingerprint(forms))+")")
	})
}

func run(ctx context.Context, conn *sql.Conn, scripts ...string) error {
	for _, s := range scripts {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// examine refuses a file that this program did not make or would make otherwise.
func (w *DB) examine(ctx context.Context, o Options) error {
	var found string
	err := w.db.QueryRowContext(ctx, "SELECT value FROM warehouse WHERE name = 'schema'").Scan(&found)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSchema, err)
	}
	if !o.ReadOnly && len(o.Forms) == 0 {
		return fmt.Errorf("no forms given")
	}
	if len(o.Forms) > 0 && found != fingerprint(o.Forms) {
		return ErrSchema
	}
	return nil
}

// fingerprint names the schema together with the forms it was made for.
func fingerprint(forms []gongkai.Form) string {
	b, err := json.Marshal(forms)
	if err != nil {
		panic(err) // forms are plain data
	}
	h := sha256.New()
	texts := []string{schemaSQL}
	for _, subject := range viewSubjects {
		texts = append(texts, viewsOf(subject))
	}
	for _, s := range append(texts, commentsText, string(b)) {
		fmt.Fprintf(h, "%d %s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// typesSQL declares the ids that the forms use, so that a cell costs four bytes
// for its address and a misspelt id is an error.
func typesSQL(forms []gongkai.Form) string {
	var form, table, row, column []string
	add := func(list *[]string, id string) {
		if !slices.Contains(*list, id) {
			*list = append(*list, id)
		}
	}
	for _, f := range forms {
		add(&form, f.ID)
		for _, t := range f.Tables {
			add(&table, t.ID)
			for _, r := range t.Rows {
				add(&row, r.ID)
			}
			for _, c := range t.Columns {
				add(&column, c.ID)
			}
		}
	}
	var b strings.Builder
	for _, e := range []struct {
		name string
		ids  []string
	}{{"form_code", form}, {"table_code", table}, {"row_code", row}, {"column_code", column}} {
		quoted := make([]string, len(e.ids))
		for i, id := range e.ids {
			quoted[i] = QuoteText(id)
		}
		fmt.Fprintf(&b, "CREATE TYPE %s AS ENUM (%s);\n", e.name, strings.Join(quoted, ", "))
	}
	return b.String()
}

// comment stores the meaning of everything with COMMENT ON. It fails if
// comments.txt leaves something unsaid or speaks of something that is not there.
func comment(ctx context.Context, conn *sql.Conn, forms []gongkai.Form) error {
	texts, err := parseComments(commentsText)
	if err != nil {
		return err
	}
	for i := range forms {
		wideComments(&forms[i], texts)
	}
	objects, err := columnsOf(ctx, conn)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	var script strings.Builder
	for _, o := range objects {
		key := o.object
		kind := "TABLE"
		if o.view {
			kind = "VIEW"
		}
		target := kind + " " + QuoteName(o.object)
		if o.column != "" {
			key = o.object + "." + o.column
			if _, ok := texts[key]; !ok {
				key = "*." + o.column
			}
			target = "COLUMN " + QuoteName(o.object) + "." + QuoteName(o.column)
		}
		text, ok := texts[key]
		if !ok {
			return fmt.Errorf("comments.txt: nothing about %s", strings.Trim(o.object+"."+o.column, "."))
		}
		used[key] = true
		fmt.Fprintf(&script, "COMMENT ON %s IS %s;\n", target, QuoteText(text))
	}
	for key := range texts {
		if !used[key] {
			return fmt.Errorf("comments.txt: there is no %s", key)
		}
	}
	return run(ctx, conn, script.String())
}

// parseComments reads lines "table: text", "table.column: text" or, for a
// column that means the same everywhere, "*.column: text".
func parseComments(text string) (map[string]string, error) {
	texts := map[string]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, ": ")
		if _, twice := texts[key]; !ok || twice {
			return nil, fmt.Errorf("comments.txt: line %q has no colon or comes twice", line)
		}
		texts[key] = strings.TrimSpace(value)
	}
	return texts, nil
}

// An object is a table or view, or a column of one.
type object struct {
	object, column string
	view           bool
}

func columnsOf(ctx context.Context, conn *sql.Conn) ([]object, error) {
	rows, err := conn.QueryContext(ctx, `
		WITH objects AS (
			SELECT table_name AS object, false AS view FROM duckdb_tables() WHERE NOT internal
			UNION ALL SELECT view_name, true FROM duckdb_views() WHERE NOT internal
		)
		SELECT object, '', view FROM objects
		UNION ALL SELECT object, column_name, view FROM objects JOIN duckdb_columns() ON table_name = object WHERE NOT internal
		ORDER BY ALL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []object
	for rows.Next() {
		var o object
		if err := rows.Scan(&o.object, &o.column, &o.view); err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, rows.Err()
}

// QuoteName writes the name of a table or column in SQL.
func QuoteName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// QuoteText writes a text in SQL.
func QuoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
