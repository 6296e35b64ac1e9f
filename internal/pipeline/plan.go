package pipeline

import (
	"context"
	"os"
	"time"

	"gongkai/crawler"
)

// A Planned is a list that a crawl would visit.
type Planned struct {
	Site, Column, URL string

	Met   bool // it was visited before
	State crawler.TaskState
	Last  time.Time
}

// Plan lists what a crawl would visit, from the journal alone.
func (p *Pipeline) Plan(ctx context.Context, g Gathering) ([]Planned, error) {
	tasks := map[string]crawler.Task{}
	if _, err := os.Stat(p.Folder.Journal()); err == nil {
		r := &run{Pipeline: p}
		err := r.run(ctx, planSteps, func(err error) error {
			if err != nil {
				return err
			}
			for _, s := range g.Sites {
				for t := range r.journal.Tasks(s.ID) {
					tasks[t.ID] = t
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var all []Planned
	for _, s := range g.Sites {
		for i := range s.Columns {
			c := &s.Columns[i]
			t, met := tasks[s.ID+" list:"+c.ID]
			if !g.All && met && !t.Due(g.clock(), false) {
				continue
			}
			all = append(all, Planned{Site: s.ID, Column: c.ID, URL: c.URL, Met: met, State: t.State, Last: t.At})
		}
	}
	return all, nil
}
