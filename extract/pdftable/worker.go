package pdftable

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"time"

	"gongkai/extract"
)

// A worker is a child process that reads one document after another.
type worker struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     io.ReadCloser
}

// startTime is allowed for the start of a worker, which may have to compile
// PDFium on a busy machine.
const startTime = 3 * time.Minute

// startWorker starts this program's worker and waits until it is ready.
func startWorker(o Options) (*worker, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("start PDF worker: %w", err)
	}
	w := &worker{command: exec.Command(program, o.WorkerCommand...)}
	w.command.Stderr = os.Stderr
	if w.in, err = w.command.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start PDF worker: %w", err)
	}
	if w.out, err = w.command.StdoutPipe(); err != nil {
		return nil, fmt.Errorf("start PDF worker: %w", err)
	}
	if err := w.command.Start(); err != nil {
		return nil, fmt.Errorf("start PDF worker: %w", err)
	}
	timer := time.AfterFunc(startTime, func() { _ = w.command.Process.Kill() })
	defer timer.Stop()
	var ready reply
	if err := errors.Join(send(w.in, request{CacheDir: o.CacheDir, Limits: o.Limits, OCR: o.OCR}), receive(w.out, &ready)); err != nil {
		w.stop()
		return nil, fmt.Errorf("start PDF worker: %w", err)
	}
	if ready.Error != "" {
		w.stop()
		return nil, fmt.Errorf("start PDF worker: %s", ready.Error)
	}
	return w, nil
}

// ask has the worker do what q says. It also says whether the worker may go on.
func (w *worker) ask(ctx context.Context, q request, wall time.Duration) (r reply, healthy bool, err error) {
	limited, cancel := context.WithTimeout(ctx, wall)
	defer cancel()
	stop := context.AfterFunc(limited, func() { _ = w.command.Process.Kill() })
	defer stop()
	err = send(w.in, q)
	if err == nil {
		err = receive(w.out, &r)
	}
	switch {
	case ctx.Err() != nil:
		return r, false, ctx.Err()
	case limited.Err() != nil:
		return r, false, fmt.Errorf("%w: not read within %v; read it by hand", extract.ErrLimit, wall)
	case err != nil:
		return r, false, fmt.Errorf("%w: the parser died of it (%v); read it by hand", extract.ErrLimit, err)
	}
	return r, !r.Spoilt, r.err()
}

// stop ends the process, by force if it does not end at once.
func (w *worker) stop() {
	_ = w.in.Close()
	_ = w.command.Process.Kill()
	_ = w.command.Wait()
}

// RunWorker serves a Pool over stdin and stdout until stdin ends: it reads
// documents one after another, each within the limits that the pool gave. The
// program calls it when it is started with Options.WorkerCommand.
func RunWorker(stdin io.Reader, stdout io.Writer) error {
	debug.SetGCPercent(400) // every document takes and drops tens of megabytes at once
	var setup request
	if err := receive(stdin, &setup); err != nil {
		return fmt.Errorf("PDF worker: %w", err)
	}
	e, err := newEngine(setup.CacheDir, false, 1)
	if err != nil {
		return errors.Join(err, send(stdout, newReply(nil, nil, err)))
	}
	defer func() { _ = e.close() }()
	if err := limitProcess(); err != nil {
		return errors.Join(err, send(stdout, newReply(nil, nil, err)))
	}
	if err := send(stdout, reply{}); err != nil {
		return fmt.Errorf("PDF worker: %w", err)
	}
	for {
		var r request
		if err := receive(stdin, &r); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("PDF worker: %w", err)
		}
		var second secondReader
		doc := reading{engine: e, second: &second, limits: setup.Limits, ocr: setup.OCR}
		limited, cancel := context.WithTimeout(context.Background(), doc.wall(r))
		answer := doc.answer(limited, r)
		cancel()
		answer.Spoilt = second.hung.Load() > 0
		if err := send(stdout, answer); err != nil {
			return fmt.Errorf("PDF worker: %w", err)
		}
	}
}
