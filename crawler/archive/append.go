package archive

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
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
	b, err := a.compress(append(records, m))
	if err == nil {
		err = a.store(&waiting{entry: e, group: b, meta: meta})
	}
	if err != nil {
		return fmt.Errorf("write to archive %s: %w", a.dir, err)
	}
	return nil
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
	if err := a.manifest.begin(name); err != nil {
		return err
	}
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

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// newID returns a random WARC-Record-ID. It has to be unique, not secret.
func newID() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], rand.Uint64())
	binary.BigEndian.PutUint64(b[8:], rand.Uint64())
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return "<urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:] + ">"
}
