package transport

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// CapturedAt is the header in which an archive says, in RFC 3339, when the
// response was captured. From the network it is not believed.
const CapturedAt = "X-Gongkai-Captured"

// revisit asks only for what is new since the last good capture. A 304 is
// answered with the archived bytes. After longest without a full download it
// asks for everything, because some servers say 304 whatever they have.
func revisit(archived http.RoundTripper, l Limits, longest time.Duration, next http.RoundTripper) http.RoundTripper {
	l = l.withDefaults()
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		j := jobOf(req)
		if j.Kind == KindRobots {
			return next.RoundTrip(req)
		}
		held := last(req, archived, l.size(j.Kind))
		ask := req
		if held != nil && time.Since(capturedTime(held)) < longest {
			ask = req.Clone(req.Context())
			condition(ask.Header, held.Header)
		}
		resp, err := next.RoundTrip(ask)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusNotModified {
			if held == nil {
				return nil, &Error{Code: Status, URL: req.URL.String(), Status: resp.StatusCode, Detail: "304 without a capture"}
			}
			j.trace().NotModified, j.trace().Unchanged = true, true
			return held, nil
		}
		if held != nil && resp.StatusCode == http.StatusOK {
			j.trace().Unchanged = bytes.Equal(contentOf(held).document, contentOf(resp).document)
		}
		return resp, nil
	})
}

// last returns the last good capture of what is asked for, decoded; nil if
// there is none that can be read.
func last(req *http.Request, archived http.RoundTripper, limit int64) *http.Response {
	again, err := rewind(req, 1)
	if err != nil {
		return nil
	}
	resp, err := archived.RoundTrip(again.WithContext(context.WithoutCancel(req.Context())))
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil || int64(len(raw)) > limit {
		return nil
	}
	document, encoding, err := decode(raw, resp.Header.Get("Content-Encoding"), limit)
	if err != nil {
		return nil
	}
	resp.Body = newContent(raw, document, encoding)
	return resp
}

func capturedTime(r *http.Response) time.Time {
	t, err := time.Parse(time.RFC3339Nano, r.Header.Get(CapturedAt))
	if err != nil {
		return time.Time{}
	}
	return t
}

// condition makes a request conditional on what the last response said.
func condition(ask, held http.Header) {
	if tag := held.Get("ETag"); tag != "" {
		ask.Set("If-None-Match", tag)
	}
	if date := held.Get("Last-Modified"); date != "" {
		ask.Set("If-Modified-Since", date)
	}
}

// coded is an error of an archive that names the code of a captured failure.
type coded interface{ Code() string }

// replay answers from the archive alone.
func replay(from http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		resp, err := from.RoundTrip(req)
		if err == nil {
			return resp, nil
		}
		if c, ok := err.(coded); ok {
			return nil, &Error{Code: Code(c.Code()), URL: req.URL.String(), Err: err}
		}
		if req.Context().Err() != nil {
			return nil, err
		}
		return nil, &Error{Code: NotCaptured, URL: req.URL.String(), Err: fmt.Errorf("the network is off: %w", err)}
	})
}
