package archive

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"path/filepath"
	"time"

	"gongkai"
)

// Put stores a document: a local file, or a fetched one with what the crawler
// knows about it. It is on the disk when Put returns. Putting the same document
// again does nothing, whenever it was fetched; bytes that the archive holds
// already are stored as a reference to them. What can no longer be read is
// written again, and noted as healed.
func (a *Archive) Put(ctx context.Context, d *gongkai.Document) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.Name == "" {
		return errors.New("put document: it has no name")
	}
	if len(d.Body) == 0 {
		return fmt.Errorf("put document %s: it is empty", d.Name)
	}
	e := &Entry{Type: TypeResource, Kind: KindDocument, Time: a.now().UTC().Truncate(time.Microsecond), Size: int64(len(d.Body))}
	e.describe(d)
	e.Hash = d.Hash()
	e.Payload = e.Hash
	err := a.put(e, d)
	if err != nil {
		return fmt.Errorf("put document %s: %w", d.Name, err)
	}
	return nil
}

func (a *Archive) put(e *Entry, d *gongkai.Document) error {
	held, err := a.find(byKey, e.key(), 0)
	if err != nil {
		return err
	}
	heals := held != nil && held.sameDocument(e)
	if heals {
		if ok, err := a.readable(held); ok || err != nil {
			return err
		}
	}
	twin, err := a.withPayload(e.Payload)
	if err != nil {
		return err
	}
	if twin != nil && a.intact(twin) {
		e.Type = TypeRevisit
		target := e.target()
		err = a.append(e, target, revisit(e, target, twin, profileIdentical, "", nil))
	} else {
		heals = heals || twin != nil
		target := targetURI(d)
		r := newRecord("resource", newID(), target, e.Time, mediaType(d.MediaType), d.Body)
		r.add("WARC-Payload-Digest", "sha256:"+e.Payload)
		err = a.append(e, target, r)
	}
	if err == nil && heals {
		err = a.heal(e)
	}
	return err
}

// sameDocument reports whether two entries give the same document with the same
// provenance, but for the time.
func (e *Entry) sameDocument(o *Entry) bool {
	x, y := e.document(nil), o.document(nil)
	return e.Hash == o.Hash && x.Name == y.Name && x.URL == y.URL &&
		x.MediaType == y.MediaType && x.AgencyID == y.AgencyID && x.Year == y.Year &&
		x.LinkTitle == y.LinkTitle && x.Published == y.Published && (x.Stated == y.Stated || x.Stated != nil && y.Stated != nil && *x.Stated == *y.Stated) &&
		x.Pages == y.Pages && x.Page == y.Page && x.FirstPage == y.FirstPage
}

// The WARC/1.1 revisit profiles.
const (
	profileIdentical   = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	profileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// revisit makes a record that refers to an earlier capture of the same bytes.
// head is the HTTP head of the new response; empty for a local file.
func revisit(e *Entry, target string, twin *Entry, profile, address string, head []byte) *record {
	contentType := ""
	if len(head) > 0 {
		contentType = "application/http;msgtype=response"
	}
	r := newRecord("revisit", newID(), target, e.Time, contentType, head)
	r.add("WARC-IP-Address", address)
	r.add("WARC-Payload-Digest", "sha256:"+twin.Payload)
	r.add("WARC-Profile", profile)
	r.add("WARC-Refers-To", twin.Record)
	r.add("WARC-Refers-To-Target-URI", twin.target())
	r.add("WARC-Refers-To-Date", twin.Time.UTC().Format(dateLayout))
	return r
}

// target returns the WARC-Target-URI of e.
func (e *Entry) target() string {
	return targetURI(e.document(nil))
}

// targetURI returns the document's URL, or a file URI made of its name.
func targetURI(d *gongkai.Document) string {
	if u, err := url.Parse(d.URL); err == nil && u.IsAbs() {
		return u.String()
	}
	return (&url.URL{Scheme: "file", Path: "/" + filepath.ToSlash(d.Name)}).String()
}

// mediaType returns a media type fit for a WARC header.
func mediaType(declared string) string {
	if _, _, err := mime.ParseMediaType(declared); err != nil {
		return "application/octet-stream"
	}
	return declared
}

// intact reports whether the bytes of a stored capture can still be read. A
// reference to damaged bytes would lose the good ones at hand.
func (a *Archive) intact(e *Entry) bool {
	_, err := a.body(e)
	return err == nil
}
