// Package faults has disks that fail, for tests.
package faults

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// A Way is how a step fails.
type Way string

// The ways of failing.
const (
	Never  Way = "never"
	Before Way = "before" // it is not done
	After  Way = "after"  // it is done, but fails: the data may not have reached the disk
	Onward Way = "onward" // it is not done, and neither is any step after it
	Killed Way = "killed" // the process dies before it
)

// Err is the error of a step that was made to fail.
var Err = errors.New("this step was made to fail")

// A Disk fails at one of the steps of publishing. Its method Take is a
// durable.Disk.
type Disk struct {
	Way Way
	At  int // the number of the step, from 1

	mu    sync.Mutex
	steps []string
}

// Take takes a step or fails.
func (d *Disk) Take(step, path string, do func() error) error {
	d.mu.Lock()
	d.steps = append(d.steps, step+" "+filepath.Base(path))
	n := len(d.steps)
	d.mu.Unlock()
	fails := n == d.At && d.Way != Never || n > d.At && d.Way == Onward
	if !fails {
		return do()
	}
	switch d.Way {
	case Killed:
		p, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = p.Kill()
		}
		fmt.Fprintln(os.Stderr, "cannot kill this process:", err)
		select {} // until it arrives
	case After:
		return errors.Join(do(), d.fault(step, path))
	}
	return d.fault(step, path)
}

func (d *Disk) fault(step, path string) error { return fmt.Errorf("%s %s: %w", step, path, Err) }

// Steps returns the steps that were taken, the one that failed among them.
func (d *Disk) Steps() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.steps...)
}
