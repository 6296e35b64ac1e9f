//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/testbed/replica"
)

// TestNightWithoutRoom lets nights run out of room at named points. Each says
// where and what to do; what is published stays; and the next night with room
// ends with what an undisturbed one ends with.
func TestNightWithoutRoom(t *testing.T) {
	if testing.Short() {
		t.Skip("many processes")
	}
	server, err := replica.Serve(worldOf(t, smallWorld))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	dir := t.TempDir()
	night := func(data string, args ...string) (int, string) {
		t.Helper()
		return ends(t, nightCommand(t, append([]string{server.Address(), data}, args...)...))
	}
	fails := func(data, point, count string) {
		t.Helper()
		code, messages := night(data, point, count, "full")
		if code != exitFailed || !strings.Contains(messages, data) || !strings.Contains(messages, "hint: make room") {
			t.Errorf("no room after %s: exit code %d: %s", point, code, messages)
		}
		if leftover, _ := filepath.Glob(filepath.Join(data, "*.new*")); len(leftover) > 0 {
			t.Errorf("no room after %s: left over: %v", point, leftover)
		}
	}
	whole, data := filepath.Join(dir, "undisturbed"), filepath.Join(dir, "full")
	if code, messages := night(whole); code != exitOK {
		t.Fatalf("undisturbed: exit code %d: %s", code, messages)
	}
	want := digestOf(t, whole)
	fails(data, "append-middle", "3")
	for _, point := range []string{"crawled", "copied", "loaded"} {
		fails(data, point, "1")
	}
	if _, err := os.Stat(databaseOf(data)); err == nil {
		t.Error("something was published")
	}
	converges := func() {
		t.Helper()
		if code, messages := night(data); code != exitOK {
			t.Fatalf("with room again: exit code %d: %s", code, messages)
		}
		if got := digestOf(t, data); got != want {
			t.Errorf("with room again the digest is %s, undisturbed %s", got, want)
		}
		intact(t, data, []string{"no room"})
	}
	converges()
	if err := os.MkdirAll(filepath.Join(data, "records"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "records", "excuses.toml"), []byte("# a reason to publish again\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(databaseOf(data))
	if err != nil {
		t.Fatal(err)
	}
	fails(data, "crawled", "1")
	if after, err := os.ReadFile(databaseOf(data)); err != nil || string(after) != string(before) {
		t.Errorf("what was published has changed, %v", err)
	}
	converges()
}

func databaseOf(data string) string {
	a := newApp(nil, nil, nil)
	a.data = data
	return a.database()
}
