package archive

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"time"
)

// A CapturedFailure is given for a request whose capture holds no response but
// the reason why there was none.
type CapturedFailure struct {
	URL, Failure, Detail string
}

func (e *CapturedFailure) Error() string {
	return fmt.Sprintf("replay %s: %s: %s", e.URL, e.Failure, e.Detail)
}

// Code returns the code of the failure, such as "E_TIMEOUT".
func (e *CapturedFailure) Code() string { return e.Failure }

// Replay answers requests with their latest capture no later than until; with
// the latest of all if until is zero. It never touches the network: a request
// without a capture gets an error that wraps [ErrNotFound], and one whose
// capture is a failure gets a [*CapturedFailure]. Bodies come as served, with
// their Content-Encoding.
func (a *Archive) Replay(until time.Time) http.RoundTripper {
	return player(func(k key) (*Entry, *Entry) {
		for _, e := range backwards(a.index.byKey[k]) {
			if until.IsZero() || !e.Time.After(until) {
				return e, a.holder(e)
			}
		}
		return nil, nil
	}).over(a)
}

// Good answers requests with their latest good capture: a whole document or
// page that was not quarantined. Everything else is an error that wraps
// [ErrNotFound]. It is what a conditional request is made from.
func (a *Archive) Good() http.RoundTripper {
	return player(func(k key) (*Entry, *Entry) {
		e := a.lastGood(k, time.Time{})
		return e, a.holder(e)
	}).over(a)
}

// lastGood returns the latest good capture of a key. The caller holds the lock.
func (a *Archive) lastGood(k key, until time.Time) *Entry {
	for _, e := range backwards(a.index.byKey[k]) {
		good := e.Failure == "" && e.Quarantine == "" && e.Hash != "" && (e.Status == 200 || e.Status == 304)
		if good && (until.IsZero() || !e.Time.After(until)) {
			return e
		}
	}
	return nil
}

// holder returns the capture that stores the bytes of e. The caller holds the
// lock.
func (a *Archive) holder(e *Entry) *Entry {
	if e == nil || e.Hash == "" {
		return nil
	}
	return a.index.byHash[e.Hash]
}

func backwards(es []*Entry) func(func(int, *Entry) bool) {
	return func(yield func(int, *Entry) bool) {
		for i := len(es) - 1; i >= 0; i-- {
			if !yield(i, es[i]) {
				return
			}
		}
	}
}

// A player finds the capture for a key and the capture that holds its bytes.
type player func(k key) (e, holder *Entry)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func (p player) over(a *Archive) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		var form []byte
		if req.Body != nil {
			defer req.Body.Close()
			var err error
			if form, err = io.ReadAll(io.LimitReader(req.Body, 1<<20)); err != nil {
				return nil, fmt.Errorf("replay %s: %w", req.URL, err)
			}
		}
		if err := req.Context().Err(); err != nil {
			return nil, err
		}
		a.mu.RLock()
		e, holder := p(key{methodOf(req), urlOf(req.URL), string(form)})
		at := a.downloaded(e)
		a.mu.RUnlock()
		if e == nil {
			return nil, fmt.Errorf("replay %s %s: %w", methodOf(req), req.URL, ErrNotFound)
		}
		if e.Type == TypeFailure {
			return nil, &CapturedFailure{URL: e.URL, Failure: e.Failure, Detail: e.Detail}
		}
		return a.respond(req, e, holder, at)
	})
}

// respond makes the response out of the head of e and the payload of its
// holder. The head of a 304 says nothing about the document, so the holder's is
// taken then.
func (a *Archive) respond(req *http.Request, e, holder *Entry, downloaded time.Time) (*http.Response, error) {
	if holder == nil {
		return nil, &Damage{File: e.File, Offset: e.Offset, Detail: "the capture that holds the bytes is gone"}
	}
	from, err := a.read(holder)
	if err != nil {
		return nil, err
	}
	if _, err := holder.bytes(from); err != nil {
		return nil, &Damage{File: holder.File, Offset: holder.Offset, Detail: err.Error()}
	}
	body, err := payload(from)
	if err != nil {
		return nil, err
	}
	top := from
	if e.Record != holder.Record && e.Status != http.StatusNotModified {
		if top, err = a.read(e); err != nil {
			return nil, err
		}
	}
	resp, err := parseResponse(req, top, body, e)
	if err == nil {
		resp.Header.Set(capturedAt, downloaded.Format(time.RFC3339Nano))
	}
	return resp, err
}

// capturedAt is the header that says when the bytes were received.
const capturedAt = "X-Gongkai-Captured"

// downloaded returns when the bytes of e were last received under its key, by a
// response that was not a 304. The caller holds the lock.
func (a *Archive) downloaded(e *Entry) time.Time {
	if e == nil {
		return time.Time{}
	}
	for _, o := range backwards(a.index.byKey[e.key()]) {
		if o.Hash == e.Hash && o.Status != http.StatusNotModified && !o.Time.After(e.Time) {
			return o.Time
		}
	}
	return e.Time
}

func parseResponse(req *http.Request, top *record, body []byte, e *Entry) (*http.Response, error) {
	if top.get("WARC-Type") == "resource" {
		// A local file stands in for a response with the same bytes.
		h := http.Header{"Content-Type": {mediaType(e.MediaType)}}
		return &http.Response{
			Status: "200 OK", StatusCode: 200, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: h,
			Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req,
		}, nil
	}
	h, _, err := head(top.block)
	if err != nil {
		return nil, &Damage{File: e.File, Offset: e.Offset, Detail: err.Error()}
	}
	// HEAD, so that the length is not held against the head alone.
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(h)), &http.Request{Method: http.MethodHead})
	if err != nil {
		return nil, &Damage{File: e.File, Offset: e.Offset, Detail: err.Error()}
	}
	resp.Request = req
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	return resp, nil
}

func methodOf(r *http.Request) string {
	if r.Method == "" {
		return http.MethodGet
	}
	return r.Method
}
