// Package durable puts files and folders in their place whole: what stood there
// stays until the new has been written through to the disk.
package durable

import (
	"errors"
	"io"
	"os"
)

// The steps of publishing, as a [Disk] meets them.
const (
	Create     = "create"
	Write      = "write"
	Sync       = "sync"
	Close      = "close"
	Link       = "link"
	Rename     = "rename"
	Remove     = "remove"
	Checkpoint = "checkpoint" // of a database
	Open       = "open"       // of a database, to read back what was written
)

// A Disk takes every step of publishing: it is called with the name of the
// step, the path, and what is to be done. A nil Disk just does it. Tests have
// one that fails or dies at a step of their choice.
type Disk func(step, path string, do func() error) error

// Do takes a step.
func (d Disk) Do(step, path string, do func() error) error {
	if d == nil {
		return do()
	}
	return d(step, path, do)
}

// Copy writes all of from to a new file at path, through to the disk. A file
// that is there is replaced.
func (d Disk) Copy(path string, from io.Reader) (err error) {
	var f *os.File
	err = d.Do(Create, path, func() (err error) { f, err = os.Create(path); return err })
	if f != nil {
		defer func() { err = errors.Join(err, d.Do(Close, path, f.Close)) }()
	}
	if err != nil {
		return err
	}
	if err := d.Do(Write, path, func() error { _, err := io.Copy(f, from); return err }); err != nil {
		return err
	}
	return d.Do(Sync, path, f.Sync)
}

// Sync writes a file or folder through to the disk.
func (d Disk) Sync(path string) error {
	return d.Do(Sync, path, func() error {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

// Rename gives from the name to, in one step; a file that has it is gone then.
func (d Disk) Rename(from, to string) error {
	return d.Do(Rename, to, func() error { return os.Rename(from, to) })
}

// Link gives a file a second name.
func (d Disk) Link(from, to string) error {
	return d.Do(Link, to, func() error { return os.Link(from, to) })
}

// Remove removes files that may be gone already.
func (d Disk) Remove(paths ...string) error {
	var errs []error
	for _, path := range paths {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		errs = append(errs, d.Do(Remove, path, func() error { return os.Remove(path) }))
	}
	return errors.Join(errs...)
}
