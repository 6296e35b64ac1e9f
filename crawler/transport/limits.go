package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Limits bound what one request may cost. A zero field has the default given.
type Limits struct {
	List, Document, Robots int64         // bytes of a body, before and after decompression: 5 MiB, 50 MiB, 500 KiB
	Header                 time.Duration // from sending to the response's headers: 30 s
	Idle                   time.Duration // without a byte of the body: 20 s
	Window                 time.Duration // over which Rate is measured: 30 s
	Rate                   int64         // least bytes per second of a body: 1,024
	Total                  time.Duration // for everything: 10 min
}

func (l Limits) withDefaults() Limits {
	set := func(p *time.Duration, d time.Duration) {
		if *p == 0 {
			*p = d
		}
	}
	for _, b := range []struct {
		p *int64
		n int64
	}{{&l.List, 5 << 20}, {&l.Document, 50 << 20}, {&l.Robots, 500 << 10}, {&l.Rate, 1 << 10}} {
		if *b.p == 0 {
			*b.p = b.n
		}
	}
	set(&l.Header, 30*time.Second)
	set(&l.Idle, 20*time.Second)
	set(&l.Window, 30*time.Second)
	set(&l.Total, 10*time.Minute)
	return l
}

func (l Limits) size(kind string) int64 {
	switch kind {
	case KindList:
		return l.List
	case KindRobots:
		return l.Robots
	}
	return l.Document
}

// A content is a body that was received whole: raw as sent, document with the
// content encoding undone. It is read as the document.
type content struct {
	*bytes.Reader
	raw, document []byte
	encoding      string
	truncated     string
	text          []byte // the document in UTF-8, once it was asked for
	mediaType     string // told from the document, once it was asked for
	isText        bool
}

// sniff tells the media type from the document, and whether it is text.
func (c *content) sniff(declared string) (mediaType string, text bool) {
	if c.mediaType == "" {
		c.mediaType, c.isText = sniff(c.document, declared)
	}
	return c.mediaType, c.isText
}

// utf8 returns the document in UTF-8. It must be text.
func (c *content) utf8(siteCharset string) []byte {
	if c.text == nil {
		c.text = toUTF8(c.document, siteCharset)
	}
	return c.text
}

func newContent(raw, document []byte, encoding string) *content {
	return &content{Reader: bytes.NewReader(document), raw: raw, document: document, encoding: encoding}
}

func (*content) Close() error { return nil }

// contentOf returns the body of a response that passed limits.
func contentOf(resp *http.Response) *content {
	c, ok := resp.Body.(*content)
	if !ok {
		panic("transport: a response that did not pass limits")
	}
	return c
}

// limits receives a body whole, within l, or fails. Nothing is cut.
func limits(l Limits, next http.RoundTripper) http.RoundTripper {
	l = l.withDefaults()
	parts := &sync.Pool{New: func() any { return new([partSize]byte) }}
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		ctx, cancel := context.WithCancelCause(req.Context())
		defer cancel(nil)
		w := newWatch(l, cancel)
		defer w.timer.Stop()
		resp, err := next.RoundTrip(req.WithContext(ctx))
		if err != nil {
			if _, ok := errors.AsType[*Error](err); ok {
				return nil, err
			}
			return nil, networkError(req, req.Context(), context.Cause(ctx), err)
		}
		defer resp.Body.Close()
		w.moved()
		part := parts.Get().(*[partSize]byte)
		defer parts.Put(part)
		raw, err := l.receive(resp, l.size(jobOf(req).Kind), part[:], w.moved)
		if err != nil && req.Context().Err() != nil {
			return nil, context.Cause(req.Context())
		}
		if s, ok := errors.AsType[stop](context.Cause(ctx)); ok && err != nil {
			err = &Error{Code: Timeout, Err: s, truncated: "time"}
		}
		return l.finish(req, resp, raw, err)
	})
}

// partSize is how much of a body is read at a time, in bytes.
const partSize = 32 << 10

// receive reads the body through part. moved is called whenever something came.
func (l Limits) receive(resp *http.Response, limit int64, part []byte, moved func()) ([]byte, error) {
	if resp.ContentLength > limit && resp.StatusCode == http.StatusOK {
		return nil, &Error{Code: Size, Detail: fmt.Sprintf("%d bytes, more than %d", resp.ContentLength, limit), truncated: "length"}
	}
	var b bytes.Buffer
	b.Grow(int(max(0, min(partSize, resp.ContentLength))))
	begun, inWindow := time.Now(), int64(0)
	for {
		n, err := resp.Body.Read(part)
		b.Write(part[:n])
		if int64(b.Len()) > limit {
			return b.Bytes()[:limit], &Error{Code: Size, Detail: fmt.Sprintf("more than %d bytes", limit), truncated: "length"}
		}
		switch {
		case errors.Is(err, io.EOF):
			return b.Bytes(), nil
		case err != nil:
			return b.Bytes(), &Error{Code: Incomplete, Detail: fmt.Sprintf("the body ended after %d bytes", b.Len()), Err: err, truncated: "disconnect"}
		}
		if n > 0 {
			moved()
		}
		inWindow += int64(n)
		if passed := time.Since(begun); passed >= l.Window {
			if float64(inWindow) < float64(l.Rate)*passed.Seconds() {
				return b.Bytes(), &Error{Code: Timeout, Detail: fmt.Sprintf("%d bytes in %v is too slow", inWindow, passed.Round(time.Second)), truncated: "time"}
			}
			begun, inWindow = time.Now(), 0
		}
	}
}

// finish decodes what was received and decides whether it is whole.
func (l Limits) finish(req *http.Request, resp *http.Response, raw []byte, err error) (*http.Response, error) {
	redirect := resp.StatusCode/100 == 3
	if err != nil && redirect { // its body is of no use to anybody
		c := newContent(raw, raw, "")
		c.truncated = "unspecified"
		resp.Body = c
		return resp, nil
	}
	document, encoding := raw, ""
	if err == nil {
		document, encoding, err = decode(raw, resp.Header.Get("Content-Encoding"), l.size(jobOf(req).Kind))
	}
	if err == nil && resp.StatusCode == http.StatusOK {
		switch {
		case len(document) == 0:
			err = &Error{Code: Empty}
		case resp.ContentLength < 0 && len(resp.TransferEncoding) == 0 && !looksWhole(document):
			err = &Error{Code: Incomplete, Detail: "no length was given, the connection was closed and the end does not look like one"}
		}
	}
	if e, ok := errors.AsType[*Error](err); ok {
		e.URL, e.Status, e.response, e.raw = req.URL.String(), resp.StatusCode, resp, raw
		if e.document, e.encoding = document, encoding; document == nil {
			e.document = raw
		}
		return nil, e
	}
	resp.Body = newContent(raw, document, encoding)
	return resp, nil
}
