package sqlgate

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"gongkai/warehouse"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// maxFile bounds a file of the user's in bytes.
const maxFile = 16 << 20

// plainName is a name that SQL takes without quotes, Chinese ones too.
var plainName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{Nd}_]*$`)

// NewOwnFile reads "table=file.csv", or "file.csv", which is table file.
func NewOwnFile(given string) (OwnFile, error) {
	table, path, named := strings.Cut(given, "=")
	if !named {
		path = given
		table = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	if !plainName.MatchString(table) {
		return OwnFile{}, refuse(File, fmt.Sprintf("%q cannot be the name of a table; give one as name=%s", table, path), path)
	}
	return OwnFile{Table: table, Path: path}, nil
}

// copyFile puts a file into the working folder as UTF-8 and returns its path. Spreadsheets of Chinese systems save GB18030.
func copyFile(f OwnFile, number int) (string, error) {
	wrong := func(what string) error {
		return refuse(File, fmt.Sprintf("file %s: %s", f.Path, what), f.Path)
	}
	info, err := os.Stat(f.Path)
	switch {
	case err != nil:
		return "", wrong(err.Error())
	case !info.Mode().IsRegular():
		return "", wrong("it is not a plain file")
	case info.Size() > maxFile:
		return "", wrong(fmt.Sprintf("it has %d bytes, at most %d are read", info.Size(), maxFile))
	}
	in, err := os.Open(f.Path)
	if err != nil {
		return "", wrong(err.Error())
	}
	defer in.Close()
	body, err := io.ReadAll(io.LimitReader(in, maxFile))
	if err != nil {
		return "", wrong(err.Error())
	}
	if !utf8.Valid(body) {
		if body, err = simplifiedchinese.GB18030.NewDecoder().Bytes(body); err != nil || strings.ContainsRune(string(body), utf8.RuneError) {
			return "", wrong("it is neither UTF-8 nor GB18030 text")
		}
	}
	path, err := filepath.Abs(fmt.Sprintf("own-%d.csv", number))
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, body, 0o600)
}

// An ownTable is a file of the user's, read.
type ownTable struct {
	OwnFile
	columns []Column
	values  [][]*string // by column
}

// readFiles has DuckDB read the files, in a database apart from the
// warehouse, which is open to no file but its own.
func readFiles(ctx context.Context, files []OwnFile) ([]ownTable, error) {
	if len(files) == 0 {
		return nil, nil
	}
	db, err := warehouse.Scratch()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var all []ownTable
	for i, f := range files {
		path, err := copyFile(f, i)
		if err != nil {
			return nil, err
		}
		t := ownTable{OwnFile: f}
		if err := t.read(ctx, db, "FROM read_csv("+warehouse.QuoteText(path)+", sample_size = -1)"); err != nil {
			return nil, refuse(File, fmt.Sprintf("file %s: %v", f.Path, fault(err, "", 0)), f.Path)
		}
		all = append(all, t)
	}
	return all, nil
}

func (t *ownTable) read(ctx context.Context, db *sql.DB, from string) error {
	rows, err := db.QueryContext(ctx, "SELECT CAST(COLUMNS(*) AS VARCHAR) "+from)
	if err != nil {
		return err
	}
	defer rows.Close()
	described, err := db.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE "+from+")")
	if err != nil {
		return err
	}
	defer described.Close()
	var places []any
	for described.Next() {
		var c Column
		if err := described.Scan(&c.Name, &c.Type); err != nil {
			return err
		}
		t.columns, places = append(t.columns, c), append(places, new(*string))
	}
	t.values = make([][]*string, len(t.columns))
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, p := range places {
			t.values[i] = append(t.values[i], *p.(**string))
		}
	}
	return errors.Join(described.Err(), rows.Err())
}

// load makes a temporary table of t.
func (a *allowed) load(ctx context.Context, db *sql.Conn, t ownTable) error {
	name := strings.ToLower(t.Table)
	if a.tables[name] {
		return refuse(File, fmt.Sprintf("there is a table %s already; give another name as name=%s", t.Table, t.Path), t.Path)
	}
	var columns []string
	var args []any
	for i, c := range t.columns {
		columns = append(columns, fmt.Sprintf(`CAST(unnest(from_json(?::VARCHAR, '["VARCHAR"]')) AS %s) AS %s`, c.Type, warehouse.QuoteName(c.Name)))
		values, err := json.Marshal(t.values[i])
		if err != nil {
			return err
		}
		args = append(args, string(values))
	}
	text := "CREATE TEMP TABLE " + warehouse.QuoteName(t.Table) + " AS SELECT " + strings.Join(columns, ", ")
	if _, err := db.ExecContext(ctx, text, args...); err != nil {
		return refuse(File, fmt.Sprintf("file %s: %v", t.Path, fault(err, "", 0)), t.Path)
	}
	a.tables[name] = true
	return nil
}
