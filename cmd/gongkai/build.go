package main

import (
	"context"
	"errors"
	"fmt"

	"gongkai"
	"gongkai/crawler/archive"

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
holds back, because the list that gave them is in doubt, are loaded too.`,
		Example: examples("gongkai build --jobs 4"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), o) },
	}
	readFlags(cmd, &o)
	sitesFlag(cmd, &o.sites)
	return cmd
}

// buildSuffix marks a warehouse that is being built. A file left by a run that
// was cut short is no data.
const buildSuffix = ".new"

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
	ar, err := archive.Open(a.archiveDir()) // holds the lock of the data folder
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	path := a.database() + buildSuffix
	if err := errors.Join(removeFile(path), removeFile(path+".wal")); err != nil {
		return err
	}
	db, err := a.openWarehouse(ctx, path)
	if err != nil {
		return err
	}
	l := &loader{app: a, db: db, options: o}
	err = a.fill(ctx, l, ar)
	if err := errors.Join(err, db.Close()); err != nil {
		return errors.Join(err, removeFile(path), removeFile(path+".wal"))
	}
	if err := a.publish(ctx, path); err != nil {
		return err
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
	split, err := pagesIn(ar)
	if err != nil {
		return err
	}
	if err := l.load(ctx, ar, split, func(string, *gongkai.Document) bool { return true }); err != nil {
		return err
	}
	return a.keepRuns(ctx, l.db)
}
