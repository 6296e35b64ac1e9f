package main

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/notify"
	"gongkai/queries"
)

// bulletin makes the bulletin of a night. One that failed has published
// nothing: what it read is news when it is published.
func (a *app) bulletin(n *night, failure error) (*notify.Bulletin, error) {
	s, t := n.summary, n.summary.Total()
	version, revision := programVersion()
	b := &notify.Bulletin{
		Run: s.Run, Started: s.Started.UTC(), Finished: s.Finished.UTC(), Version: strings.TrimSpace(version + " " + revision),
		Sites: len(s.Sites), Requests: t.Requests, Bytes: t.Bytes, Expected: t.Expected,
		Captured: named(t.Captured), Problems: named(t.Problems), Skips: named(t.Skips),
		New: n.news.fresh, Revised: n.news.revised, Missing: []notify.Gap{}, Late: []notify.Gap{}, Held: slices.Clone(n.held),
		Reports: n.checks.Reports, Findings: map[string]int64{},
	}
	if failure != nil {
		b.Error, b.New, b.Revised = failure.Error(), nil, nil
	}
	b.New, b.Revised = append([]notify.News{}, b.New...), append([]notify.News{}, b.Revised...)
	for _, x := range s.Sites {
		b.BySite = append(b.BySite, notify.SiteRun{
			Site: x.Site, Requests: x.Requests, Bytes: x.Bytes, Expected: x.Expected,
			Captured: sum(x.Captured), Problems: sum(x.Problems), Skips: sum(x.Skips), Alerts: len(x.Alerts),
		})
	}
	for _, severity := range []queries.Severity{queries.Error, queries.Warning, queries.Information} {
		b.Findings[string(severity)] = n.checks.Failed(severity)
	}
	runs, _, err := a.runs()
	if err != nil {
		return b, err
	}
	if p := notify.LastPublished(runs); n.quiet && p != nil {
		b.Quiet, b.Reports, b.Findings = true, p.Reports, p.Findings
	}
	runs = slices.DeleteFunc(runs, func(o *notify.Bulletin) bool { return o.Run == b.Run })
	var last *notify.Bulletin
	if len(runs) > 0 {
		last = runs[len(runs)-1]
	}
	b.NoteGaps(s, last)
	b.NoteAlerts(s, last)
	return b, nil
}

func named[K ~string](counts map[K]int) map[string]int {
	m := map[string]int{}
	for k, n := range counts {
		m[string(k)] = n
	}
	return m
}

// sayBulletin tells what is new.
func (a *app) sayBulletin(b *notify.Bulletin) {
	for _, x := range b.New {
		a.say.Debug(fmt.Sprintf("new: %s %s", x.Title, x.URL))
	}
	for _, x := range b.Revised {
		a.say.Info(fmt.Sprintf("revised: %s %s", x.Title, x.URL))
	}
	for _, g := range b.Missing {
		a.say.Debug(fmt.Sprintf("missing: %s for %d, due %s", g.Agency, g.Year, g.Deadline))
	}
	for _, g := range b.Late {
		a.say.Debug(fmt.Sprintf("late: %s for %d, due %s, published %s", g.Agency, g.Year, g.Deadline, g.Published))
	}
	for _, s := range b.Held {
		a.say.Warn(s+": what is new in a list that is in doubt waits, the rows it had stay", hintKey, "look at its alerts; gongkai build loads everything all the same")
	}
	a.say.Info(fmt.Sprintf("%d new, %d revised, %d newly missing, %d newly late; %d reports with %d errors and %d warnings",
		len(b.New), len(b.Revised), len(b.Missing), len(b.Late), b.Reports, b.Findings["E"], b.Findings["W"]))
}
