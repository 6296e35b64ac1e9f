package archive

import (
	"os"
	"path/filepath"
	"slices"
)

// whole reports whether a capture stands in its file as it was written.
func (a *Archive) whole(e *Entry) bool {
	f, err := os.Open(filepath.Join(a.dir, e.File))
	if err != nil {
		return false
	}
	defer f.Close()
	sum, err := sumOf(f, e.Offset, e.Length)
	return err == nil && sum == e.Sum
}

// readable reports whether a capture and the one that stores its bytes stand as
// they were written.
func (a *Archive) readable(e *Entry) (bool, error) {
	store, err := a.find(byHash, sumKey(e.Hash), 0)
	if err != nil || store == nil {
		return false, err
	}
	return a.whole(e) && (store.Record == e.Record || a.whole(store)), nil
}

// heal notes of the captures that gave the bytes of e, or that asked for the same
// and got them, which cannot be read: e has written them again.
func (a *Archive) heal(e *Entry) error {
	var same []*Entry
	gather := func(o *Entry) bool {
		if o.Hash == e.Hash && o.Record != e.Record && !slices.ContainsFunc(same, func(x *Entry) bool { return x.Record == o.Record }) {
			same = append(same, o)
		}
		return false // on to the next
	}
	for by, k := range e.keys() {
		if _, err := a.pick(link(by), k, 0, gather); err != nil {
			return err
		}
	}
	if _, err := a.pick(byHash, sumKey(e.Hash), 0, gather); err != nil {
		return err
	}
	for _, o := range same {
		if a.settled(&Damage{File: o.File, Offset: o.Offset, end: o.Offset + o.Length}) || a.whole(o) {
			continue
		}
		if err := a.note(Note{Event: EventHealed, File: o.File, Offset: o.Offset, Length: o.Length, Name: o.Name, Hash: o.Hash}); err != nil {
			return err
		}
	}
	return nil
}
