package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

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
	return a.Select(ctx, func(string, *gongkai.Document) bool { return true })
}

// List gives all captures, oldest first: documents, lists, failures, revisits.
// It ends with an error if the index cannot be read.
func (a *Archive) List() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		all := a.snapshot()
		for i := range all.slots {
			e, err := all.entry(i)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if !yield(*e, nil) {
				return
			}
		}
	}
}

// Get returns the document with the given SHA-256 in lower-case hex, or
// [ErrNotFound].
func (a *Archive) Get(hash string) (*gongkai.Document, error) {
	for d, err := range a.Select(context.Background(), func(h string, _ *gongkai.Document) bool { return h == hash }) {
		return d, err
	}
	return nil, fmt.Errorf("document %s: %w", hash, ErrNotFound)
}

// Bytes returns the bytes of the document with the given hash, or
// [ErrNotFound]. It is Get without the provenance, and quick.
func (a *Archive) Bytes(hash string) ([]byte, error) {
	e, err := a.find(byHash, sumKey(hash), 0)
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", hash, err)
	}
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

// body returns the bytes of the document that e describes, checked against its
// hash.
func (a *Archive) body(e *Entry) ([]byte, error) {
	store, err := a.find(byHash, sumKey(e.Hash), 0)
	if err != nil {
		return nil, err
	}
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
