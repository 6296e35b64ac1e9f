package transport

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A watch cancels an exchange that takes too long. It has one timer for all
// limits, which goes off at the nearest and then looks what is over.
type watch struct {
	limits Limits
	cancel context.CancelCauseFunc

	mu       sync.Mutex
	timer    *time.Timer
	due      time.Time // when the timer goes off
	end      time.Time // of everything
	until    time.Time // of what is waited for now
	answered bool      // it is more of the body, not the headers
}

func newWatch(l Limits, cancel context.CancelCauseFunc) *watch {
	now := time.Now()
	w := &watch{limits: l, cancel: cancel, end: now.Add(l.Total), until: now.Add(l.Header)}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.due = w.nearest()
	w.timer = time.AfterFunc(w.due.Sub(now), w.look)
	return w
}

func (w *watch) nearest() time.Time {
	if w.end.Before(w.until) {
		return w.end
	}
	return w.until
}

// moved notes that something came: the headers, or a piece of the body.
func (w *watch) moved() {
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answered, w.until = true, now.Add(w.limits.Idle)
	if at := w.nearest(); at.Before(w.due) {
		w.due = at
		w.timer.Reset(at.Sub(now))
	}
}

// look cancels the exchange if a limit is over, and else waits for the next.
func (w *watch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch now := time.Now(); {
	case !now.Before(w.end):
		w.cancel(stop(fmt.Sprintf("not done in %v", w.limits.Total)))
	case !now.Before(w.until) && w.answered:
		w.cancel(stop(fmt.Sprintf("nothing came for %v", w.limits.Idle)))
	case !now.Before(w.until):
		w.cancel(stop(fmt.Sprintf("no answer in %v", w.limits.Header)))
	default:
		w.due = w.nearest()
		w.timer.Reset(w.due.Sub(now))
	}
}
