package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
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

	Reports  int              `json:"reports"` // checked
	Findings map[string]int64 `json:"findings"`

	// Gaps and Open are all gaps and alerts that are known, by site: the next run
	// tells what is new.
	Gaps map[string][]gap   `json:"gaps,omitempty"`
	Open map[string][]alert `json:"open,omitempty"`
}

// A news is a report that is new or was revised.
type news struct {
	Site      string `json:"site"`
	Agency    string `json:"agency,omitempty"`
	Year      int    `json:"year,omitempty"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Published string `json:"published,omitempty"`
	SHA256    string `json:"sha256"`
}

// A gap is a report that is missing or late.
type gap struct {
	Agency    string `json:"agency"`
	Year      int    `json:"year"`
	Deadline  string `json:"deadline"`
	Published string `json:"published,omitempty"` // empty if missing
	Sure      bool   `json:"sure"`                // every list of the site could be read
}

// bulletin makes the bulletin of a night and adds it to the run log.
func (a *app) bulletin(n *night, failure error) (*bulletin, error) {
	s, t := n.summary, n.summary.Total()
	version, revision := programVersion()
	b := &bulletin{
		Run: s.Run, Started: s.Started.UTC(), Finished: s.Finished.UTC(), Version: strings.TrimSpace(version + " " + revision),
		Sites: len(s.Sites), Requests: t.Requests, Bytes: t.Bytes, Expected: t.Expected,
		Captured: named(t.Captured), Problems: named(t.Problems), Skips: named(t.Skips),
		New: []news{}, Revised: []news{}, Missing: []gap{}, Late: []gap{}, Held: slices.Clone(n.held),
		Reports: n.checks.Reports, Findings: map[string]int64{},
	}
	if failure != nil {
		b.Error = failure.Error()
	}
	for _, o := range n.outcomes {
		x := news{o.Site, o.Agency, o.Year, o.Title, o.URL, o.Published, o.SHA256}
		switch o.Result {
		case crawler.New:
			b.New = append(b.New, x)
		case crawler.Revised:
			b.Revised = append(b.Revised, x)
		}
	}
	for _, severity := range []queries.Severity{queries.Error, queries.Warning, queries.Information} {
		b.Findings[string(severity)] = n.checks.Failed(severity)
	}
	last, err := a.lastRun()
	if err != nil {
		return b, err
	}
	b.gaps(s, last)
	b.alerts(s, last)
	return b, a.logRun(b)
}

// gaps takes over what is known of sites that were not visited and tells what
// is new.
func (b *bulletin) gaps(s *crawler.RunSummary, last *bulletin) {
	b.Gaps = map[string][]gap{}
	if last != nil {
		maps.Copy(b.Gaps, last.Gaps)
	}
	for _, x := range s.Sites {
		before := b.Gaps[x.Site]
		now := []gap{}
		for _, g := range slices.Concat(x.Missing, x.Late) {
			this := gap{g.Agency, g.Year, g.Deadline.Format(time.DateOnly), g.Published, g.Sure}
			now = append(now, this)
			old := slices.ContainsFunc(before, func(o gap) bool {
				return o.Agency == g.Agency && o.Year == g.Year && o.Published == g.Published
			})
			switch {
			case old:
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

// runLog is the file with one bulletin a line.
func (a *app) runLog() string { return filepath.Join(a.data, "runs.jsonl") }

// logRun adds a line to the run log.
func (a *app) logRun(b *bulletin) error {
	line, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("run log: %w", err)
	}
	f, err := os.OpenFile(a.runLog(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("run log: %w", err)
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// runs reads the run log. A line that a crash cut short is no run.
func (a *app) runs() ([]*bulletin, error) {
	f, err := os.Open(a.runLog())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("run log: %w", err)
	}
	defer f.Close()
	var all []*bulletin
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		b := &bulletin{}
		if len(bytes.TrimSpace(line)) > 0 && json.Unmarshal(line, b) == nil {
			all = append(all, b)
		}
		if err != nil {
			return all, nil // the end
		}
	}
}

// lastRun returns the last run in the log, nil if there is none.
func (a *app) lastRun() (*bulletin, error) {
	all, err := a.runs()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[len(all)-1], nil
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
