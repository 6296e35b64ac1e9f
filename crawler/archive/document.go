package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"gongkai"
)

// Documents gives every document of the archive once, in the order of first
// capture. Bytes that were captured several times, or under several addresses,
// are one document: named and dated by the first capture, with what the crawler
// knew about it (agency, year, link title, date) at the latest capture under
// that name, and with the time at which an address last gave them again after
// other bytes. A document that cannot be read is given as an error and the rest
// follow.
func (a *Archive) Documents(ctx context.Context) iter.Seq2[*gongkai.Document, error] {
	return func(yield func(*gongkai.Document, error) bool) {
		for _, e := range a.distinct() {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !yield(a.load(e)) {
				return
			}
		}
	}
}

// A captured document is its first capture, brought up to date by later ones.
type captured struct {
	Entry
	returned time.Time
}

// distinct returns what was captured of every document, in the order of first
// capture.
func (a *Archive) distinct() []*captured {
	first := map[string]*captured{}
	at := map[string][]*captured{} // name → what it gave, the latest last
	var out []*captured
	for e := range a.List() {
		if !e.IsDocument() {
			continue
		}
		d := first[e.Hash]
		if d == nil {
			d = &captured{Entry: e}
			first[e.Hash] = d
			out = append(out, d)
		} else if last := len(at[e.Name]) - 1; last >= 0 && at[e.Name][last] != d {
			d.returned = e.Time
			if e.Fetched != nil {
				d.returned = *e.Fetched
			}
		}
		at[e.Name] = append(slices.DeleteFunc(at[e.Name], func(o *captured) bool { return o == d }), d)
		for _, o := range at[e.Name] {
			o.update(e)
		}
	}
	return out
}

// update takes over what a later capture under the document's name says: about
// the same bytes all of it, about other bytes whose report of the year it is.
func (d *captured) update(later Entry) {
	switch {
	case d.Name != later.Name:
	case d.Hash == later.Hash:
		d.Entry.update(later)
	case d.Year == later.Year && later.AgencyID != "":
		d.AgencyID = later.AgencyID
	}
}

// document is the document without its bytes.
func (d *captured) document() *gongkai.Document {
	doc := d.Entry.document(nil)
	doc.Returned = d.returned
	return doc
}

// update takes over what a later capture says about the same document.
func (e *Entry) update(later Entry) {
	if later.AgencyID != "" {
		e.AgencyID = later.AgencyID
	}
	if later.Year != 0 {
		e.Year = later.Year
	}
	if later.LinkTitle != "" {
		e.LinkTitle = later.LinkTitle
	}
	if later.Published != "" {
		e.Published = later.Published
	}
	e.Pages, e.Page, e.FirstPage = later.Pages, later.Page, later.FirstPage
}

// List gives all captures, oldest first: documents, lists, failures, revisits.
func (a *Archive) List() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		a.mu.RLock()
		all := slices.Clone(a.index.entries)
		a.mu.RUnlock()
		slices.SortStableFunc(all, compareEntries)
		for _, e := range all {
			if !yield(*e) {
				return
			}
		}
	}
}

// compareEntries orders by place in the archive. Captures written at the same
// time may be acknowledged in another order than they stand.
func compareEntries(x, y *Entry) int {
	if n := fileNumber(x.File) - fileNumber(y.File); n != 0 {
		return n
	}
	return int(x.Offset - y.Offset)
}

// Get returns the document with the given SHA-256 in lower-case hex, or
// [ErrNotFound].
func (a *Archive) Get(hash string) (*gongkai.Document, error) {
	for _, e := range a.distinct() {
		if e.Hash == hash {
			return a.load(e)
		}
	}
	return nil, fmt.Errorf("document %s: %w", hash, ErrNotFound)
}

// Bytes returns the bytes of the document with the given hash, or
// [ErrNotFound]. It is Get without the provenance, and quick.
func (a *Archive) Bytes(hash string) ([]byte, error) {
	a.mu.RLock()
	e := a.index.byHash[hash]
	a.mu.RUnlock()
	if e == nil {
		return nil, fmt.Errorf("document %s: %w", hash, ErrNotFound)
	}
	return a.body(e)
}

// Extract writes the bytes of the document with the given hash to a new file.
func (a *Archive) Extract(hash, path string) error {
	d, err := a.Get(hash)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("extract document %s: %w", hash, err)
	}
	_, err = f.Write(d.Body)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("extract document %s: %w", hash, err)
	}
	return nil
}

func (a *Archive) load(e *captured) (*gongkai.Document, error) {
	body, err := a.body(&e.Entry)
	if err != nil {
		return nil, fmt.Errorf("read document %s (%s): %w", e.Name, e.Hash, err)
	}
	d := e.document()
	d.Body = body
	return d, nil
}

// body returns the bytes of the document that e describes, checked against its
// hash.
func (a *Archive) body(e *Entry) ([]byte, error) {
	a.mu.RLock()
	store := a.index.byHash[e.Hash]
	a.mu.RUnlock()
	if store == nil {
		return nil, &Damage{File: e.File, Offset: e.Offset, Detail: "the capture that holds the bytes is gone"}
	}
	p, err := a.read(store)
	if err != nil {
		return nil, err
	}
	body, err := store.bytes(p)
	if err != nil {
		return nil, &Damage{File: store.File, Offset: store.Offset, Detail: err.Error()}
	}
	return body, nil
}

// read returns the principal record of a capture.
func (a *Archive) read(e *Entry) (*record, error) {
	f, err := os.Open(filepath.Join(a.dir, e.File))
	if err != nil {
		return nil, &Damage{File: e.File, Offset: e.Offset, Detail: err.Error()}
	}
	defer f.Close()
	for g, d := range scan(f, e.File, e.Offset) {
		if d != nil {
			return nil, d
		}
		if g.entry.Record != e.Record {
			break
		}
		return g.principal(), nil
	}
	return nil, &Damage{File: e.File, Offset: e.Offset, Detail: "another capture stands here"}
}
