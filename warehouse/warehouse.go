package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"gongkai"

	_ "github.com/duckdb/duckdb-go/v2" // the driver "duckdb"
)

// ErrLocked is returned by Open while another process has the file open for
// writing, or, for a writer, open at all.
var ErrLocked = errors.New("in use by another process")

// ErrSchema is returned by Open for a file that was made with another schema
// or other forms, or that is no warehouse.
var ErrSchema = errors.New("made with another schema or other forms: run gongkai build")

// Options say how a warehouse is opened. The zero value opens for writing.
type Options struct {
	ReadOnly    bool           // for queries: nothing can be changed and no other file read
	Forms       []gongkai.Form // needed to create a warehouse and to write to it
	MemoryLimit string         // as DuckDB writes it; empty means 640MB for writing, 2GB for reading
	Threads     int            // 0 means one for each CPU
	TempDir     string         // where DuckDB may spill; empty means beside the file
}

// A DB is an open warehouse.
type DB struct {
	db    *sql.DB
	forms map[string]*gongkai.Form
	uses  map[[4]string]*uses // by form, table, row, column
}

// Open opens the warehouse at path and creates it, unless it is to be read
// only, if it is not there. The path ":memory:" gives one that is never stored.
// It returns ErrLocked or ErrSchema, wrapped, or what DuckDB says of the file.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	w, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("open warehouse %s: %w", path, err)
	}
	return w, nil
}

func open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.ReadOnly {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
	}
	db, err := sql.Open("duckdb", dsn(path, o))
	if err != nil {
		return nil, lockError(err)
	}
	w := &DB{db: db, forms: map[string]*gongkai.Form{}}
	if path == memory {
		db.SetMaxOpenConns(1) // every connection would see a database of its own
	}
	for i := range o.Forms {
		w.forms[o.Forms[i].ID] = &o.Forms[i]
	}
	if err := w.prepare(ctx, path, o); err != nil {
		return nil, errors.Join(lockError(err), db.Close())
	}
	return w, nil
}

const memory = ":memory:"

// dsn gives the settings that must be there before the file is opened.
func dsn(path string, o Options) string {
	v := url.Values{}
	v.Set("memory_limit", "640MB")
	if o.ReadOnly {
		v.Set("access_mode", "READ_ONLY")
		v.Set("memory_limit", "2GB")
	}
	if o.MemoryLimit != "" {
		v.Set("memory_limit", o.MemoryLimit)
	}
	if o.Threads > 0 {
		v.Set("threads", strconv.Itoa(o.Threads))
	}
	if o.TempDir != "" {
		v.Set("temp_directory", o.TempDir)
	}
	if path == memory {
		path = ""
	}
	return path + "?" + v.Encode()
}

// lockError marks the message that DuckDB gives for a file held by another process.
func lockError(err error) error {
	if err != nil && strings.Contains(err.Error(), "Could not set lock on file") {
		return fmt.Errorf("%w: wait for the other gongkai or database shell to end: %w", ErrLocked, err)
	}
	return err
}

// prepare creates or examines the schema and, for readers, closes all doors.
func (w *DB) prepare(ctx context.Context, path string, o Options) error {
	if err := w.db.PingContext(ctx); err != nil {
		return err
	}
	empty, err := w.empty(ctx)
	if err != nil {
		return err
	}
	if empty && !o.ReadOnly {
		if err := w.create(ctx, path, o.Forms); err != nil {
			return fmt.Errorf("create schema: %w", err)
		}
	} else if err := w.examine(ctx, o); err != nil {
		return err
	}
	if o.ReadOnly {
		return w.harden(ctx)
	}
	return w.readUses(ctx)
}

// SQL returns the database for queries. A warehouse opened read only is
// hardened: user text may be run against it.
func (w *DB) SQL() *sql.DB { return w.db }

// Close writes everything into the file and closes it. After a clean close of
// a writer no write-ahead log is left beside the file.
func (w *DB) Close() error {
	if err := w.db.Close(); err != nil {
		return fmt.Errorf("close warehouse: %w", err)
	}
	return nil
}
