package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gongkai/crawler"
	"gongkai/queries"
)

// A bulletin is what a run brought: one line of the run log, and what the
// webhook sends.
type bulletin struct {
	Run      string    `json:"run"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`
	Version  string    `json:"version"`
	Error    string    `json:"error,omitempty"` // why the run failed

	Sites    int            `json:"sites"`
	Requests int            `json:"requests"`
	Bytes    int64          `json:"bytes"`
	Expected int            `json:"expected"`
	Captured map[string]int `json:"captured"`
	Problems map[string]int `json:"problems"`
	Skips    map[string]int `json:"skips"`

	New     []news   `json:"new"`
	Revised []news   `json:"revised"`
	Missing []gap    `json:"missing"` // past their day since the last run
	Late    []gap    `json:"late"`    // seen to be late since the last run
	Alerts  []alert  `json:"alerts"`  // new, resolved, or not told for a week
	Held    []string `json:"held"`    // sites with a list in doubt, whose new documents wait

	Quiet    bool             `json:"quiet,omitempty"` // nothing had changed: what was published stays, and its figures below
	Reports  int              `json:"reports"`         // checked
	Findings map[string]int64 `json:"findings"`

	// BySite counts each site that was visited.
	BySite []siteRun `json:"by_site,omitempty"`

	// Gaps and Open are all gaps and alerts that are known, by site: the next run
	// tells what is new.
	Gaps map[string][]gap   `json:"gaps,omitempty"`
	Open map[string][]alert `json:"open,omitempty"`
}

// A siteRun is what a run did at one site.
type siteRun struct {
	Site     string `json:"site"`
	Requests int    `json:"requests"`
	Bytes    int64  `json:"bytes"`
	Expected int    `json:"expected"`
	Captured int    `json:"captured"`
	Problems int    `json:"problems"`
	Skips    int    `json:"skips"`
	Alerts   int    `json:"alerts"`
}

// A gap is a report that is missing or late.
type gap struct {
	Agency    string `json:"agency"`
	Year      int    `json:"year"`
	Deadline  string `json:"deadline"`
	Published string `json:"published,omitempty"` // empty if missing
	Sure      bool   `json:"sure"`                // every list of the site could be read
}

// bulletin makes the bulletin of a night. One that failed has published
// nothing: what it read is news when it is published.
func (a *app) bulletin(n *night, failure error) (*bulletin, error) {
	s, t := n.summary, n.summary.Total()
	version, revision := programVersion()
	b := &bulletin{
		Run: s.Run, Started: s.Started.UTC(), Finished: s.Finished.UTC(), Version: strings.TrimSpace(version + " " + revision),
		Sites: len(s.Sites), Requests: t.Requests, Bytes: t.Bytes, Expected: t.Expected,
		Captured: named(t.Captured), Problems: named(t.Problems), Skips: named(t.Skips),
		New: n.news.fresh, Revised: n.news.revised, Missing: []gap{}, Late: []gap{}, Held: slices.Clone(n.held),
		Reports: n.checks.Reports, Findings: map[string]int64{},
	}
	if failure != nil {
		b.Error, b.New, b.Revised = failure.Error(), nil, nil
	}
	b.New, b.Revised = append([]news{}, b.New...), append([]news{}, b.Revised...)
	for _, x := range s.Sites {
		b.BySite = append(b.BySite, siteRun{
			x.Site, x.Requests, x.Bytes, x.Expected, sum(x.Captured), sum(x.Problems), sum(x.Skips), len(x.Alerts),
		})
	}
	for _, severity := range []queries.Severity{queries.Error, queries.Warning, queries.Information} {
		b.Findings[string(severity)] = n.checks.Failed(severity)
	}
	runs, _, err := a.runs()
	if err != nil {
		return b, err
	}
	if p := lastPublished(runs); n.quiet && p != nil {
		b.Quiet, b.Reports, b.Findings = true, p.Reports, p.Findings
	}
	runs = slices.DeleteFunc(runs, func(o *bulletin) bool { return o.Run == b.Run })
	var last *bulletin
	if len(runs) > 0 {
		last = runs[len(runs)-1]
	}
	b.gaps(s, last)
	b.alerts(s, last)
	return b, nil
}

// gaps takes over what is known of sites that were left out of the run and tells
// what is new: at sites that were not due, too, for a deadline may have passed.
func (b *bulletin) gaps(s *crawler.RunSummary, last *bulletin) {
	b.Gaps = map[string][]gap{}
	if last != nil {
		maps.Copy(b.Gaps, last.Gaps)
	}
	for _, x := range slices.Concat(s.Sites, s.NotDue) {
		before := b.Gaps[x.Site]
		now := []gap{}
		for _, g := range slices.Concat(x.Missing, x.Late) {
			this := gap{g.Agency, g.Year, g.Deadline.Format(time.DateOnly), g.Published, g.Sure}
			old := slices.IndexFunc(before, func(o gap) bool {
				return o.Agency == g.Agency && o.Year == g.Year && o.Published == g.Published
			})
			if old >= 0 && x.Columns == 0 { // nothing was read since: as sure as it was
				this.Sure = before[old].Sure
			}
			now = append(now, this)
			switch {
			case old >= 0:
			case g.Published == "":
				b.Missing = append(b.Missing, this)
			default:
				b.Late = append(b.Late, this)
			}
		}
		b.Gaps[x.Site] = now
	}
}

func named[K ~string](counts map[K]int) map[string]int {
	m := map[string]int{}
	for k, n := range counts {
		m[string(k)] = n
	}
	return m
}

// sayBulletin tells what is new.
func (a *app) sayBulletin(b *bulletin) {
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
