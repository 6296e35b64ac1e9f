package main

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/demo"
	"gongkai/queries"

	"github.com/google/go-cmp/cmp"
)

const (
	cookbookPath = "../../queries/cookbook/README.md"
	cookbookRows = 8 // rows shown of each answer
)

// cookbookParams are what a recipe is asked where its defaults would show
// everything.
var cookbookParams = map[string][]string{"c19_beside_peers": {"agency=示例市财政局", "year=2025"}}

// TestCookbook asks every question of the cookbook of the demo's warehouse and
// compares questions, SQL and answers with the README beside the files, which
// -update writes anew. Then the recipes for exported files must answer the same.
func TestCookbook(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole pipeline takes some seconds")
	}
	data := filepath.Join(t.TempDir(), "demo")
	outputOf(t, "demo", "--data", data, "--quiet")
	change(t, data, "UPDATE document SET fetched = '"+demo.Day.UTC().Format(time.DateTime)+"'") // not when the test ran
	if code := run(t.Context(), []string{"check", "--store", "--data", data, "--quiet"}, nil, io.Discard, io.Discard); code != exitFindings {
		t.Fatalf("check: exit code %d", code)
	}
	t.Run("README", func(t *testing.T) {
		got := cookbook(t, data)
		if *update {
			if err := os.WriteFile(cookbookPath, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(readText(t, cookbookPath), got); diff != "" {
			t.Errorf("%s is not what the queries say and answer; go test ./cmd/gongkai -run Cookbook -update writes it (-file +queries):\n%s", cookbookPath, diff)
		}
	})
	t.Run("recipes", func(t *testing.T) { testRecipes(t, data) })
	t.Run("recipes of spoiled reports", func(t *testing.T) {
		data := spoiled(t)
		if rows := answers(t, data, "c02_zero_requests"); !slices.ContainsFunc(rows[1:], func(r []string) bool { return r[3] != "0" && r[4] != "0" }) {
			t.Fatalf("nothing is zero and unknown: %v", rows)
		}
		testRecipes(t, data)
	})
}

// outputOf runs the command line and returns what it prints.
func outputOf(t *testing.T, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	if code := run(t.Context(), args, nil, &out, &messages); code != exitOK {
		t.Fatalf("gongkai %s: exit code %d\n%s", strings.Join(args, " "), code, &messages)
	}
	return out.String()
}

// change runs a statement on the warehouse of a data folder.
func change(t *testing.T, data, statement string) {
	t.Helper()
	db, err := sql.Open("duckdb", (&app{data: data}).database())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// answers runs a recipe of the cookbook and returns its rows, the header first.
func answers(t *testing.T, data, name string) [][]string {
	t.Helper()
	args := []string{"query", name, "--format", "csv", "--data", data}
	for _, p := range cookbookParams[name] {
		args = append(args, "--param", p)
	}
	rows, err := csv.NewReader(strings.NewReader(outputOf(t, args...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// cookbook writes the README.
func cookbook(t *testing.T, data string) string {
	all, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(cookbookPreface)
	for i := range all {
		if all[i].Kind == queries.Cookbook {
			fmt.Fprintf(&b, "- [%s](#%s) %s\n", all[i].Name, all[i].Name, all[i].Question)
		}
	}
	for i := range all {
		if all[i].Kind == queries.Cookbook {
			writeRecipe(&b, &all[i], answers(t, data, all[i].Name))
		}
	}
	return b.String()
}

const cookbookPreface = `# Cookbook

Worked questions for researchers: what to ask, the SQL, how to read the answer, and the rows that the demo gives. Copy a query and change
it: ` + "`gongkai query - < mine.sql`" + `. The agencies are those of 示例市, which does not exist; to have the same rows:

` + "```sh\ngongkai demo --data demo\ngongkai query c01_coverage --data demo\n```" + `

Exported files in Python, R and Excel: [recipes](../../cmd/gongkai/recipes). This page is written by a test from the files beside it.

Five things go wrong most often. Own and consolidated figures are added: scope belongs to every key. NULL is taken for 0: it is not known.
Rates are given of few cases: look at n and the interval. Lines are drawn across FY2019, FY2021 and FY2024, where the form or the law
changed. And findings are quoted that may be our misreading: only those of status disputed count.

`

func writeRecipe(w io.Writer, q *queries.Query, rows [][]string) {
	fmt.Fprintf(w, "\n## %s\n\n**%s: %s**\n\n```sh\ngongkai query %s", q.Name, q.Title, q.Question, q.Name)
	for _, p := range cookbookParams[q.Name] {
		fmt.Fprintf(w, " --param %s", p)
	}
	fmt.Fprint(w, "\n```\n")
	if len(q.Params) > 0 {
		fmt.Fprint(w, "\nParameters:\n\n")
	}
	for _, p := range q.Params {
		fmt.Fprintf(w, "- `%s` %s%s\n", p.Name, p.Meaning, ifSet(p.Default, "; %s if not given"))
	}
	_, text, _ := strings.Cut(q.SQL, "\n\n") // after the header
	fmt.Fprintf(w, "\n```sql\n%s\n```\n\nColumns:\n\n", strings.TrimSpace(text))
	for _, c := range q.Columns {
		fmt.Fprintf(w, "- `%s` %s\n", c.Name, c.Meaning)
	}
	fmt.Fprintf(w, "\n**How to read it.** %s\n\nBasis: %s.\n\n", q.Read, q.Basis)
	header, body := rows[0], rows[1:]
	fmt.Fprintf(w, "| %s |\n|%s\n", strings.Join(header, " | "), strings.Repeat("---|", len(header)))
	for _, row := range body[:min(len(body), cookbookRows)] {
		for i := range row {
			row[i] = shown(row[i])
		}
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
	switch more := len(body) - cookbookRows; {
	case more > 0:
		fmt.Fprintf(w, "\nand %d rows more.\n", more)
	case len(body) == 0:
		fmt.Fprint(w, "\nNo rows in the demo.\n")
	}
}

func ifSet(s, format string) string {
	if s == "" {
		return ""
	}
	return fmt.Sprintf(format, s)
}

// shown shortens a SHA-256 and keeps the table whole.
func shown(s string) string {
	if len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" {
		return s[:12] + "…"
	}
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(s)
}
