package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIngestedCorrection takes a page of the demo, changes a byte and ingests
// it: it is a version of the report that is there, and no agency is accused.
func TestIngestedCorrection(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the demo")
	}
	data := filepath.Join(t.TempDir(), "demo")
	mustRun(t, "demo", "--data", data)
	const state = `SELECT count(*) FILTER (is_current) AS current, (SELECT count(*) FROM finding) AS findings,
		(SELECT sum(value) FROM v_harmonised WHERE measure = 'requests_received' AND year = 2023) AS sum FROM report`
	before := mustRun(t, "query", state, "--data", data, "--format", "csv")
	hash := lastLine(mustRun(t, "query", "SELECT document FROM report WHERE is_current AND year = 2023 AND reader = 'html' ORDER BY report_id LIMIT 1", "--data", data, "--format", "csv"))
	page := filepath.Join(t.TempDir(), "page.html")
	mustRun(t, "archive", "extract", hash, page, "--data", data)
	body, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(body, []byte("</body>"), []byte(" </body>"), 1)
	if len(changed) != len(body)+1 {
		t.Fatal("the page has no end")
	}
	if err := os.WriteFile(page, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "ingest", page, "--data", data)
	if code, said := ends(t, command(t, "check", "--store", "--data", data)); code != exitOK && code != exitFindings { // the demo has planted errors
		t.Fatalf("check: exit %d: %s", code, said)
	}
	if after := mustRun(t, "query", state, "--data", data, "--format", "csv"); after != before {
		t.Errorf("after the ingest:\n%s\nbefore:\n%s", after, before)
	}
	if got := lastLine(mustRun(t, "query", "SELECT revisions || ' ' || linked_by FROM report WHERE name LIKE '%page.html'", "--data", data, "--format", "csv")); got != "2 name" {
		t.Errorf("revisions and link %q, want 2 name", got)
	}
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// mustRun runs the program and returns what it prints.
func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	out, err := command(t, args...).Output()
	if err != nil {
		t.Fatalf("gongkai %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}
