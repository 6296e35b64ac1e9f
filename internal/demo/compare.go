// Package demo sets what a run over a replica found against what was planted there.
package demo

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gongkai/analysis"
	"gongkai/crawler"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"
	"gongkai/internal/words"
	"gongkai/queries"
)

// Report prints what became of everything and returns how many counts do
// not come out.
func Report(out io.Writer, w *replica.World, n *pipeline.Night) int {
	faults := 0
	line := func(good bool, format string, args ...any) {
		mark := "ok  "
		if !good {
			mark = "FAIL"
			faults++
		}
		fmt.Fprintf(out, "%s  %s\n", mark, fmt.Sprintf(format, args...))
	}
	t := n.Summary.Total()
	captured, problems, skips := pipeline.Sum(t.Captured), pipeline.Sum(t.Problems), pipeline.Sum(t.Skips)
	line(t.Expected == captured+problems+skips, "links:    expected %d = captured %d + problems %d + skips %d (%d requests, %d sites)",
		t.Expected, captured, problems, skips, t.Requests, len(n.Summary.Sites))
	wrong := QuirksAmiss(w, n.Outcomes)
	line(len(wrong) == 0, "quirks:   %d odd links ended as they must%s", len(w.Quirks), Listed(wrong))
	failed := n.Summary.Failed()
	line(slices.Equal(w.Held, failed), "sites:    %d of %d failed their assertions, as planted: %s", len(failed), len(n.Summary.Sites), strings.Join(failed, ", "))
	documents := distinct(n.Outcomes)
	line(documents == len(n.Loaded.Outcomes), "archive:  captured %d documents = read %d", documents, len(n.Loaded.Outcomes))
	reports := len(n.Loaded.Outcomes) - n.Loaded.Problems
	unread := differences(promised(w), met(n.Loaded.Outcomes))
	line(reports == w.Reports && len(unread) == 0, "reports:  published %d, read %d; %d documents without one, as planted: %d cells (%s)%s",
		w.Reports, reports, n.Loaded.Problems, n.Loaded.Count["cells"], words.Statuses(n.Loaded.Count), Listed(unread))
	c := Compare(w.Findings, n.Findings)
	line(len(c.Missed)+len(c.Other) == 0, "findings: planted %d errors that break %d rules; found %d, missed %d, other %d; %d notes beside%s",
		len(w.Planted), len(w.Findings), c.Found, len(c.Missed), len(c.Other), c.notes, Listed(append(c.Missed, c.Other...)))
	amiss := differences(gapsPlanted(w), gapsOf(n.Summary))
	line(len(amiss) == 0, "gaps:     %d late and %d missing reports, as planted%s", len(w.Late), len(w.Missing), Listed(amiss))
	return faults
}

// Listed lays out what is amiss, a few lines of it.
func Listed(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	more := ""
	if len(lines) > 12 {
		more = fmt.Sprintf("\n        and %d more", len(lines)-12)
		lines = lines[:12]
	}
	return "\n        " + strings.Join(lines, "\n        ") + more
}

// distinct counts the documents captured.
func distinct(outcomes []crawler.Outcome) int {
	hashes := map[string]bool{}
	for _, o := range outcomes {
		if o.SHA256 != "" {
			hashes[o.SHA256] = true
		}
	}
	return len(hashes)
}

// QuirksAmiss lists the quirks whose link did not end as it must.
func QuirksAmiss(w *replica.World, outcomes []crawler.Outcome) []string {
	got := map[string]string{}
	for _, o := range outcomes {
		end := string(o.Result)
		switch o.Result {
		case crawler.Problem:
			end = string(o.Failure)
		case crawler.Skipped:
			end = string(o.Skip)
		}
		got[o.URL] = end
	}
	var amiss []string
	for _, q := range w.Quirks {
		if got[q.URL] != q.Want {
			amiss = append(amiss, fmt.Sprintf("%s: %s ended as %q, want %q", q.Name, q.URL, got[q.URL], q.Want))
		}
	}
	return amiss
}

// promised lists the problems that reading must meet.
func promised(w *replica.World) []string {
	var all []string
	for _, q := range w.Quirks {
		if q.Problem != "" {
			all = append(all, q.URL+" "+q.Problem)
		}
	}
	return all
}

// met lists the problems that reading met.
func met(outcomes map[string]*pipeline.Problem) []string {
	var all []string
	for _, p := range outcomes {
		if p != nil {
			code, _ := p.Kind()
			all = append(all, p.Name+" "+code)
		}
	}
	slices.Sort(all)
	return all
}

// A Comparison sets findings against what was planted.
type Comparison struct {
	Found         int
	Missed, Other []string
	notes         int // findings worth a look that are no error
}

// Compare sets findings against those planted.
func Compare(planted []replica.Finding, findings []analysis.Finding) Comparison {
	var c Comparison
	want := map[string]bool{}
	for _, p := range planted {
		want[fmt.Sprintf("%s %d %s", p.Agency, p.Year, p.Rule)] = true
	}
	seen := map[string]bool{}
	for i := range findings {
		f := &findings[i]
		if f.Severity == queries.Information {
			c.notes++
			continue
		}
		key := fmt.Sprintf("%s %d %s", f.AgencyKey, f.Year, placedRule(f))
		switch {
		case seen[key]:
		case want[key]:
			c.Found++
		default:
			c.Other = append(c.Other, "other:  "+key+" "+f.Detail)
		}
		seen[key] = true
	}
	for key := range want {
		if !seen[key] {
			c.Missed = append(c.Missed, "missed: "+key)
		}
	}
	slices.Sort(c.Missed)
	slices.Sort(c.Other)
	return c
}

// placedRule names a rule and, where it holds for each row or column, which.
func placedRule(f *analysis.Finding) string {
	switch f.Rule {
	case "T3-BAL", "T3-SUM", "XY-CARRY":
		return f.Rule + "-" + f.Column
	case "XY-CARRY-COL":
		return "XY-CARRY-" + f.Column
	case "T3-ROW", "T4-SUM":
		return f.Rule + "-" + f.Row
	}
	return f.Rule
}

// gapsOf lists the late and missing reports of a run.
func gapsOf(s *crawler.RunSummary) []string {
	var all []string
	for _, site := range s.Sites {
		for _, g := range site.Late {
			all = append(all, fmt.Sprintf("late %s %d", g.Agency, g.Year))
		}
		for _, g := range site.Missing {
			all = append(all, fmt.Sprintf("missing %s %d", g.Agency, g.Year))
		}
	}
	slices.Sort(all)
	return all
}

// differences lists what is in one list only.
func differences(want, got []string) []string {
	var diff []string
	for _, s := range want {
		if !slices.Contains(got, s) {
			diff = append(diff, "missed: "+s)
		}
	}
	for _, s := range got {
		if !slices.Contains(want, s) {
			diff = append(diff, "other:  "+s)
		}
	}
	return diff
}

func gapsPlanted(w *replica.World) []string {
	var all []string
	for _, e := range w.Late {
		all = append(all, fmt.Sprintf("late %s %d", e.Agency, e.Year))
	}
	for _, e := range w.Missing {
		all = append(all, fmt.Sprintf("missing %s %d", e.Agency, e.Year))
	}
	slices.Sort(all)
	return all
}
