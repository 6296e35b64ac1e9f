// Package fetch gets one page or file. It is the only code that knows colly,
// which follows redirects and keeps cookies; everything that must not go wrong
// is done by package transport beneath it.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/gocolly/colly/v2"

	"gongkai"
	"gongkai/crawler/transport"
)

// A Request says what to get and what the crawler knows about it.
type Request struct {
	URL    string
	Method string     // "GET" if empty
	Form   url.Values // sent with POST
	Header http.Header
	Kind   string // one of the kinds of package transport
	Site   *transport.Site
}

// A Response is a usable answer.
type Response struct {
	Document  *gongkai.Document // the bytes as served, content encoding undone
	UTF8      []byte            // the body in UTF-8, for parsing; nil if it is no text
	MediaType string            // told from the bytes, without parameters
	FinalURL  string            // after redirects: what relative links are relative to
	Status    int               // 200, also where the server answered 304

	NotModified bool            // the server answered 304: the bytes are the archive's
	Unchanged   bool            // the bytes are the same as at the last capture
	Downgraded  bool            // a redirect led from https to http
	Redirects   []transport.Hop // the hops before the last
	Attempts    int             // requests sent, retries and redirects included
}

// A Getter gets what a request asks for. It returns a [*transport.Error] if
// there is no usable answer, and the context's error if that ends first. Other
// errors are failures of ours, such as a full disk.
type Getter func(ctx context.Context, r Request) (*Response, error)

// New returns a Getter that sends requests through the chain. Cookies are kept
// for as long as the Getter is used. It may be called by several goroutines.
func New(chain http.RoundTripper) Getter {
	base := collector(chain)
	return func(ctx context.Context, r Request) (resp *Response, err error) {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		defer func() {
			if p := recover(); p != nil {
				resp, err = nil, &transport.Error{Code: transport.Odd, URL: r.URL, Detail: fmt.Sprintf("its handling panicked: %v", p)}
			}
		}()
		return get(ctx, base.Clone(), r)
	}
}

// collector makes a collector that does nothing by itself. colly.NewCollector
// is not used because it lets environment variables change every setting.
func collector(chain http.RoundTripper) *colly.Collector {
	c := &colly.Collector{}
	c.Init()
	c.AllowURLRevisit = true
	c.ParseHTTPErrorResponse = true // statuses are the chain's matter
	c.IgnoreRobotsTxt = true        // so is robots.txt
	c.MaxBodySize = 0               // so are limits: colly would cut in silence
	c.SetRequestTimeout(0)
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return nil })
	c.WithTransport(chain)
	return c
}

func get(ctx context.Context, c *colly.Collector, r Request) (*Response, error) {
	t := &transport.Trace{}
	c.Context = transport.With(ctx, &transport.Job{
		Site: r.Site, Kind: r.Kind, Trace: t,
	})
	var got *colly.Response
	c.OnResponse(func(cr *colly.Response) { got = cr })
	method, body := r.Method, io.Reader(nil)
	if method == "" {
		method = http.MethodGet
	}
	if method == http.MethodPost {
		body = strings.NewReader(r.Form.Encode())
	}
	if err := c.Request(method, r.URL, body, nil, r.Header.Clone()); err != nil {
		return nil, explain(ctx, r.URL, t.Attempts, err)
	}
	if got == nil || len(t.Hops) == 0 {
		return nil, &transport.Error{Code: transport.Odd, URL: r.URL, Detail: "there was no response"}
	}
	return answer(r, t, got), nil
}

func answer(r Request, t *transport.Trace, got *colly.Response) *Response {
	final := t.Hops[len(t.Hops)-1]
	mediaType, _, _ := strings.Cut(got.Headers.Get("Content-Type"), ";")
	var text []byte
	if strings.HasSuffix(got.Headers.Get("Content-Type"), "; charset=utf-8") { // as the chain marks text
		text = got.Body
	}
	return &Response{
		Document: &gongkai.Document{
			Name: final.URL, URL: final.URL, MediaType: t.DeclaredType, Fetched: t.Received, Body: t.Document,
		},
		UTF8: text, MediaType: mediaType, FinalURL: final.URL, Status: final.Status,
		NotModified: t.NotModified, Unchanged: t.Unchanged, Downgraded: t.Downgraded,
		Redirects: t.Hops[:len(t.Hops)-1], Attempts: t.Attempts,
	}
}

// explain takes the chain's error out of what net/http and colly wrap it in.
func explain(ctx context.Context, address string, attempts int, err error) error {
	if e, ok := errors.AsType[*transport.Error](err); ok {
		return e
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if attempts == 0 { // nothing was sent: it cannot be a failure of ours
		return &transport.Error{Code: transport.BadURL, URL: address, Err: err}
	}
	if _, ok := errors.AsType[*transport.Unkept](err); ok {
		return fmt.Errorf("fetch %s: %w", address, err)
	}
	return &transport.Error{Code: transport.Odd, URL: address, Err: err}
}
