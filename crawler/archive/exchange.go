package archive

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// An Exchange is one HTTP request and what came of it.
type Exchange struct {
	Started   time.Time
	Request   *http.Request  // as sent; its Body is not read
	Form      []byte         // the body that was sent
	Response  *http.Response // nil if there was none; its Body is not read
	Payload   []byte         // the body as received: transfer encoding undone, content encoding kept
	Document  []byte         // the same with the content encoding undone
	Encoding  string         // what was undone between the two: "gzip", "deflate" or nothing
	Truncated string         // why Payload is not whole, a WARC-Truncated reason: "length", "time", "disconnect"
	Address   string         // IP address of the server; empty if not known

	Kind       string // one of the kinds of [Entry]
	Failure    string // code of what went wrong; empty if nothing
	Quarantine string // code of why the page is not what it seems; empty if it is
	Detail     string // either in words

	AgencyID string // what is known of the document
	Year     int
}

// Record stores an exchange. It is on the disk when Record returns. Bytes that
// the archive holds already, and the answer 304, are stored as a reference to
// the earlier capture.
func (a *Archive) Record(ctx context.Context, x *Exchange) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e := x.entry(a.now)
	target := e.target()
	records := make([]*record, 0, 3)
	heals := false
	if x.Response != nil {
		r, broken, err := a.answer(e, target, x)
		if err != nil {
			return fmt.Errorf("record %s: %w", e.URL, err)
		}
		records, heals = append(records, r), broken
	}
	req := newRecord("request", newID(), target, e.Time, "application/http;msgtype=request", requestBlock(x.Request, x.Form))
	req.add("WARC-IP-Address", x.Address)
	if len(records) > 0 {
		req.add("WARC-Concurrent-To", records[0].get("WARC-Record-ID"))
	}
	err := a.append(e, target, append(records, req)...)
	if err == nil && heals {
		err = a.heal(e)
	}
	if err != nil {
		return fmt.Errorf("record %s: %w", e.URL, err)
	}
	return nil
}

// entry describes the exchange, but for what depends on earlier captures.
func (x *Exchange) entry(now func() time.Time) *Entry {
	at := x.Started
	if at.IsZero() {
		at = now()
	}
	at = at.UTC().Truncate(time.Microsecond)
	u := urlOf(x.Request.URL)
	e := &Entry{
		Type: TypeFailure, Time: at, Fetched: &at, Method: cmp.Or(x.Request.Method, http.MethodGet), URL: u, Name: u,
		Form: string(x.Form), Address: x.Address,
		Kind: x.Kind, Failure: x.Failure, Quarantine: x.Quarantine, Detail: x.Detail,
		AgencyID: x.AgencyID, Year: x.Year,
	}
	if r := x.Response; r != nil {
		e.Status = r.StatusCode
		e.MediaType = r.Header.Get("Content-Type")
		e.ETag = r.Header.Get("ETag")
		e.LastModified = r.Header.Get("Last-Modified")
		e.TransferEncoding = strings.Join(r.TransferEncoding, ", ")
	}
	return e
}

// answer makes the record of the response and completes the entry. It reports
// whether an earlier capture of the same bytes can no longer be read.
func (a *Archive) answer(e *Entry, target string, x *Exchange) (r *record, heals bool, err error) {
	h := responseHead(x.Response)
	payload, document := x.sums()
	if x.Truncated == "" || x.Failure == "" { // nobody needs the whole body of a redirect
		twin, profile, err := a.twin(e, payload, document)
		if err != nil {
			return nil, false, err
		}
		if twin != nil && a.intact(twin) {
			e.Type, e.Payload, e.Hash, e.Size, e.Encoding = TypeRevisit, twin.Payload, twin.Hash, twin.Size, twin.Encoding
			e.MediaType = cmp.Or(e.MediaType, twin.MediaType)
			e.ETag = cmp.Or(e.ETag, twin.ETag)
			e.LastModified = cmp.Or(e.LastModified, twin.LastModified)
			return revisit(e, target, twin, profile, x.Address, h), false, nil
		}
		e.Type, e.Hash, e.Size, e.Encoding = TypeResponse, document, int64(len(x.Document)), x.Encoding
		heals = twin != nil && twin.Hash == document
	}
	e.Payload = payload
	r = newRecord("response", newID(), target, e.Time, "application/http;msgtype=response", h, x.Payload)
	r.add("WARC-IP-Address", x.Address)
	r.add("WARC-Payload-Digest", "sha256:"+e.Payload)
	r.add("WARC-Truncated", x.Truncated)
	return r, heals, nil
}

// sums returns the SHA-256 of payload and document, which are most often the
// same bytes in memory.
func (x *Exchange) sums() (payload, document string) {
	payload = hexSum(x.Payload)
	if n := len(x.Payload); n == len(x.Document) && (n == 0 || &x.Payload[0] == &x.Document[0]) {
		return payload, payload
	}
	return payload, hexSum(x.Document)
}

// twin finds the earlier capture that the response repeats.
func (a *Archive) twin(e *Entry, payload, document string) (twin *Entry, profile string, err error) {
	profile = profileIdentical
	if e.Status == http.StatusNotModified {
		profile = profileNotModified
		last, err := a.find(byKey, e.key(), good)
		if err != nil || last == nil {
			return nil, "", err
		}
		twin, err = a.find(byHash, sumKey(last.Hash), 0)
		if err != nil {
			return nil, "", err
		}
	} else if payload != emptySum {
		if twin, err = a.withPayload(payload); err != nil {
			return nil, "", err
		}
		if twin != nil && twin.Hash != document {
			twin = nil // the same payload sent with another encoding is another document
		}
	}
	return twin, profile, nil
}

// withPayload returns the newest capture that stores the payload, or nil.
func (a *Archive) withPayload(sum string) (*Entry, error) {
	if e, err := a.find(byPayload, sumKey(sum), 0); e != nil || err != nil {
		return e, err
	}
	e, err := a.find(byHash, sumKey(sum), 0)
	if e != nil && e.Payload != sum {
		return nil, nil
	}
	return e, err
}

// emptySum is the SHA-256 of no bytes.
const emptySum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// urlOf returns the URL without its fragment, which is never sent.
func urlOf(u *url.URL) string {
	v := *u
	v.Fragment, v.RawFragment = "", ""
	return v.String()
}

// responseHead writes status line and header fields as net/http keeps them.
// Transfer-Encoding is not among them: the payload is stored without it.
func responseHead(r *http.Response) []byte {
	var b bytes.Buffer
	text := strings.TrimSpace(strings.TrimPrefix(r.Status, fmt.Sprint(r.StatusCode)))
	fmt.Fprintf(&b, "HTTP/1.1 %03d %s\r\n", r.StatusCode, lineBreaks.Replace(cmp.Or(text, http.StatusText(r.StatusCode))))
	_ = r.Header.Write(&b) // a bytes.Buffer takes everything
	b.WriteString("\r\n")
	return b.Bytes()
}

func requestBlock(r *http.Request, form []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", cmp.Or(r.Method, http.MethodGet), r.URL.RequestURI(), cmp.Or(r.Host, r.URL.Host))
	_ = r.Header.Write(&b)
	b.WriteString("\r\n")
	b.Write(form)
	return b.Bytes()
}
