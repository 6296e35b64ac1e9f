//go:build !linux

package child

import (
	"syscall"
	"time"
)

func apart() *syscall.SysProcAttr { return nil }

// set does nothing: other systems do not bound a Go process in a way that it
// survives. The parent's deadline, and processor time measured as time since
// the start, still hold.
func (Limits) set() error { return nil }

func limitCPU(time.Duration) {}

var started = time.Now()

func cpuTime() time.Duration { return time.Since(started) }
