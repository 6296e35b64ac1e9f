package reader

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"runtime"

	"gongkai"
	"gongkai/extract"
	"gongkai/internal/child"
)

// A pool reads documents in child processes, which can be killed. Each reads
// many, so that their start costs nothing to speak of.
type pool struct {
	command []string
	slots   chan *worker // nil until started
}

type worker struct {
	process *child.Process
	out     *gob.Encoder
	in      *gob.Decoder
}

func newPool(command []string, workers int) *pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &pool{command: command, slots: make(chan *worker, workers)}
	for range workers {
		p.slots <- nil
	}
	return p
}

func (p *pool) start() (*worker, error) {
	process, err := child.Start(p.command, "")
	if err != nil {
		return nil, err
	}
	return &worker{
		process: process, out: gob.NewEncoder(process.In),
		in: gob.NewDecoder(&messageReader{in: bufio.NewReaderSize(process.Out, 64<<10)}),
	}, nil
}

// Read has a child read d.
func (p *pool) Read(ctx context.Context, d *gongkai.Document) (c *extract.Content, err error) {
	var w *worker
	select {
	case w = <-p.slots:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { p.slots <- w }()
	if w == nil {
		if w, err = p.start(); err != nil {
			return nil, err
		}
	}
	limited, cancel := context.WithTimeout(ctx, wallLimit)
	defer cancel()
	stop := context.AfterFunc(limited, w.process.Kill)
	defer stop()
	var a answer
	err = w.out.Encode(question{Name: d.Name, Body: d.Body})
	if err == nil {
		err = w.in.Decode(&a)
	}
	if err == nil {
		return a.content()
	}
	ending := w.process.End()
	w = nil
	return nil, died(ctx, limited, d.Name, ending, err)
}

// died names the limit that a child died of.
func died(ctx, limited context.Context, name string, ending child.Ending, err error) error {
	what := ""
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case ending.OverCPU:
		what = fmt.Sprintf("more than %v of processor time", cpuLimit)
	case limited.Err() != nil:
		what = fmt.Sprintf("not read within %v", wallLimit)
	case ending.OverSize:
		what = fmt.Sprintf("more than %d MB of memory", memory>>20)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		what = "the reader's process broke off: " + ending.Said
	default:
		what = err.Error()
	}
	return fmt.Errorf("read %s: %w: %s", name, extract.ErrLimit, what)
}

// Close stops the children.
func (p *pool) Close() error {
	for range cap(p.slots) {
		if w := <-p.slots; w != nil {
			w.process.End()
		}
		defer func() { p.slots <- nil }()
	}
	return nil
}
