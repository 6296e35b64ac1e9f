package main

import (
	"context"
	"fmt"
	"iter"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/extract/reader"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

// The size of a batch, which is one transaction: documents, unless --batch says
// otherwise, and bytes.
const (
	batchItems = 256
	batchBytes = 64 << 20
)

// readOptions say how documents are read into the warehouse.
type readOptions struct {
	ocr         bool
	jobs, batch int
	sites       string // folder of the registry, see app.registry
}

func readFlags(cmd *cobra.Command, o *readOptions) {
	cmd.Flags().BoolVar(&o.ocr, "ocr", false, "recognise scanned pages (needs tesseract with chi_sim)")
	jobsFlag(cmd, &o.jobs)
	cmd.Flags().IntVar(&o.batch, "batch", batchItems, "load `n` documents in one transaction")
}

func (o *readOptions) check() error {
	if o.jobs < 1 {
		return usage("--jobs %d: at least 1", o.jobs)
	}
	if o.batch < 1 {
		return usage("--batch %d: at least 1", o.batch)
	}
	return nil
}

// A loader takes documents of the archive through reading into a warehouse.
type loader struct {
	app     *app
	db      *warehouse.DB
	options readOptions

	index *crawler.Index // tells whose report a document is that no list led to

	told func(*gongkai.Document, []*gongkai.Report) // called for every document that gave reports; nil for nothing

	outcomes map[string]*problem // what became of each document tried; nil is good
	problems int
	damaged  []error // documents that the archive could not give
	count    tally
	batch    []warehouse.Item
	bytes    int
}

// A document is one step of the loader: read, or damaged in the archive.
type documentRead struct {
	document *gongkai.Document
	reports  []*gongkai.Report
	problem  *problem
	damage   error
}

// take reads a document. A further page of a split report is read with its
// first one and gives nothing by itself.
func (d *documentRead) take(ctx context.Context, r *reader.Reader, ar *archive.Archive, s *splitReports) {
	hash := d.document.Hash()
	if s.isFurther[hash] {
		return
	}
	var further []*gongkai.Document
	for _, p := range s.further[hash] {
		body, err := ar.Bytes(p.hash)
		if err != nil {
			d.damage = err
			return
		}
		further = append(further, &gongkai.Document{Name: p.name, URL: p.name, Body: body})
	}
	d.reports, d.problem = read(ctx, r, d.document, further...)
}

// load reads the wanted documents of the archive and loads them in batches.
func (l *loader) load(ctx context.Context, ar *archive.Archive, split *splitReports, want func(hash string, d *gongkai.Document) bool) error {
	l.outcomes, l.count = map[string]*problem{}, tally{}
	s, err := l.app.readRecords(nil)
	if err != nil {
		return hinted(err, "gongkai records lint lists the faults")
	}
	transcripts := s.Transcripts()
	r := reader.New(readerOptions(l.options.ocr, l.options.jobs))
	defer r.Close()
	bar := l.app.progress("documents")
	defer bar.end()
	documents := func(yield func(documentRead) bool) {
		for d, err := range ar.Select(ctx, func(hash string, d *gongkai.Document) bool {
			d.Transcripts = transcripts[hash] // before want: what people have read since is news
			return want(hash, d)
		}) {
			if err != nil && ar.Settled(err) {
				bar.clear()
				l.app.say.Warn(err.Error() + ": it was accepted as lost, and is left out")
				continue
			}
			if !yield(documentRead{document: d, damage: err}) {
				return
			}
		}
	}
	for d := range inOrder(ctx, l.options.jobs, iter.Seq[documentRead](documents), func(ctx context.Context, d documentRead) documentRead {
		if d.damage == nil {
			d.take(ctx, r, ar, split)
		}
		return d
	}) {
		if ctx.Err() != nil {
			break
		}
		bar.step()
		if err := l.add(ctx, bar, &d); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.flush(ctx)
}

// add puts one document into the batch.
func (l *loader) add(ctx context.Context, bar *progress, d *documentRead) error {
	if d.damage != nil {
		bar.clear()
		l.app.say.Error(d.damage.Error())
		l.damaged = append(l.damaged, d.damage)
		return nil
	}
	item := warehouse.Item{Document: d.document, Reports: d.reports}
	if d.problem != nil {
		bar.clear()
		l.app.sayProblem(d.problem)
		l.problems++
		code, next := d.problem.kind()
		item.Problem = &warehouse.Problem{Step: d.problem.step, Code: code, Detail: d.problem.cause(), Next: next}
	}
	for _, r := range d.reports {
		l.index.Link(r)
		l.count.add(r)
		l.app.sayIssues(r)
	}
	if len(d.reports) > 0 && l.told != nil {
		l.told(d.document, d.reports)
	}
	l.outcomes[d.document.Hash()] = d.problem
	l.batch = append(l.batch, item)
	l.bytes += len(d.document.Body)
	if len(l.batch) >= l.options.batch || l.bytes >= batchBytes {
		return l.flush(ctx)
	}
	return nil
}

// flush loads the batch.
func (l *loader) flush(ctx context.Context) error {
	if len(l.batch) == 0 {
		return nil
	}
	if _, err := l.db.Load(ctx, l.batch); err != nil {
		return fmt.Errorf("load %d documents: %w", len(l.batch), err)
	}
	l.batch, l.bytes = l.batch[:0], 0
	return nil
}

// outcome returns how the run ends after all documents were tried.
func (l *loader) outcome() error {
	if len(l.damaged) > 0 {
		return damagedArchive(l.damaged)
	}
	if l.problems > 0 {
		return partial()
	}
	return nil
}

// reason says why a document that was published is missing after loading.
func (l *loader) reason(string) string {
	if len(l.damaged) > 0 {
		return "not in the archive any more, or where it is damaged"
	}
	return "not in the archive any more"
}

// summary counts what was read.
func (t tally) summary() string {
	return fmt.Sprintf("read %d reports, %d cells (%s), %d issues", t["reports"], t["cells"], t.statuses(), t["issues"])
}
