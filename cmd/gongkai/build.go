package main

import (
	"context"
	"errors"
	"fmt"

	"gongkai"
	"gongkai/crawler/archive"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

func newBuild(a *app) *cobra.Command {
	var o readOptions
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the warehouse anew from the archive",
		Long: `Read every document of the archive again, load it into a new DuckDB file next to
the old one, and put the new one in its place when it is complete. Readers see
the old or the new, never a mixture. Needs no network. The result has the same
content digest as a warehouse that was loaded bit by bit. Documents that nightly
holds back, because the list that gave them is in doubt, are loaded too.

Where documents that are published now are missing, because the archive is damaged,
nothing is published: they are named, and the old warehouse stays.`,
		Example: examples("gongkai build --jobs 4"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), o) },
	}
	readFlags(cmd, &o)
	sitesFlag(cmd, &o.sites)
	lossFlag(cmd, a)
	return cmd
}

func (a *app) build(ctx context.Context, o readOptions) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	reading, err := a.openArchive()
	if err != nil {
		return err
	}
	if err := reading.Close(); err != nil {
		return err
	}
	ar, err := a.openWriting() // holds the lock of the data folder
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	l := &loader{app: a, options: o, damaged: damageOf(ar)}
	p := a.publication(func(db *warehouse.DB) error {
		l.db = db
		return a.fill(ctx, l, ar)
	})
	p.Anew = true
	p.Reason = l.reason
	if err := p.Publish(ctx); err != nil {
		return errors.Join(damagedArchive(l.damaged), err)
	}
	a.say.Info(l.count.summary())
	a.say.Info(fmt.Sprintf("built %s from %d documents, %d with a problem", a.database(), len(l.outcomes), l.problems))
	return l.outcome()
}

// fill loads a new warehouse with all that there is.
func (a *app) fill(ctx context.Context, l *loader, ar *archive.Archive) error {
	sites, err := a.registry(l.options.sites)
	if err != nil {
		return err
	}
	if err := a.register(ctx, l.db, ar, sites); err != nil {
		return err
	}
	if l.index, err = a.index(sites); err != nil {
		return err
	}
	split, err := pagesIn(ar)
	if err != nil {
		return err
	}
	if err := l.load(ctx, ar, split, func(string, *gongkai.Document) bool { return true }); err != nil {
		return err
	}
	return a.keepRuns(ctx, l.db)
}
