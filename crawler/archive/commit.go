package archive

import (
	"bytes"
	"fmt"
)

// A waiting is a group that waits to be on the disk.
type waiting struct {
	entry *Entry
	group []byte
	meta  []byte // the entry in JSON without its place
	done  bool
	err   error
}

// maxBatch is how much is written at once, in bytes, if more than one group
// waits.
const maxBatch = 1 << 20

// store returns when the group is on the disk and in the index. Of the callers
// that wait at the same time one writes the groups of all: one write and one
// fsync for them.
func (a *Archive) store(w *waiting) error {
	a.queueMu.Lock()
	a.queue = append(a.queue, w)
	a.queueMu.Unlock()
	a.commitMu.Lock()
	defer a.commitMu.Unlock()
	if w.done {
		return w.err
	}
	a.queueMu.Lock()
	all := a.queue
	a.queue = nil
	a.queueMu.Unlock()
	for len(all) > 0 {
		n := a.batch(all)
		a.commit(all[:n])
		all = all[n:]
	}
	return w.err
}

// batch returns how many of the groups are written at once: as many as were
// begun before the file is full.
func (a *Archive) batch(all []*waiting) int {
	size := a.size
	if size >= a.maxSize {
		size = 0 // they go into the next file
	}
	begin, n := size, 0
	for n < len(all) && (n == 0 || size < a.maxSize && size-begin+int64(len(all[n].group)) <= maxBatch) {
		size += int64(len(all[n].group))
		n++
	}
	return n
}

// commit stores a batch. If that fails each group is tried alone, so that one
// which finds no room costs itself only.
func (a *Archive) commit(batch []*waiting) {
	a.mu.Lock()
	err := a.write(batch)
	a.mu.Unlock()
	if err != nil && len(batch) > 1 {
		for i := range batch {
			a.commit(batch[i : i+1])
		}
		return
	}
	if err == nil {
		err = a.sync()
	}
	if err == nil {
		err = a.publish(batch)
	}
	for _, w := range batch {
		w.done, w.err = true, err
	}
}

// write writes the groups at the end of the current file, or begins the next,
// and sets their places. The caller holds the lock.
func (a *Archive) write(batch []*waiting) error {
	if a.readOnly {
		return ErrReadOnly
	}
	if a.err != nil {
		return a.err
	}
	if a.out == nil || a.size >= a.maxSize {
		if err := a.rotate(); err != nil {
			return err
		}
	}
	groups := make([][]byte, len(batch))
	for i, w := range batch {
		groups[i] = w.group
	}
	if a.size == 0 {
		info, err := a.warcinfo()
		if err != nil {
			return err
		}
		groups[0] = append(info, groups[0]...)
	}
	end := a.size
	for i, w := range batch {
		e := w.entry
		e.File, e.Offset, e.Length, e.Sum = a.name, end, int64(len(groups[i])), hexSum(groups[i])
		end += e.Length
	}
	all := groups[0]
	if len(groups) > 1 {
		all = bytes.Join(groups, nil)
	}
	if err := a.writeAll(all); err != nil {
		return a.undo(err)
	}
	a.size = end
	return nil
}

// sync brings what was written to the disk. Only the holder of commitMu changes
// which file that is. The manifest, which tells of the batch before, is brought
// there at the same time: it must not tell of more than the WARC file has.
func (a *Archive) sync() error {
	told := make(chan error, 1)
	go func() { told <- a.manifest.sync() }()
	err := a.out.Sync()
	lagging := <-told
	if err != nil {
		// What the disk holds now is unknown: only reading it again can tell.
		a.mu.Lock()
		a.err = fmt.Errorf("fsync of %s failed, open the archive again: %w", a.name, err)
		a.mu.Unlock()
		return err
	}
	if lagging != nil {
		return lagging
	}
	return a.reach("append-synced")
}

// publish makes the captures of a batch known.
func (a *Archive) publish(batch []*waiting) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	last := batch[len(batch)-1].entry
	if err := a.manifest.add(last.File, last.Offset+last.Length, len(batch), last.Sum); err != nil {
		return err
	}
	if err := a.reach("append-told"); err != nil {
		return err
	}
	for _, w := range batch {
		a.index.append(w.entry, w.entry.line(w.meta))
	}
	return a.reach("append-indexed")
}
