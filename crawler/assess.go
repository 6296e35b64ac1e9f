package crawler

import "time"

// An edition names a report whatever its address.
type edition struct {
	agency string
	year   int
}

// editions returns the address of each report captured before.
func (c *siteCrawl) editions() map[edition]string {
	m := map[edition]string{}
	for t := range c.Journal.Tasks(c.site.ID) {
		if t.Agency != "" && t.Year != 0 && t.Hash != "" && t.Parent == "" && ParseTitle(t.Title).Rendition == "" {
			m[edition{t.Agency, t.Year}] = t.URL
		}
	}
	return m
}

// version gives a notice if the agency's report for that year was captured
// from another address before: a corrected edition, or a stray copy.
func (c *siteCrawl) version(out Outcome, t Title) {
	if out.Agency == "" || out.Year == 0 || out.Parent != "" || t.Rendition != "" {
		return
	}
	e := edition{out.Agency, out.Year}
	if before, ok := c.known[e]; ok && before != out.URL {
		c.notice(NoticeVersion, out.Column, out.URL, "%s %d was captured from %s before", out.Agency, out.Year, before)
	}
	c.known[e] = out.URL
}

// assess compares the site with what it asserts and with what is due.
func (c *siteCrawl) assess() error {
	c.unlisted()
	a := c.site.Assertions
	items, all := c.items()
	few := ""
	if items < a.Items && all && !c.emptyOK() {
		few = AlertMinItems
		c.sum.alert(AlertMinItems, "", "%d links, at least %d expected", items, a.Items)
	}
	year := LastDue(c.Now())
	if have := c.reports(year); have < a.MinReports && !c.emptyOK() {
		c.sum.alert(AlertMinReports, "", "%d reports for %d, at least %d expected", have, year, a.MinReports)
	}
	if n := c.walled(); n > 0 || c.blocked {
		c.sum.alert(AlertBlocked, "", "%d addresses answer with a challenge or a ban: fetch by hand and ingest, or ask the site's owner", max(n, 1))
	}
	if !c.sum.Conserved() {
		c.sum.alert(AlertConservation, "", "%d expected, %d captured, %d problems, %d skips", c.sum.Expected,
			total(c.sum.Captured), total(c.sum.Problems), total(c.sum.Skips))
	}
	c.sum.Missing, c.sum.Late = Gaps(c.Journal, c.site, c.Now(), c.full && len(c.broken) == 0)
	return c.doubtSite(few)
}

// items adds up the links of the last visits and reports whether every list
// was read: one that was not has an alert of its own.
func (c *siteCrawl) items() (n int, all bool) {
	all = true
	for i := range c.site.Columns {
		task, ok := c.Journal.Get(c.site.listTask(&c.site.Columns[i]))
		all = all && ok && task.State == TaskDone
		if k := len(task.Counts); task.Items == 0 && k > 0 {
			task.Items = task.Counts[k-1] // written before Items was kept
		}
		n += task.Items
	}
	return n, all
}

// reports counts what is known for a fiscal year: agencies, and addresses
// whose agency is not known.
func (c *siteCrawl) reports(year int) int {
	have := map[string]bool{}
	for t := range c.Journal.Tasks(c.site.ID) {
		if t.Hash == "" || t.Year != year || t.Parent != "" {
			continue
		}
		key := t.Agency
		if key == "" {
			key = t.URL
		}
		have[key] = true
	}
	return len(have)
}

// walled counts what is blocked: what was blocked at its last try, be that
// tonight or not, and is listed still.
func (c *siteCrawl) walled() int {
	n, visited := 0, c.visited()
	for t := range c.Journal.Tasks(c.site.ID) {
		gone := t.Hash == "" && t.Parent == "" && visited[t.Column] && t.ID != c.site.ID+" list:"+t.Column && !c.listed[t.ID]
		if t.State == TaskFailed && t.Kind.Walled() && !gone {
			n++
		}
	}
	return n
}

// visited returns the columns that were read in full in this run.
func (c *siteCrawl) visited() map[string]bool {
	visited := map[string]bool{}
	for _, col := range c.site.Columns {
		task, _ := c.Journal.Get(c.site.listTask(&col))
		visited[col.ID] = task.Run == c.Run && !c.broken[col.ID]
	}
	return visited
}

// unlisted gives a notice for documents that a fully read column no longer lists.
func (c *siteCrawl) unlisted() {
	visited := c.visited()
	for t := range c.Journal.Tasks(c.site.ID) {
		if t.Hash != "" && t.Parent == "" && visited[t.Column] && !c.listed[t.ID] {
			c.notice(NoticeUnlisted, t.Column, t.URL, "%q was captured on %s and is no longer listed", t.Title, t.Captured.In(Shanghai).Format(time.DateOnly))
		}
	}
}
