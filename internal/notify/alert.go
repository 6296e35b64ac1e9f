package notify

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"gongkai/crawler"
)

// An Alert is a failed assertion of a site, from the run that first met it to
// the one that no longer does. One that only goes on is told again once a week.
type Alert struct {
	Site   string     `json:"site"`
	Code   string     `json:"code"`
	Column string     `json:"column,omitempty"`
	Detail string     `json:"detail"`
	State  AlertState `json:"state"`
	Since  time.Time  `json:"since"` // start of the run that first met it
	Told   time.Time  `json:"told"`  // start of the run that last told of it
}

// AlertState says why an alert is told.
type AlertState string

const (
	AlertNew      AlertState = "new"
	AlertStill    AlertState = "still" // the weekly reminder
	AlertResolved AlertState = "resolved"
)

// reminderDays is how many days an alert that goes on is not told.
const reminderDays = 7

func (x *Alert) same(o *Alert) bool {
	return x.Site == o.Site && x.Code == o.Code && x.Column == o.Column
}

// NoteAlerts sets what failed tonight against what was open, and tells what
// changed. An alert about a column that was not visited stays as it was.
func (b *Bulletin) NoteAlerts(s *crawler.RunSummary, last *Bulletin) {
	b.Alerts, b.Open = []Alert{}, map[string][]Alert{}
	if last != nil {
		maps.Copy(b.Open, last.Open)
	}
	for _, x := range s.Sites {
		before := b.Open[x.Site]
		now := []Alert{}
		for _, n := range x.Alerts {
			a := Alert{Site: x.Site, Code: n.Code, Column: n.Column, Detail: n.Detail, Since: b.Started, Told: b.Started}
			if slices.ContainsFunc(now, func(o Alert) bool { return o.same(&a) }) {
				continue // several pages of one column
			}
			if i := slices.IndexFunc(before, func(o Alert) bool { return o.same(&a) }); i >= 0 {
				a.Since, a.Told = before[i].Since, before[i].Told
			} else {
				b.tell(a, AlertNew)
			}
			now = append(now, a)
		}
		for _, old := range before {
			switch {
			case slices.ContainsFunc(now, func(o Alert) bool { return o.same(&old) }):
			case old.Column != "" && !slices.Contains(x.Visited, old.Column):
				now = append(now, old)
			default:
				b.tell(old, AlertResolved)
			}
		}
		delete(b.Open, x.Site)
		if len(now) > 0 {
			b.Open[x.Site] = now
		}
	}
	b.remind()
	slices.SortStableFunc(b.Alerts, func(x, y Alert) int {
		return cmp.Or(cmp.Compare(x.Site, y.Site), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Column, y.Column))
	})
}

func (b *Bulletin) tell(a Alert, state AlertState) {
	a.State, a.Told = state, b.Started
	b.Alerts = append(b.Alerts, a)
}

// remind tells again of what was not told for a week.
func (b *Bulletin) remind() {
	for site, open := range b.Open {
		open = slices.Clone(open) // the last bulletin's
		for i := range open {
			if midnight(b.Started).Sub(midnight(open[i].Told)) >= reminderDays*24*time.Hour {
				b.tell(open[i], AlertStill)
				open[i].Told = b.Started
			}
		}
		b.Open[site] = open
	}
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(crawler.Shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, crawler.Shanghai)
}
