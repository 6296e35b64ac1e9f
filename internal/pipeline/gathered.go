package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongkai/crawler"

	"github.com/google/renameio/v2"
)

// A FetchProblem is an address that the last visit of its list did not bring:
// it failed, or it was left out.
type FetchProblem struct {
	Site    string    `json:"site"`
	Column  string    `json:"column,omitempty"` // the list; empty for a pin
	URL     string    `json:"url,omitempty"`    // empty for an entry without an address
	Title   string    `json:"title,omitempty"`
	Agency  string    `json:"agency,omitempty"`
	Year    int       `json:"year,omitempty"`
	Parent  string    `json:"parent,omitempty"`  // the page that links this file
	Skipped bool      `json:"skipped,omitempty"` // left out on purpose
	Kind    string    `json:"kind"`              // a crawler.FailureKind, or a crawler.SkipReason
	Detail  string    `json:"detail,omitempty"`
	Since   time.Time `json:"since"` // the run that first met it so
	Seen    time.Time `json:"seen"`  // and the last
}

// A Fault is a failed assertion that a crawl met, which no bulletin has told of.
type Fault struct {
	Site   string `json:"site"`
	Code   string `json:"code"`
	Column string `json:"column,omitempty"`
	Detail string `json:"detail"`
}

// Gathered is what the last visits left to be told, beside the archive and the
// journal: the journal is for the crawler, this is for people.
type Gathered struct {
	Problems []FetchProblem      `json:"problems"`
	Faults   []Fault             `json:"faults"`
	Visited  map[string][]string `json:"visited"` // site → lists, of the crawls since the last night

	Sites map[string]SiteVisit `json:"sites"` // the last visit of each
}

// A SiteVisit counts what the last visit of a site brought.
type SiteVisit struct {
	At                                                   time.Time `json:"at"`
	Lists, Requests, Captured, Problems, Skipped, Alerts int
}

// file is where it is kept.
func (f Folder) gathered() string { return filepath.Join(f.Journal(), "gathered.json") }

// Gathered reads what the last visits left to be told.
func (f Folder) Gathered() (*Gathered, error) {
	g := &Gathered{Visited: map[string][]string{}}
	text, err := os.ReadFile(f.gathered())
	if errors.Is(err, fs.ErrNotExist) {
		return g, nil
	}
	if err == nil {
		err = json.Unmarshal(text, g)
	}
	if err != nil {
		return &Gathered{Visited: map[string][]string{}}, fmt.Errorf("%s: %w (hint: the next visits write it anew)", f.gathered(), err)
	}
	if g.Visited == nil {
		g.Visited = map[string][]string{}
	}
	return g, nil
}

func (f Folder) writeGathered(g *Gathered) error {
	text, err := json.Marshal(g)
	if err != nil {
		return fmt.Errorf("what the visits left: %w", err)
	}
	if err := renameio.WriteFile(f.gathered(), text, 0o644); err != nil {
		return fmt.Errorf("what the visits left: %w", err)
	}
	return nil
}

// note takes the outcomes of a run in the place of those of earlier visits to the
// same lists.
func (g *Gathered) note(s *crawler.RunSummary, outcomes []crawler.Outcome) {
	type list struct{ site, column string }
	visited := map[list]bool{}
	if g.Sites == nil {
		g.Sites = map[string]SiteVisit{}
	}
	for _, x := range s.Sites {
		g.Sites[x.Site] = SiteVisit{s.Started.UTC(), x.Columns, x.Requests, Sum(x.Captured), Sum(x.Problems), Sum(x.Skips), len(x.Alerts)}
		visited[list{x.Site, ""}] = true
		for _, c := range x.Visited {
			visited[list{x.Site, c}] = true
		}
	}
	type address struct{ site, url, title string }
	before := map[address]FetchProblem{}
	g.Problems = slices.DeleteFunc(g.Problems, func(p FetchProblem) bool {
		if !visited[list{p.Site, p.Column}] {
			return false
		}
		before[address{p.Site, p.URL, p.Title}] = p
		return true
	})
	for i := range outcomes {
		p, ok := problemOf(&outcomes[i], s.Started)
		if !ok {
			continue
		}
		old, known := before[address{p.Site, p.URL, p.Title}]
		switch {
		case known && !old.Skipped && p.Skipped && p.Kind == string(crawler.SkipBackoff):
			old.Seen = p.Seen // it still fails: it was not asked again yet
			p = old
		case known && old.Kind == p.Kind && old.Skipped == p.Skipped:
			p.Since = old.Since
		}
		g.Problems = append(g.Problems, p)
	}
	slices.SortFunc(g.Problems, func(a, b FetchProblem) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Column, b.Column), strings.Compare(a.URL, b.URL), strings.Compare(a.Title, b.Title), strings.Compare(a.Kind, b.Kind))
	})
}

func problemOf(o *crawler.Outcome, at time.Time) (FetchProblem, bool) {
	p := FetchProblem{
		Site: o.Site, Column: o.Column, URL: o.URL, Title: o.Title, Agency: o.Agency, Year: o.Year, Parent: o.Parent,
		Detail: o.Detail, Since: at.UTC(), Seen: at.UTC(),
	}
	switch o.Result {
	case crawler.Problem:
		p.Kind = string(o.Failure)
	case crawler.Skipped:
		p.Kind, p.Skipped = string(o.Skip), true
	default:
		return p, false
	}
	return p, true
}

// keepOutcomes keeps what a crawl left to be told. What an earlier run left and
// cannot be read is made anew by the visits.
func (r *run) keepOutcomes() error {
	if r.night.Summary == nil {
		return nil
	}
	var err error
	if r.gathered, err = r.Folder.Gathered(); err != nil {
		r.Watch.Met(NotesLost{err})
	}
	r.gathered.note(r.night.Summary, r.night.Outcomes)
	return r.Folder.writeGathered(r.gathered)
}

// keepFaults keeps the failed assertions of a crawl for the next bulletin.
func (r *run) keepFaults(context.Context) error {
	g := r.gathered
	for _, s := range r.night.Summary.Sites {
		g.Faults = slices.DeleteFunc(g.Faults, func(f Fault) bool {
			return f.Site == s.Site && (f.Column == "" || slices.Contains(s.Visited, f.Column))
		})
		for _, n := range s.Alerts {
			g.Faults = append(g.Faults, Fault{s.Site, n.Code, n.Column, n.Detail})
		}
		all := append(g.Visited[s.Site], s.Visited...)
		slices.Sort(all)
		g.Visited[s.Site] = slices.Compact(all)
	}
	return r.Folder.writeGathered(g)
}

// overdue adds to the summary of a night what crawls have met since the last one,
// at sites and lists that it has not visited itself.
func (g *Gathered) overdue(s *crawler.RunSummary) *crawler.RunSummary {
	if g == nil || len(g.Visited) == 0 {
		return s
	}
	both := *s
	both.Sites = nil
	tonight := map[string]bool{}
	for _, x := range s.Sites {
		y := *x
		tonight[x.Site] = true
		g.addTo(&y, x.Visited)
		both.Sites = append(both.Sites, &y)
	}
	for site := range g.Visited {
		if !tonight[site] {
			y := &crawler.SiteSummary{Site: site}
			g.addTo(y, nil)
			for _, f := range g.Faults {
				if f.Site == site && f.Column == "" {
					y.Alerts = append(y.Alerts, crawler.Notice{Code: f.Code, Detail: f.Detail})
				}
			}
			both.Sites = append(both.Sites, y)
		}
	}
	slices.SortFunc(both.Sites, func(a, b *crawler.SiteSummary) int { return strings.Compare(a.Site, b.Site) })
	return &both
}

// addTo adds the lists of a site that are not among those visited.
func (g *Gathered) addTo(s *crawler.SiteSummary, visited []string) {
	s.Visited, s.Alerts = slices.Clone(s.Visited), slices.Clone(s.Alerts)
	for _, column := range g.Visited[s.Site] {
		if !slices.Contains(visited, column) {
			s.Visited = append(s.Visited, column)
		}
	}
	for _, f := range g.Faults {
		if f.Site == s.Site && f.Column != "" && !slices.Contains(visited, f.Column) {
			s.Alerts = append(s.Alerts, crawler.Notice{Code: f.Code, Column: f.Column, Detail: f.Detail})
		}
	}
}

// told forgets the faults that a bulletin has told of.
func (r *run) faultsTold() error {
	if r.gathered == nil || len(r.gathered.Visited) == 0 {
		return nil
	}
	kept := *r.gathered
	kept.Faults, kept.Visited = nil, nil
	return r.Folder.writeGathered(&kept)
}
