package notify

import (
	"maps"
	"slices"
	"time"

	"gongkai/crawler"
)

// A News is a report that is new or was revised.
type News struct {
	Site      string `json:"site"`
	Agency    string `json:"agency,omitempty"`
	Year      int    `json:"year,omitempty"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Published string `json:"published,omitempty"`
	SHA256    string `json:"sha256"`
}

// A Bulletin is what a run brought: one line of the run log, and what the
// webhook sends.
type Bulletin struct {
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

	New     []News   `json:"new"`
	Revised []News   `json:"revised"`
	Missing []Gap    `json:"missing"` // past their day since the last run
	Late    []Gap    `json:"late"`    // seen to be late since the last run
	Alerts  []Alert  `json:"alerts"`  // new, resolved, or not told for a week
	Held    []string `json:"held"`    // sites with a list in doubt, whose new documents wait

	Quiet    bool             `json:"quiet,omitempty"` // nothing had changed: what was published stays, and its figures below
	Reports  int              `json:"reports"`         // checked
	Findings map[string]int64 `json:"findings"`

	// BySite counts each site that was visited.
	BySite []SiteRun `json:"by_site,omitempty"`

	// Gaps and Open are all gaps and alerts that are known, by site: the next run
	// tells what is new.
	Gaps map[string][]Gap   `json:"gaps,omitempty"`
	Open map[string][]Alert `json:"open,omitempty"`
}

// A SiteRun is what a run did at one site.
type SiteRun struct {
	Site     string `json:"site"`
	Requests int    `json:"requests"`
	Bytes    int64  `json:"bytes"`
	Expected int    `json:"expected"`
	Captured int    `json:"captured"`
	Problems int    `json:"problems"`
	Skips    int    `json:"skips"`
	Alerts   int    `json:"alerts"`
}

// A Gap is a report that is missing or late.
type Gap struct {
	Agency    string `json:"agency"`
	Year      int    `json:"year"`
	Deadline  string `json:"deadline"`
	Published string `json:"published,omitempty"` // empty if missing
	Sure      bool   `json:"sure"`                // every list of the site could be read
}

// NoteGaps takes over what is known of sites that were left out of the run and tells
// what is new: at sites that were not due, too, for a deadline may have passed.
func (b *Bulletin) NoteGaps(s *crawler.RunSummary, last *Bulletin) {
	b.Gaps = map[string][]Gap{}
	if last != nil {
		maps.Copy(b.Gaps, last.Gaps)
	}
	for _, x := range slices.Concat(s.Sites, s.NotDue) {
		before := b.Gaps[x.Site]
		now := []Gap{}
		for _, g := range slices.Concat(x.Missing, x.Late) {
			this := Gap{g.Agency, g.Year, g.Deadline.Format(time.DateOnly), g.Published, g.Sure}
			old := slices.IndexFunc(before, func(o Gap) bool {
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

// Opened returns all open alerts by site.
func (b *Bulletin) Opened() []Alert {
	var all []Alert
	for _, site := range slices.Sorted(maps.Keys(b.Open)) {
		all = append(all, b.Open[site]...)
	}
	return all
}

// Changes is the bulletin without what only goes on: it is what others are told.
func (b *Bulletin) Changes() *Bulletin {
	c := *b
	c.Open, c.Gaps, c.BySite = nil, nil, nil
	return &c
}

// LastPublished returns the last of the runs that did not fail, nil if there is none.
func LastPublished(runs []*Bulletin) *Bulletin {
	for _, b := range slices.Backward(runs) {
		if b.Error == "" {
			return b
		}
	}
	return nil
}
