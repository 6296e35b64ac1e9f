package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/testbed/replica"
)

// TestSitesOfTheData: list, coverage and lint look where a crawl looks: in the
// folder that is named, else in that of the data, else at what comes along.
func TestSitesOfTheData(t *testing.T) {
	d := worldOf(t, replica.Options{Only: []string{"wuzhong-kjj"}}).Declarations[0]
	data := t.TempDir()
	asked := func(want int, args ...string) string {
		t.Helper()
		var out, messages bytes.Buffer
		if code := run(t.Context(), append(args, "--data", data), nil, &out, &messages); code != want {
			t.Fatalf("%v: exit code %d: %s", args, code, &messages)
		}
		return out.String() + messages.String()
	}
	lines := func(s string) int { return strings.Count(s, "\n") }
	list, cover := []string{"sites", "list", "--format", "csv"}, []string{"sites", "coverage", "--format", "csv"}
	along, whole := asked(exitOK, list...), asked(exitOK, cover...)
	if lines(along) < 100 {
		t.Errorf("%d lines of the sites that come along", lines(along))
	}
	own := filepath.Join(data, "sites")
	if err := os.Mkdir(own, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, d.Name), []byte(d.TOML), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := asked(exitOK, list...); lines(got) != 2 || !strings.Contains(got, "\nwuzhong-kjj,") {
		t.Errorf("sites of the data:\n%s", got)
	}
	if got := asked(exitOK, cover...); got == whole {
		t.Error("coverage is not of the sites of the data")
	}
	if got := asked(exitOK, "sites", "lint"); !strings.Contains(got, "1 site files, no faults") {
		t.Errorf("lint: %s", got)
	}
	if err := os.WriteFile(filepath.Join(own, d.Name), []byte(d.TOML+"\nunheard_of = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := asked(exitFindings, "sites", "lint"); !strings.Contains(got, "unheard_of") {
		t.Errorf("lint: %s", got)
	}
	elsewhere := filepath.Join(t.TempDir(), "sites")
	if err := os.Mkdir(elsewhere, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(elsewhere, d.Name), []byte(d.TOML), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := asked(exitOK, "sites", "lint", elsewhere); !strings.Contains(got, "no faults") {
		t.Errorf("lint of a folder: %s", got)
	}
}
