package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

const (
	robotsTTL     = 24 * time.Hour
	robotsRetry   = time.Hour // after an answer that was none
	maxCrawlDelay = time.Minute
)

// A robots obeys robots.txt. It fetches the file through the rest of the chain,
// so that it is gated, limited and archived like everything else.
type robots struct {
	agent string
	next  http.RoundTripper
	gate  *gate // nil in a replay

	mu    sync.Mutex
	rules map[string]*rules
}

// rules are what a host's robots.txt says, or the reason why it is not known.
type rules struct {
	ready chan struct{} // closed when the rest is set
	until time.Time
	group *robotstxt.Group // nil if everything is allowed
	err   error            // what every request to the host is answered with
}

func newRobots(agent string, g *gate, next http.RoundTripper) *robots {
	return &robots{agent: agent, next: next, gate: g, rules: map[string]*rules{}}
}

// RoundTrip sends the request if robots.txt allows it.
func (r *robots) RoundTrip(req *http.Request) (*http.Response, error) {
	j := jobOf(req)
	if j.Kind == KindRobots || j.Site.IgnoreRobots != "" {
		return r.next.RoundTrip(req)
	}
	known, err := r.of(req)
	if err != nil {
		return nil, err
	}
	if known.err != nil {
		e := &Error{Code: Robots, Err: known.err}
		if inner, ok := errors.AsType[*Error](known.err); ok {
			e = new(*inner)
		}
		e.URL = req.URL.String()
		return nil, e
	}
	path := req.URL.EscapedPath()
	if req.URL.RawQuery != "" {
		path += "?" + req.URL.RawQuery
	}
	if known.group != nil && !known.group.Test(path) {
		return nil, &Error{Code: Robots, URL: req.URL.String(), Detail: "robots.txt does not allow " + path}
	}
	return r.next.RoundTrip(req)
}

// of returns the rules for the host of a request. One request fetches them, the
// others wait.
func (r *robots) of(req *http.Request) (*rules, error) {
	key := req.URL.Scheme + "://" + req.URL.Host
	for {
		r.mu.Lock()
		known := r.rules[key]
		if known == nil {
			known = &rules{ready: make(chan struct{})}
			r.rules[key] = known
			r.mu.Unlock()
			known.group, known.until, known.err = r.fetch(req)
			if req.Context().Err() != nil { // our caller's end is not the host's answer
				r.mu.Lock()
				delete(r.rules, key)
				r.mu.Unlock()
				known.until = time.Time{}
			}
			close(known.ready)
			return known, context.Cause(req.Context())
		}
		r.mu.Unlock()
		select {
		case <-known.ready:
		case <-req.Context().Done():
			return nil, context.Cause(req.Context())
		}
		if time.Now().Before(known.until) {
			return known, nil
		}
		r.mu.Lock()
		if r.rules[key] == known {
			delete(r.rules, key)
		}
		r.mu.Unlock()
	}
}

// fetch gets and reads robots.txt (RFC 9309): 4xx allows everything; a 5xx or
// no answer forbids everything for a while.
func (r *robots) fetch(req *http.Request) (*robotstxt.Group, time.Time, error) {
	j := jobOf(req)
	u := &url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: "/robots.txt"}
	ctx := With(req.Context(), &Job{Site: j.Site, Kind: KindRobots})
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, time.Time{}, err
	}
	ask.Header.Set("User-Agent", req.Header.Get("User-Agent"))
	ask.Header.Set("Accept-Encoding", "identity") // so that its beginning can be read if it is too long
	status, body, err := r.get(ask)
	now := time.Now()
	if err != nil {
		if mayMiss(CodeOf(err)) {
			return nil, now.Add(robotsTTL), nil
		}
		return nil, now.Add(robotsRetry), err
	}
	if status >= 500 {
		return nil, now.Add(robotsRetry), &Error{Code: Robots, Status: status, Detail: "robots.txt cannot be had, so everything is forbidden for now"}
	}
	data, err := parseRobots(status, body)
	if err != nil {
		return nil, now.Add(robotsTTL), nil // not a robots.txt: a page, most often
	}
	group := data.FindGroup(r.agent)
	if r.gate != nil && group.CrawlDelay > 0 {
		r.gate.atLeast(u.Host, min(group.CrawlDelay, maxCrawlDelay))
	}
	return group, now.Add(robotsTTL), nil
}

// mayMiss reports whether a failure means that there is no robots.txt: it leads
// elsewhere, it is empty, or the archive has none.
func mayMiss(c Code) bool {
	return c == Redirect || c == OffSite || c == Empty || c == NotCaptured
}

func (r *robots) get(ask *http.Request) (status int, body []byte, err error) {
	client := &http.Client{
		Transport:     allow(r.next),
		CheckRedirect: func(*http.Request, []*http.Request) error { return nil }, // allow counts
	}
	resp, err := client.Do(ask)
	if e, ok := errors.AsType[*Error](err); ok && e.Code == Size {
		return http.StatusOK, e.raw, nil // the first 500 KiB are what must be read
	}
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(resp.Body)
	return resp.StatusCode, body, err
}

// parseRobots reads rules, and gives up on what the parser cannot stand.
func parseRobots(status int, body []byte) (data *robotstxt.RobotsData, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("robots.txt broke its parser")
		}
	}()
	return robotstxt.FromStatusAndBytes(status, body)
}
