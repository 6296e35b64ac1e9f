package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
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

// TestNoControlCharacters: no text output hands on what would steer a terminal.
func TestNoControlCharacters(t *testing.T) {
	t.Parallel()
	const evil = "a\x1b[31mb\x00\u009bc\u202ed\u2066e\rf"
	for _, format := range []string{"table", "csv", "tsv", "markdown"} {
		var out bytes.Buffer
		a := newApp(nil, &out, &out)
		if err := a.list(listing{format: format}, []column{{"x\x1by", text}}, "", func(add func([]value) error) error {
			return add(known(evil))
		}); err != nil {
			t.Fatal(err)
		}
		for _, r := range out.String() {
			if r != '\n' && unprintable(r) {
				t.Errorf("%s: %q", format, out.String())
				break
			}
		}
		for _, want := range []string{`\x1b[31mb\x00\x9bc\u202ed\u2066e`, `x\x1by`} {
			if got := strings.ReplaceAll(out.String(), `\\`, `\`); !strings.Contains(got, want) {
				t.Errorf("%s: %q lacks %s", format, got, want)
			}
		}
	}
	if got := visible("表\n\t一"); got != "表\n\t一" {
		t.Errorf("%q was changed", got)
	}
}
