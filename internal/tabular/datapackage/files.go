package datapackage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"gongkai/warehouse"

	"github.com/google/renameio/v2"
)

// Formats are those of the files of a package.
var Formats = []string{"csv", "parquet", "xlsx", "json"}

// Options say how tables are written.
type Options struct {
	Format  string // one of Formats
	License string // the name of the licence of the files; "notspecified" for none
	Excel   bool   // make CSV for spreadsheets: with a byte order mark, and no text that is a formula
	Step    func() // is called after each table; may be nil
}

// Written tells of a package that was written.
type Written struct {
	Rows    int64
	Notices []string // what the files could not take as it is
}

// Write writes tables of the warehouse as files to the folder, with a
// datapackage.json that describes them. All rows are written, in a fixed order.
func Write(ctx context.Context, db *sql.DB, folder string, tables []*Table, o Options) (Written, error) {
	if o.Step == nil {
		o.Step = func() {}
	}
	x := &exporter{db: db, folder: folder, options: o, pack: newPackage(o.License)}
	if err := x.write(ctx, tables); err != nil {
		return x.written, err
	}
	if err := x.pack.describe(ctx, db); err != nil {
		return x.written, err
	}
	return x.written, x.pack.write(filepath.Join(folder, FileName))
}

// An exporter writes tables as files and describes them.
type exporter struct {
	db      *sql.DB
	folder  string
	options Options
	pack    *Package
	written Written
}

func (x *exporter) write(ctx context.Context, tables []*Table) error {
	temp, err := os.MkdirTemp(x.folder, ".gongkai-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if x.options.Format == "xlsx" {
		return x.writeWorkbook(ctx, tables, temp)
	}
	for _, t := range tables {
		if err := x.writeTable(ctx, t, temp); err != nil {
			return fmt.Errorf("export %s: %w", t.name, err)
		}
		x.options.Step()
	}
	return nil
}

// writeTable writes one table to a file of its own.
func (x *exporter) writeTable(ctx context.Context, t *Table, temp string) error {
	raw := filepath.Join(temp, "table")
	rows, err := x.copyTo(ctx, t, raw, x.options.Format)
	if err != nil {
		return err
	}
	x.written.Rows += rows
	f, err := os.Open(raw)
	if err != nil {
		return err
	}
	defer f.Close()
	name := t.name + "." + x.options.Format
	out, err := newSummed(filepath.Join(x.folder, name))
	if err != nil {
		return err
	}
	defer out.file.Cleanup()
	if x.options.Excel {
		err = forExcel(out, f)
	} else {
		_, err = io.Copy(out, f)
	}
	if err != nil {
		return err
	}
	if err := out.file.CloseAtomicallyReplace(); err != nil {
		return err
	}
	x.pack.add(t, name, x.options.Format, "", rows, out)
	return nil
}

// copyTo has DuckDB write the rows of t, in a fixed order, and counts them.
func (x *exporter) copyTo(ctx context.Context, t *Table, path, format string) (int64, error) {
	options := map[string]string{
		"csv":     "FORMAT csv, HEADER",
		"json":    "FORMAT json, ARRAY true",
		"parquet": "FORMAT parquet, COMPRESSION zstd",
	}[format]
	result, err := x.db.ExecContext(ctx, "COPY ("+t.ordered(format == "csv")+") TO "+warehouse.QuoteText(path)+" ("+options+")")
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// A summed file counts its bytes and takes their SHA-256 as they are written.
type summed struct {
	file  *renameio.PendingFile
	sum   hash.Hash
	bytes int64
}

func newSummed(path string) (*summed, error) {
	f, err := renameio.NewPendingFile(path, renameio.WithPermissions(0o644))
	if err != nil {
		return nil, err
	}
	return &summed{file: f, sum: sha256.New()}, nil
}

func (s *summed) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	s.sum.Write(p[:n])
	s.bytes += int64(n)
	return n, err
}

func (s *summed) digest() string { return hex.EncodeToString(s.sum.Sum(nil)) }
