package main

import (
	"context"
	"errors"

	"gongkai"
	"gongkai/analysis"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/internal/notify"
	"gongkai/warehouse"
)

// A night is one run from the sites to the published warehouse.
type night struct {
	summary  *crawler.RunSummary
	outcomes []crawler.Outcome
	loader   *loader
	held     []string // sites with a list in doubt, whose new documents wait
	quiet    bool     // nothing had changed: what is published stays
	news     tidings
	checks   analysis.Summary
	findings []analysis.Finding
	bulletin *notify.Bulletin // the last word of the run log on this run
}

// night crawls, reads what is new into a copy of the warehouse, checks it and
// puts it in the place of the published one. Readers see the old or the new.
// It holds the lock of the archive, and so of the data folder, all the while.
func (a *app) night(ctx context.Context, g gathering, o readOptions) (n *night, err error) {
	ar, err := a.openWriting(archive.Hook(func(name string) error { g.at(name); return nil }))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	j, err := a.openJournal()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	if err := a.sayDamagedRuns(); err != nil {
		return nil, err
	}
	n = &night{loader: &loader{app: a, options: o}}
	if n.summary, n.outcomes, err = a.gather(ctx, ar, j, g); err == nil {
		a.sayHealed(ar)
		n.loader.damaged = damageOf(ar)
		n.held = j.DoubtfulSites()
		g.at("crawled")
		err = a.refresh(ctx, ar, j, g, n)
	}
	if err != nil && n.summary != nil {
		err = errors.Join(err, a.conclude(n, err))
	}
	return n, err
}

// conclude writes what the night brought into the run log: before it is
// published, so that the log is never behind; and once more if that failed.
func (a *app) conclude(n *night, failure error) (err error) {
	if n.bulletin, err = a.bulletin(n, failure); err != nil {
		return err
	}
	return a.logRun(n.bulletin)
}

// refresh makes the warehouse of the night and publishes it.
func (a *app) refresh(ctx context.Context, ar *archive.Archive, j *crawler.Journal, g gathering, n *night) error {
	basis, err := a.basis(ar, j, g)
	if err != nil {
		return err
	}
	if n.quiet = a.unchanged(ctx, basis); n.quiet {
		return a.conclude(n, nil)
	}
	err = a.change(ctx, func(db *warehouse.DB) error {
		g.at("copied")
		n.loader.db = db
		if err := a.renew(ctx, db, ar, j, g, n); err != nil {
			return err
		}
		return db.SetBasis(ctx, basis)
	}, func() { g.at("checked") })
	if err != nil {
		return err
	}
	g.at("published")
	return nil
}

// renew brings a copy of the warehouse up to date and logs the run, in it too.
func (a *app) renew(ctx context.Context, db *warehouse.DB, ar *archive.Archive, j *crawler.Journal, g gathering, n *night) error {
	var err error
	if n.loader.index, err = a.index(g.registered()); err != nil {
		return err
	}
	if err := a.register(ctx, db, ar, g.registered()); err != nil {
		return err
	}
	split, err := pagesIn(ar)
	if err != nil {
		return err
	}
	held, err := heldDocuments(ctx, db, split)
	if err != nil {
		return err
	}
	n.loader.told = func(d *gongkai.Document, reports []*gongkai.Report) { n.news.add(d, reports, held) }
	waiting := j.Waiting()
	err = n.loader.load(ctx, ar, split, func(hash string, d *gongkai.Document) bool {
		return !held.has(hash, d) && !waiting[hash]
	})
	if err != nil {
		return err
	}
	n.news.trace(j, g.sites)
	g.at("loaded")
	if err := floor(ctx, db, g.sites, n.summary); err != nil {
		return err
	}
	if n.checks, n.findings, err = analysis.Check(ctx, db.SQL(), analysis.CheckOptions{Store: true}); err != nil {
		return err
	}
	if err := a.conclude(n, nil); err != nil {
		return err
	}
	g.at("logged")
	return a.keepRuns(ctx, db)
}
