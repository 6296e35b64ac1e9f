package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestOutputIsAPlainFile refuses what --output would replace or never fill.
func TestOutputIsAPlainFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("plain"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mkfifo(at("pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"link": at("plain"), "loose": at("nowhere"), "device link": "/dev/null"} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	if l, err := net.Listen("unix", at("socket")); err == nil {
		defer l.Close()
	}
	for name, want := range map[string]int{
		at("plain"): exitOK, at("new"): exitOK, at("pipe"): exitUsage, at("link"): exitUsage, at("loose"): exitUsage,
		at("device link"): exitUsage, at("socket"): exitUsage, dir: exitUsage, "/dev/null": exitUsage, "/dev/stdout": exitUsage,
	} {
		before, _ := os.Lstat(name)
		var out, said bytes.Buffer
		if code := run(t.Context(), []string{"query", "--list", "--format", "csv", "-o", name}, nil, &out, &said); code != want {
			t.Errorf("-o %s: exit code %d, want %d: %s", name, code, want, &said)
		}
		if after, err := os.Lstat(name); err != nil || before != nil && before.Mode().Type() != after.Mode().Type() {
			t.Errorf("-o %s: %v", name, err)
		}
	}
}
