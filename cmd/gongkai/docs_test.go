package main

import (
	"os"
	"strings"
	"testing"

	"gongkai/queries"

	"github.com/spf13/cobra"
)

func readText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestReadme makes sure that README.md and README.zh.md speak of every command,
// and the page they name of every query; and that they can be read at one go.
func TestReadme(t *testing.T) {
	for _, name := range []string{"README.md", "README.zh.md"} {
		text := readText(t, "../../"+name)
		for _, c := range commands(newRoot(newApp(nil, nil, nil))) {
			if !mentions(text, c) {
				t.Errorf("%s does not mention %s", name, c.CommandPath())
			}
		}
		if n := strings.Count(text, "\n"); n > 150 {
			t.Errorf("%s has %d lines, 150 at most", name, n)
		}
		if !strings.Contains(text, "(docs/queries.md)") {
			t.Errorf("%s does not name docs/queries.md", name)
		}
	}
	all, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	listed := readText(t, "../../docs/queries.md")
	for _, q := range all {
		if !strings.Contains(listed, "`"+q.Name+"`") && (q.Rule == "" || !strings.Contains(listed, "`"+q.Rule+"`")) {
			t.Errorf("docs/queries.md does not mention the query `%s` %s", q.Name, q.Rule)
		}
	}
}

// mentions reports whether a line speaks of a command: by its path or, of a
// command's own commands, by that and the name.
func mentions(readme string, c *cobra.Command) bool {
	for line := range strings.Lines(readme) {
		if strings.Contains(line, c.CommandPath()) {
			return true
		}
		if p := c.Parent(); p != nil && p.HasParent() && strings.Contains(line, p.CommandPath()) && strings.Contains(line, c.Name()) {
			return true
		}
	}
	return false
}

// TestTestCommand makes sure that README.md, CONTRIBUTING.md, the Makefile and
// the CI script name the same test command.
func TestTestCommand(t *testing.T) {
	const command = "go test -timeout 40m ./..."
	for _, path := range []string{"../../README.md", "../../CONTRIBUTING.md", "../../Makefile", "../../.ci/run"} {
		found := false
		for line := range strings.Lines(readText(t, path)) {
			line, _, _ = strings.Cut(line, "#")
			found = found || strings.TrimSpace(line) == command
		}
		if !found {
			t.Errorf("%s has no line %q", path, command)
		}
	}
}
