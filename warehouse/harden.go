package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strconv"
)

// safe are the settings of every database that this program opens. They stand
// in its configuration and so are in force before a byte of a file is read: no
// extension is fetched or loaded, whatever the file says that it is.
var safe = map[string]string{
	"autoinstall_known_extensions": "false",
	"autoload_known_extensions":    "false",
	"allow_community_extensions":   "false",
	"allow_persistent_secrets":     "false",
	"max_temp_directory_size":      "4GB",
}

// closed are the further settings of a warehouse: it reads and writes its own
// file and nothing else.
var closed = map[string]string{"enable_external_access": "false"}

// readOnly are the further settings under which queries of users run. They
// cannot be undone.
var readOnly = map[string]string{
	"access_mode":        "READ_ONLY",
	"memory_limit":       "2GB",
	"lock_configuration": "true",
}

// dsn gives the path and the settings of a warehouse.
func dsn(path string, o Options) string {
	settings := maps.Clone(safe)
	maps.Copy(settings, closed)
	settings["memory_limit"] = "640MB"
	if o.ReadOnly {
		maps.Copy(settings, readOnly)
	}
	if o.MemoryLimit != "" {
		settings["memory_limit"] = o.MemoryLimit
	}
	if o.Threads > 0 {
		settings["threads"] = strconv.Itoa(o.Threads)
	}
	if o.TempDir != "" { // which cannot be set once other files are out of reach: see shut
		settings["temp_directory"] = o.TempDir
		delete(settings, "enable_external_access")
		delete(settings, "lock_configuration")
	}
	if o.Spill != "" {
		settings["max_temp_directory_size"] = o.Spill
	}
	if o.JSONErrors {
		settings["errors_as_json"] = "true"
	}
	if path == memory {
		path = ""
	}
	return path + "?" + encode(settings)
}

// shut makes the settings that the configuration could not hold.
func (w *DB) shut(ctx context.Context, o Options) error {
	if o.TempDir == "" {
		return nil
	}
	statements := []string{"SET enable_external_access = false"}
	if o.ReadOnly {
		statements = append(statements, "SET lock_configuration = true")
	}
	for _, s := range statements {
		if _, err := w.db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("harden: %w", err)
		}
	}
	return nil
}

func encode(settings map[string]string) string {
	v := url.Values{}
	for name, value := range settings {
		v.Set(name, value)
	}
	return v.Encode()
}

// Scratch opens an empty database in memory that may read and write files, for
// making files out of rows. No text of a user may be run in it.
func Scratch() (*sql.DB, error) {
	db, err := sql.Open("duckdb", "?"+encode(safe))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

// Attach opens the warehouse at path for reading in a database that may write
// files, which one of [Open] may not. No text of a user may be run in it.
func Attach(ctx context.Context, path string) (*sql.DB, error) {
	db, err := attach(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open warehouse %s: %w", path, err)
	}
	return db, nil
}

func attach(ctx context.Context, path string) (*sql.DB, error) {
	if err := examineFile(path); err != nil {
		return nil, err
	}
	db, err := Scratch()
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // USE holds for one connection
	for _, statement := range []string{"ATTACH " + QuoteText(path) + " AS warehouse (TYPE duckdb, READ_ONLY)", "USE warehouse"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(fileError(err), db.Close())
		}
	}
	return db, nil
}
