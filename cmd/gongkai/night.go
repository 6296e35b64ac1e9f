package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"gongkai"
	"gongkai/analysis"
	"gongkai/crawler"
	"gongkai/crawler/archive"
)

// A night is one run from the sites to the published warehouse.
type night struct {
	summary  *crawler.RunSummary
	outcomes []crawler.Outcome
	loader   *loader
	held     []string // sites with a list in doubt, whose new documents wait
	checks   analysis.Summary
	findings []analysis.Finding
}

// night crawls, reads what is new into a copy of the warehouse, checks it and
// puts it in the place of the published one. Readers see the old or the new.
// It holds the lock of the archive, and so of the data folder, all the while.
func (a *app) night(ctx context.Context, g gathering, o readOptions) (n *night, err error) {
	ar, err := archive.Open(a.archiveDir(), archive.Hook(func(name string) error { g.at(name); return nil }))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	j, err := crawler.OpenJournal(a.journalDir())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	n = &night{}
	if n.summary, n.outcomes, err = a.gather(ctx, ar, j, g); err != nil {
		return n, err
	}
	n.held = j.DoubtfulSites()
	g.at("crawled")
	return n, a.refresh(ctx, ar, j, g, o, n)
}

// refresh makes the warehouse of the night and publishes it.
func (a *app) refresh(ctx context.Context, ar *archive.Archive, j *crawler.Journal, g gathering, o readOptions, n *night) error {
	path := a.database() + buildSuffix
	if err := a.copyWarehouse(ctx, path); err != nil {
		return err
	}
	g.at("copied")
	db, err := a.openWarehouse(ctx, path)
	if err != nil {
		return err
	}
	n.loader = &loader{app: a, db: db, options: o}
	err = func() error {
		if err := errors.Join(db.SetAgencies(ctx, agenciesOf(g.sites)), a.register(ctx, db)); err != nil {
			return err
		}
		held, err := heldDocuments(ctx, db, ar)
		if err != nil {
			return err
		}
		waiting := j.Waiting()
		err = n.loader.load(ctx, ar, func(hash string, d *gongkai.Document) bool {
			return !held.has(hash, d) && !waiting[hash]
		})
		if err != nil {
			return err
		}
		g.at("loaded")
		n.checks, n.findings, err = analysis.Check(ctx, db.SQL(), analysis.CheckOptions{Store: true})
		return err
	}()
	if err := errors.Join(err, db.Close()); err != nil {
		return errors.Join(err, removeFile(path), removeFile(path+".wal"))
	}
	g.at("checked")
	if err := a.publish(ctx, path); err != nil {
		return err
	}
	g.at("published")
	return nil
}

// copyWarehouse copies the published warehouse, if there is one, to path.
func (a *app) copyWarehouse(ctx context.Context, path string) error {
	if err := errors.Join(removeFile(path), removeFile(path+".wal")); err != nil {
		return err
	}
	if err := a.settleWAL(ctx); err != nil {
		return err
	}
	from, err := os.Open(a.database())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		return errors.Join(fmt.Errorf("copy warehouse: %w", err), to.Close(), removeFile(path))
	}
	return to.Close()
}
