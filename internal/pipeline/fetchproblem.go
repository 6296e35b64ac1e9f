package pipeline

import (
	"context"
	_ "embed"
	"strings"

	"gongkai/warehouse"
)

//go:embed nextstep.txt
var nextSteps string

// nextStep says what to do about an address that failed or was left out; empty
// if there is nothing to be done.
func nextStep(kind string) string {
	for line := range strings.Lines(nextSteps) {
		if name, text, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && name == kind {
			return text
		}
	}
	return ""
}

// Result is failed or skipped.
func (p *FetchProblem) Result() string {
	if p.Skipped {
		return "skipped"
	}
	return "failed"
}

// Next says what to do about it; empty if nothing.
func (p *FetchProblem) Next() string { return nextStep(p.Kind) }

// keepProblems fills the table of the warehouse that tells of the addresses that
// no visit brought.
func (r *run) keepProblems(ctx context.Context) error {
	g := r.gathered
	if g == nil {
		var err error
		if g, err = r.Folder.Gathered(); err != nil {
			r.Watch.Met(NotesLost{err})
		}
	}
	known := map[string]bool{}
	for _, s := range r.sites {
		known[s.ID] = true
	}
	var all []warehouse.FetchProblem
	for i := range g.Problems {
		p := &g.Problems[i]
		if !known[p.Site] {
			continue // it is no site of ours any more
		}
		all = append(all, warehouse.FetchProblem{
			Site: p.Site, Column: p.Column, URL: p.URL, Title: p.Title, AgencyID: p.Agency, Year: p.Year, Parent: p.Parent,
			Result: p.Result(), Kind: p.Kind, Detail: p.Detail, Next: p.Next(), Since: p.Since, Seen: p.Seen,
		})
	}
	return r.db.SetFetchProblems(ctx, all)
}
