package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"gongkai"
	"gongkai/crawler/archive"
	"gongkai/internal/filelist"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

func newIngest(a *app) *cobra.Command {
	var o ingestOptions
	cmd := &cobra.Command{
		Use:   "ingest PATH...",
		Short: "Take local files into the archive and the warehouse",
		Long: `Keep the documents under PATH (PDF, HTML, DOCX, text; files or folders) in the
archive, read their reports and load every cell into a copy of the warehouse,
which then takes its place: readers see the old or the new.

A manifest is a CSV table that says whose report a file is, for which year and
scope, and where and when it was published: columns path, agency or agency_id,
year, scope, url, published. Without PATH its files are taken. What it says wins
over the file and is kept as its word; bad lines are named and left out.

Doing it twice changes nothing. A run that was cut short is made good by the
next. The last line accounts for every file:
found = loaded + unchanged + problems + skipped.

Whatever else is new in the archive is loaded too, as by gongkai build. What is
loaded is checked by the next nightly run or gongkai check --store.`,
		Example: examples(
			"gongkai ingest reports/",
			"gongkai ingest reports/ --data elsewhere --jobs 8",
			"gongkai ingest --manifest files.csv",
			"gongkai ingest report.html -v      # with every oddity of the document",
		),
		Args: func(cmd *cobra.Command, args []string) error {
			if o.manifest != "" {
				return nil
			}
			return some("PATH")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.ingest(cmd.Context(), args, o) },
	}
	readFlags(cmd, &o.readOptions)
	cmd.Flags().BoolVar(&o.follow, "follow", false, "take the files that symbolic links point to; else links are named and left out")
	cmd.Flags().StringVar(&o.manifest, "manifest", "", "a CSV `file` with columns "+strings.Join(filelist.Columns, ", ")+": what it says of a file wins")
	sitesFlag(cmd, &o.sites)
	lossFlag(cmd, a)
	return cmd
}

// ingestOptions say what is taken in, and how it is read.
type ingestOptions struct {
	readOptions
	follow   bool
	manifest string // file; empty for none
}

func (a *app) ingest(ctx context.Context, paths []string, o ingestOptions) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	if slices.Contains(paths, "-") {
		return usage("ingest takes files and folders: a document is kept under its name")
	}
	sites, err := a.registry(o.sites)
	if err != nil {
		return err
	}
	told, err := a.openManifest(o.manifest, sites)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		paths = told.Paths()
	}
	ar, err := a.openWriting() // holds the lock of the data folder
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	files, err := a.keep(ctx, ar, paths, o, told)
	if err != nil {
		return err
	}
	healed := a.sayHealed(ar)
	var held *holdings
	l := &loader{app: a, options: o.readOptions}
	err = a.change(ctx, func(db *warehouse.DB) error {
		l.db = db
		if err := a.register(ctx, db, ar, sites); err != nil {
			return err
		}
		if l.index, err = a.index(sites); err != nil {
			return err
		}
		if err := errors.Join(db.SetBasis(ctx, ""), a.keepRuns(ctx, db)); err != nil { // what is loaded is not checked
			return err
		}
		split, err := pagesIn(ar)
		if err != nil {
			return err
		}
		if held, err = heldDocuments(ctx, db, split); err != nil {
			return err
		}
		return l.load(ctx, ar, split, func(hash string, d *gongkai.Document) bool {
			_, mine := files.first[hash]
			return !held.has(hash, d) || mine && (healed[hash] || !held.byHash[hash].good) // what was a problem is tried again when it is asked for
		})
	}, nil)
	if err != nil {
		return err
	}
	l.damaged = append(l.damaged, damageOf(ar)...)
	return errors.Join(a.account(files, held, l), a.sayManifest(told))
}

// files counts what was found under the paths of a run.
type files struct {
	found, skipped, problems, same int
	first                          map[string]string // hash → the first file with these bytes
}

// keep puts every file into the archive. Files with the same bytes are kept in
// the order of the walk, so that the first gives the document its name.
func (a *app) keep(ctx context.Context, ar *archive.Archive, paths []string, o ingestOptions, told *filelist.Manifest) (*files, error) {
	fs := &files{first: map[string]string{}}
	bar := a.progress("files")
	defer bar.end()
	for f := range inOrder(ctx, o.jobs, a.opened(paths, o.follow, told), func(ctx context.Context, f found) found {
		if f.document != nil && !f.same {
			f.failed = ar.Put(ctx, f.document)
		}
		return f
	}) {
		if f.same && f.failed == nil && f.document != nil {
			f.failed = ar.Put(ctx, f.document)
		}
		if f.failed != nil {
			return nil, fmt.Errorf("keep %s: %w", f.path, f.failed)
		}
		bar.step()
		fs.count(a, bar, &f)
	}
	return fs, ctx.Err()
}

func (fs *files) count(a *app, bar *progress, f *found) {
	fs.found++
	switch {
	case f.skip != "":
		fs.skipped++
		if f.told {
			bar.clear()
			a.say.Warn(f.path + ": skipped: " + f.skip)
			return
		}
		a.say.Debug(f.path + ": skipped: " + f.skip)
	case f.err != nil:
		fs.problems++
		bar.clear()
		a.sayProblem(&problem{name: f.path, step: "open", err: f.err})
	case f.same:
		fs.same++
		a.say.Debug(f.path + ": the same bytes as " + fs.first[f.hash])
	default:
		fs.first[f.hash] = f.path
	}
}

// A found is an input with its bytes.
type found struct {
	input
	document *gongkai.Document // nil if there is none
	hash     string
	same     bool  // these bytes were met before in this run
	failed   error // the archive could not keep it: the run cannot go on
}

// opened reads the inputs one after the other.
func (a *app) opened(paths []string, follow bool, told *filelist.Manifest) iter.Seq[found] {
	return func(yield func(found) bool) {
		met := map[string]bool{}
		for in := range inputs(paths, follow) {
			f := found{input: in}
			if in.skip == "" && in.err == nil {
				f.document, f.err = a.open(in.path)
			}
			if f.document != nil {
				told.Apply(in.path, f.document)
				f.hash = f.document.Hash()
				f.same = met[f.hash]
				met[f.hash] = true
			}
			if !yield(f) {
				return
			}
		}
	}
}

// account says what became of every file.
func (a *app) account(fs *files, held *holdings, l *loader) error {
	loaded, problems, unchanged := 0, fs.problems, fs.same
	for hash := range fs.first {
		switch outcome, tried := l.outcomes[hash]; {
		case !tried:
			unchanged++
		case outcome == nil:
			loaded++
		default:
			problems++
		}
	}
	if others := len(l.outcomes) - (loaded + problems - fs.problems); others > 0 {
		a.say.Info(fmt.Sprintf("%d documents that an earlier run had left in the archive were read too", others))
	}
	if len(l.outcomes) > 0 {
		a.say.Info(l.count.summary())
	}
	a.say.Info(fmt.Sprintf("found %d = loaded %d + unchanged %d + problems %d + skipped %d",
		fs.found, loaded, unchanged, problems, fs.skipped))
	if len(l.damaged) > 0 {
		return damagedArchive(l.damaged)
	}
	if problems > 0 || l.problems > 0 {
		return partial()
	}
	return nil
}
