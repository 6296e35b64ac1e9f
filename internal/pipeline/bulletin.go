package pipeline

import (
	"context"
	"slices"

	"gongkai/internal/notify"
	"gongkai/queries"
)

// bulletin makes the bulletin of a night. One that failed has published
// nothing: what it read is news when it is published.
func (r *run) bulletin(failure error) (*notify.Bulletin, error) {
	n := &r.night
	s, t := n.Summary, n.Summary.Total()
	b := &notify.Bulletin{
		Run: s.Run, Started: s.Started.UTC(), Finished: s.Finished.UTC(), Version: r.program(),
		Sites: len(s.Sites), Requests: t.Requests, Bytes: t.Bytes, Expected: t.Expected,
		Captured: named(t.Captured), Problems: named(t.Problems), Skips: named(t.Skips),
		New: r.news.fresh, Revised: r.news.revised, Missing: []notify.Gap{}, Late: []notify.Gap{}, Held: slices.Clone(n.Held),
		Reports: n.Checks.Reports, Findings: map[string]int64{},
	}
	if failure != nil {
		b.Error, b.New, b.Revised = failure.Error(), nil, nil
	}
	b.New, b.Revised = append([]notify.News{}, b.New...), append([]notify.News{}, b.Revised...)
	for _, x := range s.Sites {
		b.BySite = append(b.BySite, notify.SiteRun{
			Site: x.Site, Requests: x.Requests, Bytes: x.Bytes, Expected: x.Expected,
			Captured: Sum(x.Captured), Problems: Sum(x.Problems), Skips: Sum(x.Skips), Alerts: len(x.Alerts),
		})
	}
	for _, severity := range []queries.Severity{queries.Error, queries.Warning, queries.Information} {
		b.Findings[string(severity)] = n.Checks.Failed(severity)
	}
	runs, _, err := r.Folder.Runs()
	if err != nil {
		return b, err
	}
	if p := notify.LastPublished(runs); n.Quiet && p != nil {
		b.Quiet, b.Reports, b.Findings = true, p.Reports, p.Findings
	}
	runs = slices.DeleteFunc(runs, func(o *notify.Bulletin) bool { return o.Run == b.Run })
	var last *notify.Bulletin
	if len(runs) > 0 {
		last = runs[len(runs)-1]
	}
	b.NoteGaps(s, last)
	b.NoteAlerts(r.gathered.overdue(s), last)
	return b, nil
}

func named[K ~string](counts map[K]int) map[string]int {
	m := map[string]int{}
	for k, n := range counts {
		m[string(k)] = n
	}
	return m
}

// Sum adds up counts by name.
func Sum[K comparable](counts map[K]int) int {
	n := 0
	for _, v := range counts {
		n += v
	}
	return n
}

// conclude writes what the night brought into the run log: before it is
// published, so that the log is never behind; and once more if that failed.
func (r *run) conclude(failure error) (err error) {
	if r.night.Bulletin, err = r.bulletin(failure); err != nil {
		return err
	}
	if err := r.Folder.logRun(r.night.Bulletin); err != nil {
		return err
	}
	return r.faultsTold()
}

// tell writes what the night brings into the run log.
func (r *run) tell(context.Context) error {
	r.news.trace(r.journal, r.gathering.Sites)
	return r.conclude(nil)
}
