package archive

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// append writes the records and the metadata record of e, all about target, as
// one group and returns when they are on the disk. The first record is the
// principal; without any, the metadata record is.
func (a *Archive) append(e *Entry, target string, records ...*record) error {
	id := newID()
	e.Record = id
	if len(records) > 0 {
		e.Record = records[0].get("WARC-Record-ID")
	}
	meta, err := json.Marshal(e)
	if err != nil {
		return err
	}
	m := newRecord("metadata", id, target, e.Time, "application/json", meta)
	if e.Record != id {
		m.add("WARC-Concurrent-To", e.Record)
	}
	out, err := a.place(e, append(records, m))
	if err != nil {
		return fmt.Errorf("write to archive %s: %w", a.dir, err)
	}
	if err := a.sync(out, e.File, e.Offset+e.Length); err != nil {
		return fmt.Errorf("write to archive %s: %w", a.dir, err)
	}
	line := e.line(meta)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.index.add(e)
	a.appendIndex(line)
	return a.reach("append-indexed")
}

// place writes a group of records at the end of the archive and sets its place
// in e.
func (a *Archive) place(e *Entry, group []*record) (*os.File, error) {
	b, err := a.compress(group)
	if err != nil {
		return nil, err
	}
	e.Length, e.Sum = int64(len(b)), hexSum(b)
	return a.write(e, b)
}

// compress makes the bytes of a group. There are no more compressors than
// processors, because they are large.
func (a *Archive) compress(group []*record) ([]byte, error) {
	z := <-a.compressors
	defer func() { a.compressors <- z }()
	if z == nil {
		z = newCompressor()
	}
	var out bytes.Buffer
	out.Grow(z.last)
	for _, r := range group {
		if err := r.appendTo(&out, z); err != nil {
			return nil, err
		}
	}
	z.last = min(out.Len(), maxGuess)
	return out.Bytes(), nil
}

// maxGuess is the most room that is made for a group beforehand, in bytes.
const maxGuess = 64 << 10

// write writes a group at the end of the current file, or begins the next.
func (a *Archive) write(e *Entry, b []byte) (*os.File, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.readOnly {
		return nil, ErrReadOnly
	}
	if a.err != nil {
		return nil, a.err
	}
	if a.out == nil || a.size >= a.maxSize {
		if err := a.rotate(); err != nil {
			return nil, err
		}
	}
	if a.size == 0 {
		info, err := a.warcinfo()
		if err != nil {
			return nil, err
		}
		b = append(info, b...)
		e.Length, e.Sum = int64(len(b)), hexSum(b)
	}
	e.File, e.Offset = a.name, a.size
	if err := a.writeAll(b); err != nil {
		return nil, a.undo(err)
	}
	a.size += int64(len(b))
	return a.out, nil
}

// writeAll writes b in one call, or in three with a hook between them.
func (a *Archive) writeAll(b []byte) error {
	if a.hook == nil {
		_, err := a.out.Write(b)
		return err
	}
	head, half := min(len(b), 16), len(b)/2
	steps := []struct {
		point string
		part  []byte
	}{{"append-begin", nil}, {"append-header", b[:head]}, {"append-middle", b[head:max(head, half)]}, {"append-written", b[max(head, half):]}}
	for _, s := range steps {
		if _, err := a.out.Write(s.part); err != nil {
			return err
		}
		if err := a.reach(s.point); err != nil {
			return err
		}
	}
	return nil
}

// undo cuts off a group that was not written whole, as when the disk is full.
// If even that fails the archive takes no more until it is opened again.
func (a *Archive) undo(cause error) error {
	if err := a.out.Truncate(a.size); err != nil {
		a.err = fmt.Errorf("a failed write could not be undone, open the archive again: %w", err)
		return errors.Join(cause, a.err)
	}
	return cause
}

// rotate begins the next file.
func (a *Archive) rotate() error {
	if a.out != nil {
		old := a.out
		a.out = nil
		if err := errors.Join(old.Sync(), old.Close()); err != nil {
			return err
		}
		if err := a.reach("rotate-closed"); err != nil {
			return err
		}
	}
	name := fileName(a.next)
	f, err := os.OpenFile(filepath.Join(a.dir, name), os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	a.out, a.name, a.size = f, name, 0
	a.next++
	if err := syncDir(a.dir); err != nil {
		return err
	}
	return a.reach("rotate-created")
}

// warcinfo makes the record that begins a file. It is written with the first
// capture, in one group.
func (a *Archive) warcinfo() ([]byte, error) {
	info := newRecord("warcinfo", newID(), "", a.now(), "application/warc-fields", []byte("software: gongkai\r\n"+
		"format: WARC File Format 1.1\r\n"+
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"))
	info.add("WARC-Filename", a.name)
	var b bytes.Buffer
	err := info.appendTo(&b, newCompressor())
	return b.Bytes(), err
}

// sync returns when the file is on the disk up to end. Callers that wait for
// the same file share one fsync.
func (a *Archive) sync(f *os.File, name string, end int64) error {
	a.syncMu.Lock()
	defer a.syncMu.Unlock()
	if a.synced[name] >= end {
		return a.reach("append-synced")
	}
	a.mu.RLock()
	size, current := a.size, a.name == name
	a.mu.RUnlock()
	if !current {
		size = end // rotation has synced and closed it
	} else if err := f.Sync(); err != nil && !errors.Is(err, os.ErrClosed) {
		// What the disk holds now is unknown: only reading it again can tell.
		a.mu.Lock()
		a.err = fmt.Errorf("fsync of %s failed, open the archive again: %w", name, err)
		a.mu.Unlock()
		return err
	}
	a.synced[name] = size
	return a.reach("append-synced")
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// newID returns a random WARC-Record-ID.
func newID() string {
	var b [16]byte
	_, _ = io.ReadFull(rand.Reader, b[:]) // never fails: crypto/rand ends the process instead
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return "<urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:] + ">"
}
