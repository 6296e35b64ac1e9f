package pdftable

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"sync"

	"gongkai"
	"gongkai/extract"
)

// Options set up a Pool. The zero value reads in this process, without OCR.
type Options struct {
	Workers  int    // documents read at a time; 0 means one for each CPU
	CacheDir string // for compiled PDFium; "" means gongkai/wazero in the user's cache folder
	Limits   Limits // zero fields take those of DefaultLimits
	OCR      bool   // read scans with tesseract, if it is installed
	// WorkerCommand is how this program is told to call RunWorker, such as
	// ["pdf-worker"]: the pool then starts itself as child processes, which can
	// be killed, and reads there. Nil reads in this process, which is slower
	// and leaves a parser that hangs running: for tests.
	WorkerCommand []string
}

// A Pool reads PDF files, several at a time. It may be used from several
// goroutines.
type Pool struct {
	options Options
	slots   chan *worker // one for each document that may be read at a time; nil until started
	engine  func() (*engine, error)
	second  secondReader

	mu     sync.Mutex
	closed bool
}

// NewPool returns a pool that starts its workers when they are first needed.
func NewPool(o Options) *Pool {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.CacheDir == "" {
		o.CacheDir = defaultCacheDir()
	}
	o.Limits = o.Limits.withDefaults()
	p := &Pool{options: o, slots: make(chan *worker, o.Workers)}
	for range o.Workers {
		p.slots <- nil
	}
	p.engine = sync.OnceValues(func() (*engine, error) { return newEngine(o.CacheDir, true, o.Workers) })
	return p
}

// Read reads the document's paragraphs and tables. Its errors name the
// document and wrap extract.ErrEncrypted, ErrDamaged, ErrNoTextLayer or
// ErrLimit where the document is at fault.
func (p *Pool) Read(ctx context.Context, d *gongkai.Document) (*extract.Content, error) {
	r, err := p.ask(ctx, request{Body: d.Body})
	if err != nil {
		return nil, fmt.Errorf("read PDF %s: %w", d.Name, err)
	}
	return r.Content, nil
}

// ask has a worker do what q says.
func (p *Pool) ask(ctx context.Context, q request) (none reply, err error) {
	body := q.Body
	switch {
	case int64(len(body)) > p.options.Limits.Bytes:
		return none, fmt.Errorf("%w: %d MB, at most %d MB are read; make a smaller copy",
			extract.ErrLimit, len(body)>>20, p.options.Limits.Bytes>>20)
	case len(body) == 0:
		return none, fmt.Errorf("%w: the file is empty; fetch it again", extract.ErrDamaged)
	case !isPDF(body):
		return none, fmt.Errorf("%w: no PDF header; fetch it again", extract.ErrDamaged)
	}
	var w *worker
	select {
	case w = <-p.slots:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	defer func() { p.slots <- w }()
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if closed {
		return none, fmt.Errorf("the pool is closed")
	}
	if p.options.WorkerCommand == nil {
		return p.askHere(ctx, q)
	}
	if w == nil {
		if w, err = startWorker(p.options); err != nil {
			return none, err
		}
	}
	work := reading{limits: p.options.Limits, ocr: p.options.OCR}
	r, healthy, err := w.ask(ctx, q, work.wall(q))
	if !healthy {
		w.stop()
		w = nil
	}
	return r, err
}

// askHere does it in this process.
func (p *Pool) askHere(ctx context.Context, q request) (none reply, err error) {
	e, err := p.engine()
	if err != nil {
		return none, err
	}
	r := reading{engine: e, second: &p.second, limits: p.options.Limits, ocr: p.options.OCR}
	limited, cancel := context.WithTimeout(ctx, r.wall(q))
	defer cancel()
	if q.View != nil {
		pic, err := r.show(limited, q.Body, *q.View)
		return reply{Picture: pic}, cmp.Or(ctx.Err(), err)
	}
	c, err := r.read(limited, q.Body)
	return reply{Content: c}, cmp.Or(ctx.Err(), err)
}

// Close waits for the documents being read and stops the workers.
func (p *Pool) Close() error {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil
	}
	p.closed = true
	p.mu.Unlock()
	for range p.options.Workers {
		if w := <-p.slots; w != nil {
			w.stop()
		}
	}
	for range p.options.Workers {
		p.slots <- nil
	}
	if p.options.WorkerCommand != nil {
		return nil
	}
	e, err := p.engine()
	if err != nil {
		return nil //nolint:nilerr // it never started, which its readers were told
	}
	return e.close()
}
