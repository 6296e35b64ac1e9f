package queries_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"gongkai/queries"
)

// TestChinese makes sure that whoever reads Chinese can read every query.
func TestChinese(t *testing.T) {
	all, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if q.Zh.Title == "" || q.Zh.Question == "" {
			t.Errorf("%s/%s.sql has no title_zh or question_zh", q.Kind, q.Name)
		}
		if (q.Left == "") != (q.Zh.Left == "") || (q.Right == "") != (q.Zh.Right == "") {
			t.Errorf("%s/%s.sql: left and right need left_zh and right_zh", q.Kind, q.Name)
		}
	}
}

// TestDocs makes sure that docs/queries.md tells of every query as its header
// does.
func TestDocs(t *testing.T) {
	const path = "../docs/queries.md"
	all, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	want := queriesPage(all)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is out of date: go test ./queries -run TestDocs -update", path)
	}
}

// queriesPage writes the page, a table for each kind of query.
func queriesPage(all []queries.Query) string {
	var b strings.Builder
	b.WriteString("# Rules and queries\n\nMade from the headers of the files in `queries/`: `go test ./queries -run TestDocs -update`. The SQL stands there.\n")
	for _, s := range []struct {
		kind  queries.Kind
		title string
	}{
		{queries.Check, "Rules"},
		{queries.Ranking, "Dimensions of the ranking"},
		{queries.Trend, "Trends"},
		{queries.Report, "Reports"},
		{queries.Cookbook, "Cookbook"},
	} {
		fmt.Fprintf(&b, "\n## %s\n\n", s.title)
		if s.kind == queries.Check {
			b.WriteString("E follows from the form by construction, W is true unless there is a reason, I is worth a look.\n\n")
		}
		b.WriteString("| name | | 题目 | question | rests on |\n|---|---|---|---|---|\n")
		for _, q := range all {
			if q.Kind == s.kind {
				fmt.Fprintf(&b, "| %s | %s | %s。%s | %s | %s |\n", nameOf(q), weighs(q), q.Zh.Title, q.Zh.Question, q.Question, q.Basis)
			}
		}
	}
	return b.String()
}

// nameOf is the rule, with a link to its file, or the name of the file.
func nameOf(q queries.Query) string {
	name := q.Name
	if q.Rule != "" {
		name = q.Rule
	}
	return fmt.Sprintf("[`%s`](../queries/%s/%s.sql)", name, q.Kind, q.Name)
}

// weighs is the severity of a rule or the weight of a dimension.
func weighs(q queries.Query) string {
	switch q.Kind {
	case queries.Check:
		return string(q.Severity)
	case queries.Ranking:
		return fmt.Sprint(q.Weight)
	}
	return ""
}
