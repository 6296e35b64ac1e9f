package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"gongkai/internal/linelog"
	"gongkai/internal/notify"
	"gongkai/warehouse"
)

// logRun adds a line to the run log.
func (f Folder) logRun(b *notify.Bulletin) error {
	line, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("run log: %w", err)
	}
	l, err := linelog.Open(f.RunLog(), CheckRun)
	if err != nil {
		return fmt.Errorf("run log: %w", err)
	}
	return errors.Join(l.Append(line), l.Close())
}

// CheckRun returns an error if a line of the run log, with a number, holds no run.
func CheckRun(_ int64, line []byte) error {
	_, err := parseRun(line)
	return err
}

func parseRun(line []byte) (*notify.Bulletin, error) {
	b := &notify.Bulletin{}
	if err := json.Unmarshal(line, b); err != nil || b.Run == "" {
		return nil, errors.New("it holds no run")
	}
	return b, nil
}

// Runs reads the run log in the order in which it was written, past damaged
// lines. Of several lines about one run the last counts, and a line that a crash
// cut short is no run.
func (f Folder) Runs() ([]*notify.Bulletin, []*linelog.Damage, error) {
	byNumber := map[int64]*notify.Bulletin{}
	damaged, err := linelog.Read(f.RunLog(), func(n int64, line []byte) error {
		b, err := parseRun(line)
		if err == nil {
			byNumber[n] = b
		}
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("run log: %w", err)
	}
	var all []*notify.Bulletin
	for _, number := range slices.Sorted(maps.Keys(byNumber)) {
		b := byNumber[number]
		if n := len(all); n > 0 && all[n-1].Run == b.Run {
			all[n-1] = b
		} else {
			all = append(all, b)
		}
	}
	return all, damaged, nil
}

// recall tells of damaged lines of the run log: what they told may be told again.
func (r *run) recall(context.Context) error {
	_, damaged, err := r.Folder.Runs()
	for _, d := range damaged {
		r.Watch.Met(LineDamaged{d})
	}
	return err
}

// keepRuns fills the tables of the warehouse that tell of runs from the run log,
// and of what the last visits did not bring.
func (r *run) keepRuns(ctx context.Context) error {
	all, _, err := r.Folder.Runs()
	if err != nil {
		return err
	}
	runs := make([]warehouse.Run, len(all))
	for i, b := range all {
		runs[i] = warehouse.Run{
			ID: b.Run, Started: b.Started, Finished: b.Finished, Version: b.Version, Failure: b.Error, Requests: int64(b.Requests), Bytes: b.Bytes,
			Expected: b.Expected, Captured: Sum(b.Captured), Problems: Sum(b.Problems), Skips: Sum(b.Skips),
			New: len(b.New), Revised: len(b.Revised), Missing: len(b.Missing), Late: len(b.Late), Held: b.Held,
			Reports: b.Reports, Errors: int(b.Findings["E"]), Warnings: int(b.Findings["W"]),
		}
		for _, s := range b.BySite {
			runs[i].Sites = append(runs[i].Sites, warehouse.SiteRun{
				Site: s.Site, Requests: int64(s.Requests), Bytes: s.Bytes,
				Expected: s.Expected, Captured: s.Captured, Problems: s.Problems, Skips: s.Skips, Alerts: s.Alerts,
			})
		}
	}
	return errors.Join(r.db.SetRuns(ctx, runs, episodes(all)), r.keepProblems(ctx))
}

// episodes gathers the alerts of runs, each from its beginning to its end.
func episodes(runs []*notify.Bulletin) []warehouse.Alert {
	type key struct {
		site, code, column string
		since              time.Time
	}
	met := map[key]*warehouse.Alert{}
	for _, b := range runs {
		for _, x := range slices.Concat(b.Opened(), b.Alerts) {
			k := key{x.Site, x.Code, x.Column, x.Since.UTC()}
			e := met[k]
			if e == nil {
				e = &warehouse.Alert{Site: x.Site, Code: x.Code, Column: x.Column, Since: x.Since}
				met[k] = e
			}
			e.Detail, e.Told = x.Detail, x.Told
			if x.State == notify.AlertResolved {
				e.Resolved = b.Started
			}
		}
	}
	var all []warehouse.Alert
	for _, e := range met {
		all = append(all, *e)
	}
	slices.SortFunc(all, func(x, y warehouse.Alert) int {
		return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.Site, y.Site), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Column, y.Column))
	})
	return all
}
