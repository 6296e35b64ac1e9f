package pipeline

import (
	"context"
	"fmt"
	"iter"

	"gongkai"
	"gongkai/crawler"
	"gongkai/internal/filelist"
)

// IngestOptions say what is taken in, and how it is read.
type IngestOptions struct {
	Reading
	Sites    []*crawler.Site    // the registry
	Follow   bool               // take what symbolic links point to
	Manifest *filelist.Manifest // whose report a file is; nil for none
}

// Ingested accounts for every file: Found = Loaded + Unchanged + Problems + Skipped.
type Ingested struct {
	Found, Loaded, Unchanged, Problems, Skipped int

	Others int    // documents that an earlier run had left in the archive, read too
	Read   Loaded // what became of all documents that were read
}

// Ingest keeps the files under paths in the archive and loads what is new there
// into a copy of the warehouse, which then takes the place of the published one.
// The account is nil if nothing was published. After an error [DamagedArchive]
// the rest is done.
func (p *Pipeline) Ingest(ctx context.Context, paths []string, o IngestOptions) (*Ingested, error) {
	if o.Manifest == nil {
		o.Manifest = &filelist.Manifest{}
	}
	r := &run{Pipeline: p, sites: o.Sites, paths: paths, options: o, reading: o.Reading}
	r.want = func(hash string, d *gongkai.Document) bool {
		_, mine := r.kept.first[hash]
		return !r.held.has(hash, d) || mine && (r.healed[hash] || !r.held.byHash[hash].good) // what was a problem is tried again when it is asked for
	}
	var done *Ingested
	err := r.run(ctx, ingestSteps, func(err error) error {
		if err != nil {
			return err
		}
		r.noteDamage()
		done = r.account()
		return damagedArchive(r.loaded.Damaged)
	})
	return done, err
}

// kept counts what was found under the paths of a run.
type kept struct {
	found, skipped, problems, same int
	first                          map[string]string // hash → the first file with these bytes
}

// keep puts every file into the archive. Files with the same bytes are kept in
// the order of the walk, so that the first gives the document its name.
func (r *run) keep(ctx context.Context) error {
	r.kept = &kept{first: map[string]string{}}
	count := r.Watch.Counting("files")
	defer count.End()
	for f := range InOrder(ctx, r.reading.Jobs, r.found(), func(ctx context.Context, f found) found {
		if f.document != nil && !f.same {
			f.failed = r.archive.Put(ctx, f.document)
		}
		return f
	}) {
		if f.same && f.failed == nil && f.document != nil {
			f.failed = r.archive.Put(ctx, f.document)
		}
		if f.failed != nil {
			return fmt.Errorf("keep %s: %w", f.Path, f.failed)
		}
		count.Step()
		r.kept.count(r.Watch, &f)
	}
	return ctx.Err()
}

func (k *kept) count(w Watcher, f *found) {
	k.found++
	switch {
	case f.Skip != "":
		k.skipped++
		w.Met(FileSkipped{f.Path, f.Skip, f.Odd})
	case f.Err != nil:
		k.problems++
		w.Met(DocumentFailed{&Problem{Name: f.Path, Step: "open", Err: f.Err}})
	case f.same:
		k.same++
		w.Met(FileSame{f.Path, k.first[f.hash]})
	default:
		k.first[f.hash] = f.Path
	}
}

// A found is an input with its bytes.
type found struct {
	Input
	document *gongkai.Document // nil if there is none
	hash     string
	same     bool  // these bytes were met before in this run
	failed   error // the archive could not keep it: the run cannot go on
}

// found reads the inputs one after the other.
func (r *run) found() iter.Seq[found] {
	return func(yield func(found) bool) {
		met := map[string]bool{}
		for in := range Inputs(r.paths, r.options.Follow) {
			f := found{Input: in}
			if in.Skip == "" && in.Err == nil {
				f.document, f.Err = Open(in.Path)
			}
			if f.document != nil {
				r.options.Manifest.Apply(in.Path, f.document)
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
func (r *run) account() *Ingested {
	k := r.kept
	a := &Ingested{Found: k.found, Unchanged: k.same, Problems: k.problems, Skipped: k.skipped, Read: r.loaded}
	for hash := range k.first {
		switch outcome, tried := r.loaded.Outcomes[hash]; {
		case !tried:
			a.Unchanged++
		case outcome == nil:
			a.Loaded++
		default:
			a.Problems++
		}
	}
	a.Others = len(r.loaded.Outcomes) - (a.Loaded + a.Problems - k.problems)
	return a
}
