package pipeline

import (
	"cmp"
	"slices"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/internal/notify"
	"gongkai/warehouse"
)

// news are the reports that a night brought into the warehouse, whichever run
// captured them: a run that was killed has told of none, and what waits in a
// list in doubt is news when it is published.
type news struct {
	fresh, revised []notify.News
	said           map[string][]string // by the names of the documents above
}

// add takes a document that gave reports. It was revised if its address gave
// others before. It is no news if only what is known of it has changed, or its
// bytes and nothing that they say: a counter of visits changes with every load.
func (t *news) add(d *gongkai.Document, reports []*gongkai.Report, held *holdings) {
	x := notify.News{
		Agency: d.AgencyID, Year: d.Year, Title: cmp.Or(d.LinkTitle, d.Name), URL: cmp.Or(d.URL, d.Name),
		Published: d.Published, SHA256: d.Hash(),
	}
	if h := held.byHash[x.SHA256]; h.report && h.returned.Equal(d.Returned.Truncate(time.Microsecond)) {
		return
	}
	before, known := t.said[d.Name]
	if !known {
		before, known = held.said[d.Name]
	}
	now := warehouse.Said(reports)
	switch {
	case !known:
		t.fresh = append(t.fresh, x)
	case !slices.Equal(before, now):
		t.revised = append(t.revised, x)
	}
	if t.said == nil {
		t.said = map[string][]string{}
	}
	t.said[d.Name] = now
}

// trace says of which sites the news are: those that have captured the bytes
// or, if they are gone since, the address.
func (t *news) trace(j *crawler.Journal, sites []*crawler.Site) {
	byHash, byURL := map[string]string{}, map[string]string{}
	for _, list := range [][]notify.News{t.fresh, t.revised} {
		for _, x := range list {
			byHash[x.SHA256], byURL[x.URL] = "", ""
		}
	}
	note := func(m map[string]string, key, site string) {
		if s, ok := m[key]; ok && s == "" {
			m[key] = site
		}
	}
	for _, s := range sites {
		for task := range j.Tasks(s.ID) {
			note(byHash, task.Hash, s.ID)
			note(byURL, task.URL, s.ID)
			note(byURL, task.Name, s.ID)
		}
	}
	for _, list := range [][]notify.News{t.fresh, t.revised} {
		for i := range list {
			list[i].Site = cmp.Or(byHash[list[i].SHA256], byURL[list[i].URL])
		}
	}
}
