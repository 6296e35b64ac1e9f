package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"gongkai"
	"gongkai/crawler/archive"
	"gongkai/extract/reader"
	"gongkai/warehouse"
)

// The size of a batch, which is one transaction: documents, unless Reading.Batch
// says otherwise, and bytes.
const (
	BatchItems = 256
	batchBytes = 64 << 20
)

// Reading says how documents are read into the warehouse.
type Reading struct {
	OCR   bool // recognise scanned pages
	Jobs  int  // documents read at a time, at least 1
	Batch int  // documents loaded in one transaction; 0 for [BatchItems]
}

// Loaded is what became of the documents that a run has read.
type Loaded struct {
	Outcomes map[string]*Problem // by hash, of each document tried; nil is good
	Problems int
	Damaged  []error // documents that the archive could not give
	Count    Tally

	lost map[string]error // by hash, of each document that the archive could not give
}

// Damage is the error for documents that the archive could not give; nil if there
// are none.
func (l *Loaded) Damage() error { return damagedArchive(l.Damaged) }

// missing says why a document that was published is missing after loading.
func (l *Loaded) missing(hash string) string {
	if err := l.lost[hash]; err != nil {
		return err.Error()
	}
	if len(l.Damaged) > 0 {
		return fmt.Sprintf("the archive has no capture of it any more, and is damaged: %v", l.Damaged[0])
	}
	return "the archive has no capture of it, and knows of no damage: it was loaded from another archive, or this one was exchanged for an older copy"
}

// lose keeps why the archive could not give a document. The hash is for errors
// that do not name one.
func (l *Loaded) lose(hash, because string, err error) {
	if u, ok := errors.AsType[*archive.Unread](err); ok {
		hash, err = u.Hash, u.Err
	}
	l.lost[hash] = fmt.Errorf("%s%w", because, err)
}

// A loader takes documents through reading into a warehouse, in batches.
type loader struct {
	*run
	count Counter
	batch []warehouse.Item
	bytes int
}

// A documentRead is a document that was read, or is damaged in the archive.
type documentRead struct {
	document *gongkai.Document
	reports  []*gongkai.Report
	problem  *Problem
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
	d.reports, d.problem = Read(ctx, r, d.document, further...)
}

// load reads the wanted documents of the archive and loads them in batches.
func (r *run) load(ctx context.Context) error {
	r.loaded.Outcomes, r.loaded.Count, r.loaded.lost = map[string]*Problem{}, Tally{}, map[string]error{}
	s, err := r.Folder.ReadRecords(nil)
	if err != nil {
		return err
	}
	o := r.Workers
	o.OCR, o.Workers = r.reading.OCR, r.reading.Jobs
	from := reader.New(o)
	defer from.Close()
	l := &loader{run: r, count: r.Watch.Counting("documents")}
	defer l.count.End()
	for d := range InOrder(ctx, r.reading.Jobs, r.documents(ctx, s.Transcripts()), func(ctx context.Context, d documentRead) documentRead {
		if d.damage == nil {
			d.take(ctx, from, r.archive, r.split)
		}
		return d
	}) {
		if ctx.Err() != nil {
			break
		}
		l.count.Step()
		if err := l.add(ctx, &d); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r.noteDamage()
	return l.flush(ctx)
}

// documents yields the documents of the archive that are wanted, with what people
// have read in them, and those that it cannot give.
func (r *run) documents(ctx context.Context, transcripts map[string][]gongkai.Transcript) iter.Seq[documentRead] {
	return func(yield func(documentRead) bool) {
		for d, err := range r.archive.Select(ctx, func(hash string, d *gongkai.Document) bool {
			d.Transcripts = transcripts[hash] // before want: what people have read since is news
			return r.want == nil || r.want(hash, d)
		}) {
			if err != nil && r.archive.Settled(err) {
				r.loaded.lose("", "its loss was accepted: ", err)
				r.Watch.Met(DocumentLost{err})
				continue
			}
			if !yield(documentRead{document: d, damage: err}) {
				return
			}
		}
	}
}

// add puts one document into the batch.
func (l *loader) add(ctx context.Context, d *documentRead) error {
	if d.damage != nil {
		l.Watch.Met(DocumentDamaged{d.damage})
		l.loaded.Damaged = append(l.loaded.Damaged, d.damage)
		hash := ""
		if d.document != nil { // another page of it is damaged
			hash = d.document.Hash()
		}
		l.loaded.lose(hash, "", d.damage)
		return nil
	}
	item := warehouse.Item{Document: d.document, Reports: d.reports}
	if d.problem != nil {
		l.Watch.Met(DocumentFailed{d.problem})
		l.loaded.Problems++
		code, next := d.problem.Kind()
		item.Problem = &warehouse.Problem{Step: d.problem.Step, Code: code, Detail: d.problem.Cause(), Next: next}
	}
	for _, r := range d.reports {
		l.index.Link(r)
		l.loaded.Count.Add(r)
		l.Watch.Met(ReportRead{r})
	}
	if len(d.reports) > 0 && l.told != nil {
		l.told(d.document, d.reports)
	}
	l.loaded.Outcomes[d.document.Hash()] = d.problem
	l.batch = append(l.batch, item)
	l.bytes += len(d.document.Body)
	if len(l.batch) >= cmp.Or(l.reading.Batch, BatchItems) || l.bytes >= batchBytes {
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
