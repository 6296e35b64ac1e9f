package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"gongkai"
)

// Documents gives every document of the archive once, in the order of first
// capture. Bytes that were captured several times, or under several addresses,
// are one document: named and dated by the first capture, with what the crawler
// knew about it (agency, year, link title, date) at the latest capture under
// that name. A document that cannot be read is given as an error and the rest
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

// distinct returns one entry per document, in the order of first capture.
func (a *Archive) distinct() []*Entry {
	first := map[string]*Entry{}
	var out []*Entry
	for e := range a.List() {
		if !e.IsDocument() {
			continue
		}
		d := first[e.Hash]
		if d == nil {
			d = new(e)
			first[e.Hash] = d
			out = append(out, d)
			continue
		}
		if d.Name == e.Name {
			d.update(e)
		}
	}
	return out
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

func (a *Archive) load(e *Entry) (*gongkai.Document, error) {
	body, err := a.body(e)
	if err != nil {
		return nil, fmt.Errorf("read document %s (%s): %w", e.Name, e.Hash, err)
	}
	return e.document(body), nil
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
