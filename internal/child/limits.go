package child

import (
	"os"
	"sync/atomic"
	"time"
)

// Limits bound the process that sets them on itself. Zero fields set no limit.
type Limits struct {
	Address int64         // bytes of address space; Go and its libraries reserve 2 GB of it before they do anything
	Data    int64         // bytes of memory that it may write to
	File    int64         // bytes of a file that it writes
	Open    int           // open files
	CPU     time.Duration // processor time of one piece of work: see Begin
}

// exitCPU is the exit code of a process that met its limit of processor time.
const exitCPU = 124

// A Watch ends this process when a piece of work takes too much processor time.
type Watch struct {
	limit time.Duration
	until atomic.Int64 // processor time of the process; 0 while there is no work
}

// watchTime is how often processor time is looked at.
const watchTime = 20 * time.Millisecond

// Set sets the limits for good and returns the watch over processor time.
func (l Limits) Set() (*Watch, error) {
	if err := l.set(); err != nil {
		return nil, err
	}
	w := &Watch{limit: l.CPU}
	if l.CPU > 0 {
		go func() {
			for range time.Tick(watchTime) {
				if until := w.until.Load(); until > 0 && int64(cpuTime()) > until {
					os.Exit(exitCPU)
				}
			}
		}()
	}
	return w, nil
}

// Begin says that a piece of work begins, End that it has ended.
func (w *Watch) Begin() {
	if w.limit > 0 {
		w.until.Store(int64(cpuTime() + w.limit))
		limitCPU(cpuTime() + w.limit)
	}
}

// End says that a piece of work has ended.
func (w *Watch) End() { w.until.Store(0) }
