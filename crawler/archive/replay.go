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
	return a.latest(0, until)
}

// Good answers requests with their latest good capture: a whole document or
// page that was not quarantined. Everything else is an error that wraps
// [ErrNotFound]. It is what a conditional request is made from.
func (a *Archive) Good() http.RoundTripper { return a.GoodUntil(time.Time{}) }

// GoodUntil is Good with the captures no later than until; with all of them if
// until is zero.
func (a *Archive) GoodUntil(until time.Time) http.RoundTripper {
	return a.latest(good, until)
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// latest answers requests with their latest capture that has all of the marks
// and is no later than until; with any time if until is zero.
func (a *Archive) latest(m marks, until time.Time) http.RoundTripper {
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
		e, err := a.pick(byKey, key{methodOf(req), urlOf(req.URL), string(form)}, m, func(e *Entry) bool {
			return until.IsZero() || !e.Time.After(until)
		})
		if err != nil {
			return nil, fmt.Errorf("replay %s %s: %w", methodOf(req), req.URL, err)
		}
		if e == nil {
			return nil, fmt.Errorf("replay %s %s: %w", methodOf(req), req.URL, ErrNotFound)
		}
		if e.Type == TypeFailure {
			return nil, &CapturedFailure{URL: e.URL, Failure: e.Failure, Detail: e.Detail}
		}
		return a.respond(req, e)
	})
}

// respond makes the response out of the head of e and the payload of its
// holder. The head of a 304 says nothing about the document, so the holder's is
// taken then.
func (a *Archive) respond(req *http.Request, e *Entry) (*http.Response, error) {
	holder, err := a.find(byHash, sumKey(e.Hash), 0)
	if err != nil {
		return nil, fmt.Errorf("replay %s: %w", req.URL, err)
	}
	if e.Hash == "" || holder == nil {
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
	at, err := a.downloaded(e)
	if err != nil {
		return nil, fmt.Errorf("replay %s: %w", req.URL, err)
	}
	resp, err := parseResponse(req, top, body, e)
	if err == nil {
		resp.Header.Set(capturedAt, at.Format(time.RFC3339Nano))
	}
	return resp, err
}

// capturedAt is the header that says when the bytes were received.
const capturedAt = "X-Gongkai-Captured"

// downloaded returns when the bytes of e were last received under its key, by a
// response that was not a 304.
func (a *Archive) downloaded(e *Entry) (time.Time, error) {
	o, err := a.pick(byKey, e.key(), received, func(o *Entry) bool { return o.Hash == e.Hash && !o.Time.After(e.Time) })
	if o == nil {
		return e.Time, err
	}
	return o.Time, nil
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
