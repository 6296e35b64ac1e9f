package warehouse_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/warehouse"
)

// sqlite is the beginning of a database of SQLite, for which DuckDB would load
// an extension.
const sqlite = "SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20"

// TestDamagedFiles opens what is no warehouse or a part of one: every way of
// opening says so, and none creates or alters anything.
func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "whole.duckdb")
	forms := extract.Forms()
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: forms, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	garbled := []byte(strings.Replace(string(whole[:3*4096]), "DUCK", "DOCK", 1))
	cases := map[string][]byte{
		"empty": nil, "SQLite": append([]byte(sqlite), make([]byte, 8192)...), "text": []byte("no database\n"),
		"header": whole[:3*4096], "half": whole[:len(whole)/2], "less one byte": whole[:len(whole)-1],
		"first header": whole[:4096], "12 bytes": whole[:12], "another magic": garbled,
	}
	for name, content := range cases {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
		for way, open := range ways(t.Context(), file) {
			if err := open(); !errors.Is(err, warehouse.ErrDamaged) || !warehouse.Damaged(err) {
				t.Errorf("%s, opened for %s: %v", name, way, err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != string(content) {
			t.Errorf("%s was altered: %v", name, err)
		}
	}
	for way, open := range ways(t.Context(), path) {
		if err := open(); err != nil {
			t.Errorf("the whole file, opened for %s: %v", way, err)
		}
	}
}

// ways opens a file in each way there is, and closes it.
func ways(ctx context.Context, path string) map[string]func() error {
	by := func(o warehouse.Options) func() error {
		return func() error {
			db, err := warehouse.Open(ctx, path, o)
			if err != nil {
				return err
			}
			return db.Close()
		}
	}
	return map[string]func() error{
		"reading": by(warehouse.Options{ReadOnly: true, Threads: 1}),
		"writing": by(warehouse.Options{Forms: extract.Forms(), Threads: 1}),
		"export": func() error {
			db, err := warehouse.Attach(ctx, path)
			if err != nil {
				return err
			}
			return db.Close()
		},
	}
}

// TestSettings: the doors are closed from the start, and stay so.
func TestSettings(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.duckdb")
	for _, o := range []warehouse.Options{
		{Forms: extract.Forms(), Threads: 1},
		{ReadOnly: true, Threads: 1},
		{ReadOnly: true, Threads: 1, TempDir: t.TempDir(), Spill: "8MB", JSONErrors: true}, // settings in another order
	} {
		db, err := warehouse.Open(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"enable_external_access": "false", "autoload_known_extensions": "false", "autoinstall_known_extensions": "false",
			"allow_community_extensions": "false", "allow_persistent_secrets": "false",
		} {
			var got string
			if err := db.SQL().QueryRowContext(t.Context(), "SELECT current_setting('"+name+"')::VARCHAR").Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s, want %s; %v", name, got, want, err)
			}
		}
		for _, forbidden := range []string{
			"SELECT * FROM read_text('/etc/passwd')", "ATTACH '/tmp/other.duckdb'", "INSTALL sqlite", "LOAD sqlite",
			"COPY (SELECT 1) TO '/tmp/gongkai-forbidden.csv'", "SET enable_external_access = true",
		} {
			if _, err := db.SQL().ExecContext(t.Context(), forbidden); err == nil {
				t.Errorf("%s was done (read only: %v)", forbidden, o.ReadOnly)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
