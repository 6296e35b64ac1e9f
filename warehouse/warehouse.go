package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"gongkai"

	_ "github.com/duckdb/duckdb-go/v2" // the driver "duckdb"
)

// Options say how a warehouse is opened. The zero value opens for writing.
type Options struct {
	ReadOnly    bool           // for queries: nothing can be changed and no other file read
	Forms       []gongkai.Form // needed to create a warehouse and to write to it
	MemoryLimit string         // as DuckDB writes it; empty means 640MB for writing, 2GB for reading
	Threads     int            // 0 means one for each CPU
	TempDir     string         // where DuckDB may spill; empty means beside the file
	Spill       string         // how much it may spill; empty means 4GB
	JSONErrors  bool           // errors of SQL are given as JSON, with their place in the text
}

// A DB is an open warehouse.
type DB struct {
	db    *sql.DB
	forms map[string]*gongkai.Form
	uses  map[[4]string]*uses // by form, table, row, column

	loaded balance // of what was loaded since the file was opened
}

// Open opens the warehouse at path and creates it, unless it is to be read
// only, if it is not there. The path ":memory:" gives one that is never stored.
// It returns ErrLocked, ErrSchema or ErrDamaged, wrapped, or what DuckDB says of the file.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	w, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("open warehouse %s: %w", path, err)
	}
	return w, nil
}

func open(ctx context.Context, path string, o Options) (*DB, error) {
	if path != memory {
		if err := examineFile(path); err != nil && (o.ReadOnly || !errors.Is(err, os.ErrNotExist)) {
			return nil, err
		}
	}
	db, err := sql.Open("duckdb", dsn(path, o))
	if err != nil {
		return nil, fileError(err)
	}
	w := &DB{db: db, forms: map[string]*gongkai.Form{}, loaded: balance{}}
	if path == memory {
		db.SetMaxOpenConns(1) // every connection would see a database of its own
	}
	for i := range o.Forms {
		w.forms[o.Forms[i].ID] = &o.Forms[i]
	}
	if err := w.prepare(ctx, path, o); err != nil {
		return nil, errors.Join(fileError(err), db.Close())
	}
	return w, nil
}

const memory = ":memory:"

// prepare creates or examines the schema.
func (w *DB) prepare(ctx context.Context, path string, o Options) error {
	if err := w.db.PingContext(ctx); err != nil {
		return err
	}
	if err := w.shut(ctx, o); err != nil {
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
		return nil
	}
	return w.readUses(ctx)
}

// SQL returns the database for queries. In a warehouse opened read only the
// text of a user may be run.
func (w *DB) SQL() *sql.DB { return w.db }

// Checkpoint writes everything into the file itself. [DB.Close] does it too, but
// the driver keeps to itself whether that failed.
func (w *DB) Checkpoint(ctx context.Context) error {
	if _, err := w.db.ExecContext(ctx, "CHECKPOINT"); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

// Close closes the file.
func (w *DB) Close() error {
	if err := w.db.Close(); err != nil {
		return fmt.Errorf("close warehouse: %w", err)
	}
	return nil
}
