package pipeline

import (
	"context"
	"errors"

	"gongkai/analysis"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/warehouse"
)

// A Thing is what steps need and write.
type Thing string

// The things.
const (
	Lock      Thing = "lock"      // of the data folder
	Archive   Thing = "archive"   // what was captured
	Journal   Thing = "journal"   // what the crawler remembers
	Basis     Thing = "basis"     // what the warehouse is made from
	Registry  Thing = "registry"  // agencies, records and rosters, in the new warehouse
	Pages     Thing = "pages"     // which documents are one report
	Holdings  Thing = "holdings"  // what the copied warehouse has
	Rows      Thing = "rows"      // reports and cells, in the new warehouse
	Alerts    Thing = "alerts"    // about sites
	Findings  Thing = "findings"  // of the checks, in the new warehouse
	RunLog    Thing = "run log"   // the bulletin of this run
	Faults    Thing = "faults"    // of a crawl, for the next bulletin
	Runs      Thing = "runs"      // the run log, in the new warehouse
	Mark      Thing = "mark"      // the basis, in the new warehouse
	Published Thing = "published" // the new warehouse in the place of the old
)

// A Step is one named piece of a run.
type Step struct {
	Name   string
	Needs  []Thing // must have been written before it
	Writes []Thing
	Point  string // passed when it is done: a test may end the process there
	Within []Step // of a step that publishes: how the new warehouse is filled

	do func(*run, context.Context) error
}

// The steps there are, but for that of publishing.
var (
	lock     = Step{Name: "lock", Writes: []Thing{Lock, Archive}, Point: "locked", do: (*run).lock}
	journal  = Step{Name: "journal", Needs: []Thing{Lock}, Writes: []Thing{Journal}, Point: "opened", do: (*run).openJournal}
	recall   = Step{Name: "recall", Needs: []Thing{Lock}, Point: "recalled", do: (*run).recall}
	keep     = Step{Name: "keep", Needs: []Thing{Archive}, Writes: []Thing{Archive}, Point: "kept", do: (*run).keep}
	crawl    = Step{Name: "crawl", Needs: []Thing{Archive, Journal}, Writes: []Thing{Archive, Journal}, Point: "crawled", do: (*run).crawl}
	heal     = Step{Name: "heal", Needs: []Thing{Archive}, Point: "healed", do: (*run).heal}
	compare  = Step{Name: "compare", Needs: []Thing{Archive, Journal}, Writes: []Thing{Basis}, Point: "compared", do: (*run).compare}
	register = Step{Name: "register", Needs: []Thing{Archive}, Writes: []Thing{Registry}, Point: "registered", do: (*run).register}
	pages    = Step{Name: "pages", Needs: []Thing{Archive}, Writes: []Thing{Pages}, Point: "paged", do: (*run).pages}
	hold     = Step{Name: "hold", Needs: []Thing{Pages}, Writes: []Thing{Holdings}, Point: "held", do: (*run).hold}
	load     = Step{Name: "load", Needs: []Thing{Archive, Registry, Pages}, Writes: []Thing{Rows}, Point: "loaded", do: (*run).load}
	floor    = Step{Name: "floor", Needs: []Thing{Journal, Rows}, Writes: []Thing{Alerts}, Point: "floored", do: (*run).floor}
	check    = Step{Name: "check", Needs: []Thing{Registry, Rows}, Writes: []Thing{Findings}, Point: "found", do: (*run).check}
	tell     = Step{Name: "tell", Needs: []Thing{Alerts, Findings}, Writes: []Thing{RunLog}, Point: "logged", do: (*run).tell}
	faults   = Step{Name: "faults", Needs: []Thing{Journal}, Writes: []Thing{Faults}, Point: "faulted", do: (*run).keepFaults}
	runs     = Step{Name: "runs", Writes: []Thing{Runs}, Point: "ran", do: (*run).keepRuns}
	mark     = Step{Name: "mark", Writes: []Thing{Mark}, Point: "marked", do: (*run).mark}
)

// publish makes a new warehouse by steps within it, and puts it in the place of
// the published one. Besides its own point it passes "copied" when there is a
// copy to be filled, and "checked" when it is filled and whole.
func publish(within ...Step) Step {
	return Step{
		Name: "publish", Needs: []Thing{Lock}, Writes: []Thing{Published}, Point: "published", Within: within,
		do: func(r *run, ctx context.Context) error { return r.publish(ctx, within) },
	}
}

// The pipelines.
var (
	planSteps   = []Step{lock, journal} // the journal has one user at a time
	crawlSteps  = []Step{lock, journal, crawl, faults}
	ingestSteps = []Step{lock, keep, heal, publish(register, mark, runs, pages, hold, load)}
	buildSteps  = []Step{lock, publish(register, pages, load, runs)}
	nightSteps  = []Step{lock, journal, recall, crawl, heal, compare, publish(register, pages, hold, load, floor, check, tell, runs, mark)}
)

// Steps returns the steps of each pipeline by its name.
func Steps() map[string][]Step {
	return map[string][]Step{"plan": planSteps, "crawl": crawlSteps, "ingest": ingestSteps, "build": buildSteps, "nightly": nightSteps}
}

// errDone ends a run before its last step: there is nothing left to do.
var errDone = errors.New("nothing has changed")

// take takes steps in their order, up to the first that fails.
func (r *run) take(ctx context.Context, steps []Step) error {
	for i := range steps {
		if err := steps[i].do(r, ctx); err != nil {
			return err
		}
		r.at(steps[i].Point)
	}
	return nil
}

// run takes the steps of a pipeline and lets go of what they have opened, after
// then, which sees how they ended.
func (r *run) run(ctx context.Context, steps []Step, then func(error) error) (err error) {
	defer func() { err = errors.Join(err, r.close()) }()
	err = r.take(ctx, steps)
	if errors.Is(err, errDone) {
		err = nil
	}
	if then != nil {
		err = then(err)
	}
	return err
}

// lock opens the archive for writing, which takes the lock of the data folder.
func (r *run) lock(context.Context) error {
	ar, err := r.OpenArchive(archive.Hook(func(name string) error { r.at(name); return nil }))
	r.archive = ar
	return err
}

func (r *run) openJournal(context.Context) error {
	j, err := crawler.OpenJournal(r.Folder.Journal())
	if err != nil {
		return err
	}
	r.journal = j
	for _, d := range j.Damaged() {
		r.Watch.Met(LineDamaged{d})
	}
	return nil
}

func (r *run) publish(ctx context.Context, within []Step) error {
	p := r.publication(func(db *warehouse.DB) error {
		r.at("copied")
		r.db = db
		return r.take(ctx, within)
	})
	p.Proved = func() { r.at("checked") }
	if p.Anew = r.anew; r.anew {
		r.loaded.Damaged = damageOf(r.archive) // it is what will be missing
		p.Reason = r.loaded.missing
	}
	return p.Publish(ctx)
}

func (r *run) check(ctx context.Context) (err error) {
	r.night.Checks, r.night.Findings, err = analysis.Check(ctx, r.db.SQL(), analysis.CheckOptions{Store: true})
	return err
}

// mark writes into the warehouse what it was made from and checked with; what
// is only loaded has no basis.
func (r *run) mark(ctx context.Context) error { return r.db.SetBasis(ctx, r.basis) }
