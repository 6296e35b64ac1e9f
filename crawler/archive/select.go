package archive

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"time"

	"gongkai"
)

// Select gives the documents that are wanted, in the order and in the way of
// [Archive.Documents]. want is given the hash and the document without its
// bytes; those of the others are not read.
func (a *Archive) Select(ctx context.Context, want func(hash string, d *gongkai.Document) bool) iter.Seq2[*gongkai.Document, error] {
	return func(yield func(*gongkai.Document, error) bool) {
		all := a.snapshot()
		documents, err := all.distinct()
		if err != nil {
			yield(nil, err)
			return
		}
		for _, c := range documents {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			e, err := c.entry(all)
			if err != nil {
				yield(nil, err)
				return
			}
			d := e.document(nil)
			d.Returned = c.returned
			if want(e.Hash, d) && !yield(a.load(e, d)) {
				return
			}
		}
	}
}

// load completes a document with its bytes.
func (a *Archive) load(e *Entry, d *gongkai.Document) (*gongkai.Document, error) {
	var err error
	if d.Body, err = a.body(e); err != nil {
		return nil, &Unread{Name: e.Name, Hash: e.Hash, Err: err}
	}
	if !a.whole(e) {
		a.notice(&Damage{File: e.File, Offset: e.Offset, end: e.Offset + e.Length, Detail: "the capture of " + e.Name + " is not as it was written, though its document can still be read"})
	}
	return d, nil
}

// An Unread is a document whose bytes cannot be read.
type Unread struct {
	Name, Hash string
	Err        error
}

func (u *Unread) Error() string {
	return fmt.Sprintf("read document %s (%s): %v", u.Name, u.Hash, u.Err)
}

func (u *Unread) Unwrap() error { return u.Err }

// A captured document is its first capture, brought up to date by later ones.
// There may be millions, so it only says which those are.
type captured struct {
	first    int   // the capture's place in the snapshot
	later    []int // of those under its name
	name     [sha256.Size]byte
	returned time.Time
}

// distinct returns what was captured of every document, in the order of first
// capture.
func (all snapshot) distinct() ([]*captured, error) {
	first := map[[sha256.Size]byte]*captured{} // by hash
	at := map[[sha256.Size]byte][]*captured{}  // name → what it gave, the latest last
	var out []*captured
	for i, s := range all.slots {
		if s.marks&document == 0 {
			continue
		}
		e, err := all.entry(i)
		if err != nil {
			return nil, err
		}
		hash, name := sha256.Sum256([]byte(e.Hash)), sha256.Sum256([]byte(e.Name))
		d := first[hash]
		if d == nil {
			d = &captured{first: i, name: name}
			first[hash] = d
			out = append(out, d)
		} else if last := len(at[name]) - 1; last >= 0 && at[name][last] != d {
			d.returned = e.Time
			if e.Fetched != nil {
				d.returned = *e.Fetched
			}
		}
		at[name] = append(slices.DeleteFunc(at[name], func(o *captured) bool { return o == d }), d)
		for _, o := range at[name] {
			if o.name == name && o.first < i {
				o.later = append(o.later, i)
			}
		}
	}
	return out, nil
}

// entry returns the document's first capture, brought up to date.
func (d *captured) entry(all snapshot) (*Entry, error) {
	e, err := all.entry(d.first)
	for _, i := range d.later {
		if err != nil {
			break
		}
		var later *Entry
		if later, err = all.entry(i); err == nil {
			e.update(later)
		}
	}
	return e, err
}

// update takes over what a later capture under the document's name says: about
// the same bytes all of it, about other bytes whose report of the year it is.
func (e *Entry) update(later *Entry) {
	if e.Hash != later.Hash {
		if e.Year == later.Year && later.AgencyID != "" {
			e.AgencyID = later.AgencyID
		}
		return
	}
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
	if later.Stated != nil {
		e.Stated, e.URL = later.Stated, later.URL
	}
	e.Pages, e.Page, e.FirstPage = later.Pages, later.Page, later.FirstPage
}
