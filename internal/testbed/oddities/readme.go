package oddities

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// README returns the list of all kinds and cases in Markdown.
func README() string {
	var b strings.Builder
	b.WriteString(`# Oddities of agency sites

How the sites of agencies behave when they do not behave, and what becomes of
it: each line is a small site that a test crawls, and its outcomes. *Read as*
is what reading makes of the documents: a report, or the code of the problem
that is shown. Every case must also keep to the delay of the site, by host and
by address, and to its list of hosts.

This file is made from ` + "`Cases`" + ` and ` + "`Kinds`" + `: ` + "`go test ./internal/testbed/oddities -update`" + `.
`)
	cases := Cases()
	for _, k := range Kinds() {
		fmt.Fprintf(&b, "\n## %d. %s\n", k.Number, k.Name)
		head := "\n| Case | Outcomes | Notices and alerts | Read as |\n|---|---|---|---|\n"
		for _, c := range cases {
			if c.Number == k.Number {
				b.WriteString(head + c.line())
				head = ""
			}
		}
		if len(k.Tests) > 0 {
			fmt.Fprintf(&b, "\nTested too by %s.\n", strings.Join(k.Tests, ", "))
		}
	}
	return b.String()
}

// line is the row of a case.
func (c *Case) line() string {
	want, notes := []string{counted(c.Want)}, []string{counted(c.Notes)}
	for _, n := range c.Nights {
		want, notes = append(want, counted(n.Want)), append(notes, counted(n.Notes))
	}
	if strings.Join(notes, "") == "" {
		notes = nil
	}
	for i := range notes {
		if notes[i] == "" {
			notes[i] = "—"
		}
	}
	var reads []string
	for _, uri := range slices.Sorted(maps.Keys(c.Reads)) {
		reads = append(reads, c.Reads[uri])
	}
	cells := []string{c.Name, strings.Join(want, "; then "), strings.Join(notes, "; then "), strings.Join(reads, ", ")}
	for i, cell := range cells {
		cells[i] = strings.NewReplacer("|", `\|`, "<", "&lt;", "_", `\_`, "*", `\*`).Replace(cell)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// counted says how many of each kind there are among outcomes or notes.
func counted(all []string) string {
	n := map[string]int{}
	for _, s := range all {
		what, _, _ := strings.Cut(s, " ")
		n[what]++
	}
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(n)) {
		if n[what] > 1 {
			what = fmt.Sprintf("%d× %s", n[what], what)
		}
		parts = append(parts, what)
	}
	return strings.Join(parts, ", ")
}
