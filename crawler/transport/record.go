package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"gongkai/crawler/archive"
)

// A Recorder keeps exchanges, as an [archive.Archive] does. An exchange is safe when Record returns.
type Recorder interface {
	Record(ctx context.Context, x *archive.Exchange) error
}

// maxPartial bounds what is kept of a body that did not come whole, in bytes:
// evidence for people, not a document.
const maxPartial = 1 << 20

// record gives every exchange to the archive before anybody sees the answer. If
// the archive cannot take it the request fails.
func record(to Recorder, next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		form, err := formOf(req)
		if err != nil {
			return nil, err
		}
		j := jobOf(req)
		x := &archive.Exchange{Started: started(j.trace()), Request: req, Form: form, Kind: j.Kind}
		resp, failure := next.RoundTrip(req)
		x.Address = addressOf(req.Context())
		if !fill(x, resp, failure) {
			return nil, failure // the caller gave up, or a replay has nothing: that is not worth keeping
		}
		// What was received is kept even if the caller gives up now.
		if err := to.Record(context.WithoutCancel(req.Context()), x); err != nil {
			return nil, &Unkept{URL: req.URL.String(), Err: err}
		}
		return resp, failure
	})
}

// started dates an exchange and, unless a 304 gives an older one, the document.
func started(t *Trace) time.Time {
	t.Received = time.Now().UTC().Truncate(time.Microsecond)
	return t.Received
}

// fill completes the exchange with its outcome.
func fill(x *archive.Exchange, resp *http.Response, failure error) bool {
	if failure == nil {
		c := contentOf(resp)
		if at := capturedTime(resp); !at.IsZero() { // in a replay
			x.Started = at
			resp = withoutCapture(resp)
		}
		x.Response, x.Payload, x.Document, x.Encoding, x.Truncated = resp, c.raw, c.document, c.encoding, c.truncated
		return true
	}
	e, ok := errors.AsType[*Error](failure)
	if !ok || e.Code == NotCaptured {
		return false
	}
	x.Response, x.Payload, x.Document, x.Encoding, x.Truncated = e.response, e.raw, e.document, e.encoding, e.truncated
	if x.Truncated != "" {
		x.Payload = x.Payload[:min(len(x.Payload), maxPartial)]
	}
	x.Detail = e.Detail
	if e.Err != nil {
		x.Detail += e.Err.Error()
	}
	if e.Quarantined() {
		x.Quarantine = string(e.Code)
	} else {
		x.Failure = string(e.Code)
	}
	return true
}

// withoutCapture returns the response as the server sent it.
func withoutCapture(r *http.Response) *http.Response {
	served := *r
	served.Header = r.Header.Clone()
	served.Header.Del(CapturedAt)
	return &served
}

// formOf returns the body of a request, which must be small and repeatable.
func formOf(req *http.Request) ([]byte, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return nil, nil
	}
	if req.GetBody == nil {
		return nil, fmt.Errorf("request %s: its body cannot be read twice", req.URL)
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(io.LimitReader(body, 1<<20))
}
