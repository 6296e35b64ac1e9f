package warehouse

import (
	"context"
	"errors"
	"io"
	"os"

	"gongkai/internal/durable"
)

// A held is the published warehouse while a new one is made: until it is
// released nobody can write to it, which would be lost with it.
type held struct {
	db       *DB      // nil if there is none, or none that can be read
	file     *os.File // the same
	baseline *DB      // what the new one must not fall short of: db, or the one before it; nil if there is neither
}

// holdOld opens the published warehouse. One that cannot be read is in the way
// of a copy, but not of a new one; what was published before it counts then.
func (p *Publication) holdOld(ctx context.Context) (h *held, err error) {
	h = &held{}
	if _, err := os.Lstat(p.Path); errors.Is(err, os.ErrNotExist) {
		return h, nil
	}
	o := Options{ReadOnly: true, Forms: p.Options.Forms, MemoryLimit: p.Options.MemoryLimit, Threads: p.Options.Threads}
	if p.Anew {
		o.Forms = nil // of other forms is good enough
	}
	h.db, err = Open(ctx, p.Path, o)
	switch {
	case err == nil:
		// Whoever closes a file ends all locks that its process has on it, so this
		// one stays open as long as the other.
		if h.file, err = os.Open(p.Path); err != nil {
			h.release()
			return nil, err
		}
		h.baseline = h.db
	case !p.Anew || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrSchema):
		return nil, err
	default:
		if h.baseline, err = Open(ctx, p.previous(), o); err != nil {
			h.baseline = nil // there is nothing good to fall short of
		}
	}
	return h, nil
}

// release lets the old warehouse go. It was only read: an error of closing it
// says nothing about the new one.
func (h *held) release() {
	if h.baseline != h.db {
		_ = h.baseline.closeOpened()
	}
	_ = h.db.closeOpened()
	if h.file != nil {
		_ = h.file.Close()
	}
}

// closeOpened closes a warehouse that may be nil.
func (w *DB) closeOpened() error {
	if w == nil {
		return nil
	}
	return w.Close()
}

// copyTo copies the old file. Without one there is nothing to copy.
func (h *held) copyTo(d durable.Disk, path string) error {
	if h.file == nil {
		return nil
	}
	if _, err := h.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return d.Copy(path, h.file)
}

// copyLog copies the write-ahead log that another program left beside the old
// file: it is applied when the copy is opened.
func (h *held) copyLog(d durable.Disk, path string) error {
	if h.file == nil {
		return nil
	}
	log, err := os.Open(h.file.Name() + walSuffix)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer log.Close()
	return d.Copy(path+walSuffix, log)
}
