package main

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"gongkai/crawler"
)

// An alert is a failed assertion of a site, from the run that first met it to
// the one that no longer does. One that only goes on is told again once a week.
type alert struct {
	Site   string     `json:"site"`
	Code   string     `json:"code"`
	Column string     `json:"column,omitempty"`
	Detail string     `json:"detail"`
	State  alertState `json:"state"`
	Since  time.Time  `json:"since"` // start of the run that first met it
	Told   time.Time  `json:"told"`  // start of the run that last told of it
}

// alertState says why an alert is told.
type alertState string

const (
	alertNew      alertState = "new"
	alertStill    alertState = "still" // the weekly reminder
	alertResolved alertState = "resolved"
)

// reminderDays is how many days an alert that goes on is not told.
const reminderDays = 7

func (x *alert) same(o *alert) bool {
	return x.Site == o.Site && x.Code == o.Code && x.Column == o.Column
}

// alerts sets what failed tonight against what was open, and tells what
// changed. An alert about a column that was not visited stays as it was.
func (b *bulletin) alerts(s *crawler.RunSummary, last *bulletin) {
	b.Alerts, b.Open = []alert{}, map[string][]alert{}
	if last != nil {
		maps.Copy(b.Open, last.Open)
	}
	for _, x := range s.Sites {
		before := b.Open[x.Site]
		now := []alert{}
		for _, n := range x.Alerts {
			a := alert{Site: x.Site, Code: n.Code, Column: n.Column, Detail: n.Detail, Since: b.Started, Told: b.Started}
			if slices.ContainsFunc(now, func(o alert) bool { return o.same(&a) }) {
				continue // several pages of one column
			}
			if i := slices.IndexFunc(before, func(o alert) bool { return o.same(&a) }); i >= 0 {
				a.Since, a.Told = before[i].Since, before[i].Told
			} else {
				b.tell(a, alertNew)
			}
			now = append(now, a)
		}
		for _, old := range before {
			switch {
			case slices.ContainsFunc(now, func(o alert) bool { return o.same(&old) }):
			case old.Column != "" && !slices.Contains(x.Visited, old.Column):
				now = append(now, old)
			default:
				b.tell(old, alertResolved)
			}
		}
		delete(b.Open, x.Site)
		if len(now) > 0 {
			b.Open[x.Site] = now
		}
	}
	b.remind()
	slices.SortStableFunc(b.Alerts, func(x, y alert) int {
		return cmp.Or(cmp.Compare(x.Site, y.Site), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Column, y.Column))
	})
}

func (b *bulletin) tell(a alert, state alertState) {
	a.State, a.Told = state, b.Started
	b.Alerts = append(b.Alerts, a)
}

// remind tells again of what was not told for a week.
func (b *bulletin) remind() {
	for site, open := range b.Open {
		open = slices.Clone(open) // the last bulletin's
		for i := range open {
			if midnight(b.Started).Sub(midnight(open[i].Told)) >= reminderDays*24*time.Hour {
				b.tell(open[i], alertStill)
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

// opened returns all open alerts by site.
func (b *bulletin) opened() []alert {
	var all []alert
	for _, site := range slices.Sorted(maps.Keys(b.Open)) {
		all = append(all, b.Open[site]...)
	}
	return all
}

// changes is the bulletin without what only goes on: it is what others are told.
func (b *bulletin) changes() *bulletin {
	c := *b
	c.Open, c.Gaps, c.BySite = nil, nil, nil
	return &c
}
