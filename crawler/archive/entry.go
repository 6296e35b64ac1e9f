package archive

import (
	"time"

	"gongkai"
)

// An Entry describes one capture. It is stored whole, but for its place, in the
// capture's metadata record, so that the index can be made again.
type Entry struct {
	File   string `json:"file,omitempty"`   // the WARC file's base name
	Offset int64  `json:"offset,omitempty"` // where the group starts, in bytes
	Length int64  `json:"length,omitempty"` // the group's length, in bytes
	Sum    string `json:"sum,omitempty"`    // SHA-256 of the group's compressed bytes; only in the index

	Type   string    `json:"type"`   // TypeResponse, TypeRevisit, TypeResource or TypeFailure
	Record string    `json:"record"` // WARC-Record-ID of the principal record
	Time   time.Time `json:"time"`   // when the exchange began or the file was put, UTC

	Method           string `json:"method,omitempty"`
	URL              string `json:"url,omitempty"`
	Form             string `json:"form,omitempty"` // the request's body
	Status           int    `json:"status,omitempty"`
	Address          string `json:"address,omitempty"`           // IP address of the server
	TransferEncoding string `json:"transfer_encoding,omitempty"` // as served; undone in the stored record
	Encoding         string `json:"encoding,omitempty"`          // what leads from the payload to the document: "gzip", "deflate" or nothing
	ETag             string `json:"etag,omitempty"`
	LastModified     string `json:"last_modified,omitempty"`

	Payload string `json:"payload,omitempty"` // SHA-256 of the stored payload, Content-Encoding kept
	Hash    string `json:"hash,omitempty"`    // SHA-256 of the document's bytes, Content-Encoding undone
	Size    int64  `json:"size"`              // bytes of the document

	Kind       string `json:"kind,omitempty"`       // one of the kinds below
	Failure    string `json:"failure,omitempty"`    // code of what went wrong, such as "E_SIZE"; the capture is no document
	Quarantine string `json:"quarantine,omitempty"` // code of why the page is not what it seems, such as "E_SOFT404"
	Detail     string `json:"detail,omitempty"`     // failure or quarantine in words

	Name      string          `json:"name,omitempty"`
	MediaType string          `json:"media_type,omitempty"`
	Fetched   *time.Time      `json:"fetched,omitempty"`
	AgencyID  string          `json:"agency,omitempty"`
	Year      int             `json:"year,omitempty"`
	LinkTitle string          `json:"link_title,omitempty"`
	Published string          `json:"published,omitempty"`
	Stated    *gongkai.Stated `json:"stated,omitempty"`     // what the person who gave the file says
	Pages     int             `json:"pages,omitempty"`      // of a report that is split, see gongkai.Document
	Page      int             `json:"page,omitempty"`       // which one of them this is
	FirstPage string          `json:"first_page,omitempty"` // and the name of the first
}

// The types of capture.
const (
	TypeResponse = "response" // an HTTP response, stored whole
	TypeRevisit  = "revisit"  // the same bytes as an earlier capture
	TypeResource = "resource" // a local file, stored whole
	TypeFailure  = "failure"  // no complete response
)

// The kinds of capture: what the crawler was looking for.
const (
	KindList       = "list"
	KindDocument   = "document"
	KindAttachment = "attachment"
	KindRobots     = "robots"
	KindPage       = "page" // evidence: Put makes a document of it, or nothing does
)

// IsDocument reports whether the capture holds a document for extraction: an
// undamaged, unsuspected answer to a request for one.
func (e *Entry) IsDocument() bool {
	if e.Failure != "" || e.Quarantine != "" || e.Hash == "" {
		return false
	}
	if e.Status != 0 && e.Status != 200 && e.Status != 304 {
		return false
	}
	return e.Kind == KindDocument || e.Kind == KindAttachment
}

// A key identifies what was asked for: two captures with one key are captures
// of the same thing at different times.
type key struct{ method, url, form string }

func (e *Entry) key() key {
	if e.Method == "" {
		return key{url: e.Name} // a local file
	}
	return key{e.Method, e.URL, e.Form}
}

// document makes the document of e around its bytes.
func (e *Entry) document(body []byte) *gongkai.Document {
	d := &gongkai.Document{
		Name: e.Name, URL: e.URL, MediaType: e.MediaType, Body: body,
		AgencyID: e.AgencyID, Year: e.Year, LinkTitle: e.LinkTitle, Published: e.Published, Stated: e.Stated,
		Pages: e.Pages, Page: e.Page, FirstPage: e.FirstPage,
	}
	if e.Fetched != nil {
		d.Fetched = *e.Fetched
	}
	return d
}

// describe copies the provenance of d into e.
func (e *Entry) describe(d *gongkai.Document) {
	e.Name, e.URL, e.MediaType = d.Name, d.URL, d.MediaType
	e.AgencyID, e.Year, e.LinkTitle, e.Published = d.AgencyID, d.Year, d.LinkTitle, d.Published
	e.Stated = d.Stated
	e.Pages, e.Page, e.FirstPage = d.Pages, d.Page, d.FirstPage
	if !d.Fetched.IsZero() {
		t := d.Fetched.UTC()
		e.Fetched = &t
	}
}
