package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/testbed/fixture"

	"github.com/spf13/cobra"
)

// commands returns every command that people may run, the root first.
func commands(root *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{root}
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" && c.Name() != "completion" {
			all = append(all, commands(c)...)
		}
	}
	return all
}

// online lists the commands that visit sites or do not end, and those that need
// a registered peer group: their examples are parsed and not run.
var online = map[string]bool{"crawl": true, "nightly": true, "schedule": true, "serve": true, "rank": true, "report": true, "release": true, "discover": true, "gongkai sites check": true, "gongkai sites verify": true}

// parses makes sure that args are a command line of c.
func parses(t *testing.T, c *cobra.Command, args []string) {
	t.Helper()
	found, rest, err := c.Root().Find(args)
	if err != nil || found != c {
		t.Fatalf("%q is no command line of %s: %v", args, c.CommandPath(), err)
	}
	if err := c.ParseFlags(rest); err != nil {
		t.Errorf("%q: %v", args, err)
	}
	if err := c.ValidateArgs(c.Flags().Args()); err != nil {
		t.Errorf("%q: %v", args, err)
	}
}

// TestExamples runs every example of every command's help in a shell.
func TestExamples(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell to run the examples in")
	}
	dir := t.TempDir()
	if err := writeMany(filepath.Join(dir, "reports"), 2); err != nil {
		t.Fatal(err)
	}
	style, _ := fixture.Find("html-trs")
	report := style.Bytes(fixture.Random(9, fixture.Options{}))
	if err := os.WriteFile(filepath.Join(dir, "report.html"), report, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"files.csv": "path,agency,year\nreport.html,示例市某局,2024\n", "people.csv": "agency,people\n示例市某局,12\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(t *testing.T, line string) string {
		t.Helper()
		c := exec.CommandContext(t.Context(), shell, "-c", line)
		c.Dir = dir
		var out, messages bytes.Buffer
		c.Stdout, c.Stderr = &out, &messages
		if err := c.Run(); err != nil && c.ProcessState.ExitCode() != exitFindings {
			t.Fatalf("%s: %v\n%s", line, err, &messages)
		}
		return out.String()
	}
	run(t, "gongkai ingest reports report.html")
	run(t, "mkdir my-sites && gongkai sites new http://www.shili.example/zfxxgk/ --sites my-sites && sed -i 's/TODO //' my-sites/*.toml")
	t.Setenv("HASH", strings.TrimSpace(run(t, "gongkai query 'SELECT max(document) FROM document' --format csv | tail -n 1")))
	for _, c := range commands(newRoot(newApp(nil, nil, nil))) {
		t.Run(strings.ReplaceAll(c.CommandPath(), " ", "-"), func(t *testing.T) {
			if c.Short == "" || strings.HasSuffix(c.Short, ".") || c.Long == "" {
				t.Error("needs a short description without a full stop and a long one")
			}
			examples := strings.Split(strings.TrimSpace(c.Example), "\n")
			if c.Example == "" {
				t.Fatal("has no example")
			}
			for _, line := range examples {
				line = strings.TrimSpace(line)
				if !strings.HasPrefix(line, "gongkai ") {
					t.Errorf("example %q is not runnable", line)
					continue
				}
				if online[c.Name()] || online[c.CommandPath()] {
					parses(t, c, strings.Fields(run(t, `gongkai() { printf '%s\n' "$@" | tr ' ' _; }; `+line)))
					continue
				}
				run(t, line)
			}
		})
	}
}
