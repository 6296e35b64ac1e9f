package pdftable

import (
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
	c, err := p.read(ctx, d.Body)
	if err != nil {
		return nil, fmt.Errorf("read PDF %s: %w", d.Name, err)
	}
	return c, nil
}

func (p *Pool) read(ctx context.Context, body []byte) (*extract.Content, error) {
	switch {
	case int64(len(body)) > p.options.Limits.Bytes:
		return nil, fmt.Errorf("%w: %d MB, at most %d MB are read; make a smaller copy",
			extract.ErrLimit, len(body)>>20, p.options.Limits.Bytes>>20)
	case len(body) == 0:
		return nil, fmt.Errorf("%w: the file is empty; fetch it again", extract.ErrDamaged)
	case !isPDF(body):
		return nil, fmt.Errorf("%w: no PDF header; fetch it again", extract.ErrDamaged)
	}
	var w *worker
	select {
	case w = <-p.slots:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { p.slots <- w }()
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if closed {
		return nil, fmt.Errorf("the pool is closed")
	}
	if p.options.WorkerCommand == nil {
		return p.readHere(ctx, body)
	}
	if w == nil {
		var err error
		if w, err = startWorker(p.options); err != nil {
			return nil, err
		}
	}
	c, healthy, err := w.read(ctx, body, p.options.Limits.wall(p.options.OCR))
	if !healthy {
		w.stop()
		w = nil
	}
	return c, err
}

// readHere reads in this process.
func (p *Pool) readHere(ctx context.Context, body []byte) (*extract.Content, error) {
	e, err := p.engine()
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, p.options.Limits.wall(p.options.OCR))
	defer cancel()
	r := reading{engine: e, second: &p.second, limits: p.options.Limits, ocr: p.options.OCR}
	c, err := r.read(limited, body)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return c, err
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
