package crawler

import (
	"maps"
	"slices"
)

// A failed assertion holds back what it casts doubt upon, and nothing else.
//
// A list that was met changed (a page that is not understood, far fewer links
// than usual) may give its links other titles, agencies and years than they
// have: what is new in that list waits until it was read in full again. Fewer
// links than the site asserts, with every list read, puts all of its lists in
// doubt. A host that is down, a ban or a missing report says nothing about the
// documents that did come: they are published. Rows that are published already
// stay in every case. Doubts are kept in the journal, because on most nights
// most lists are not visited.

// doubtful reports whether a failure of a list casts doubt on its other links.
func doubtful(kind FailureKind) bool {
	switch kind {
	case FailEmpty, FailUnrecognised, FailScript, FailTrap, FailCrash:
		return true
	}
	return false
}

// siteTask is the id of the task that keeps a doubt about all of a site.
func (s *Site) siteTask() string { return s.ID + " site:" }

// doubtSite writes why all of the site is in doubt, or "" that it is not.
func (c *siteCrawl) doubtSite(why string) error {
	task, _ := c.Journal.Get(c.site.siteTask())
	if task.Doubt == why {
		return nil
	}
	task.Site, task.State, task.At, task.Doubt = c.site.ID, TaskDone, c.Now(), why
	return c.set(task)
}

// Doubts returns the columns in doubt, by site: for each the code of the alert.
// The column "" stands for the whole site.
func (j *Journal) Doubts() map[string]map[string]string {
	j.mu.Lock()
	defer j.mu.Unlock()
	doubts := map[string]map[string]string{}
	for site, tasks := range j.sites {
		for _, t := range tasks {
			if t.Doubt == "" {
				continue
			}
			if doubts[site] == nil {
				doubts[site] = map[string]string{}
			}
			doubts[site][t.Column] = t.Doubt
		}
	}
	return doubts
}

// Waiting returns the documents, by hash, that were captured from lists in
// doubt and from no other: whoever publishes leaves out those of them that are
// new.
func (j *Journal) Waiting() map[string]bool {
	doubts := j.Doubts()
	waiting, trusted := map[string]bool{}, map[string]bool{}
	j.mu.Lock()
	defer j.mu.Unlock()
	for site, tasks := range j.sites {
		for _, t := range tasks {
			switch {
			case t.Hash == "":
			case doubts[site][""] != "" || t.Column != "" && doubts[site][t.Column] != "":
				waiting[t.Hash] = true
			default:
				trusted[t.Hash] = true
			}
		}
	}
	maps.DeleteFunc(waiting, func(hash string, _ bool) bool { return trusted[hash] })
	return waiting
}

// DoubtfulSites returns the ids of the sites with a list in doubt, in order.
func (j *Journal) DoubtfulSites() []string { return slices.Sorted(maps.Keys(j.Doubts())) }
