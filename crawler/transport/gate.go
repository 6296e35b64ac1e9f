package transport

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"strings"
	"sync"
	"time"

	"gongkai/crawler"
)

// A gate keeps every registrable domain, and every address behind hosts, to one
// request at a time and to the site's delay from start to start, through retries
// and redirects; and all of them together to a rate.
type gate struct {
	next    http.RoundTripper
	resolve resolver
	pace    time.Duration // from any request to the next one; 0 for no matter
	until   time.Time     // no request begins after it; zero for never

	mu      sync.Mutex
	all     *lane
	hosts   map[string]*lane
	domains map[string]*lane
	addrs   map[netip.Addr]*lane
	names   map[string]resolved
}

type resolved struct {
	addr netip.Addr
	at   time.Time
}

// nameTTL is how long the gate takes a host to stay at one address.
const nameTTL = 10 * time.Minute

func newGate(resolve resolver, next http.RoundTripper) *gate {
	return &gate{
		next: next, resolve: resolve, all: newLane(),
		hosts: map[string]*lane{}, domains: map[string]*lane{}, addrs: map[netip.Addr]*lane{}, names: map[string]resolved{},
	}
}

// RoundTrip waits for the host's turn and sends the request.
func (g *gate) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, s := req.Context(), jobOf(req).Site
	host, domain := g.lane(g.hosts, req.URL.Host), g.lane(g.domains, crawler.Domain(req.URL.Host))
	if err := g.admit(req, host); err != nil {
		return nil, err
	}
	select {
	case domain.busy <- struct{}{}:
		defer func() { <-domain.busy }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	lanes := []*lane{host, domain}
	if a, ok := g.address(ctx, req.URL.Hostname()); ok {
		lanes = append(lanes, a)
	}
	if err := g.turn(req, lanes); err != nil {
		return nil, err
	}
	var seen sighting
	resp, err := g.next.RoundTrip(req.WithContext(seen.trace(ctx)))
	failure, known := errors.AsType[*Error](err)
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, l := range lanes {
		l.begun(seen.time(), s.delay())
	}
	if err == nil || known {
		host.done(time.Now(), s.delay(), failure)
	}
	return resp, err
}

// A sighting tells when and where the server saw a request. A connection may take long to
// be made, so that is later than when we began; the delay must hold for the
// server.
type sighting struct {
	mu            sync.Mutex
	wrote, answer time.Time
	address       string // IP address of the server
}

type sightingKey struct{}

// addressOf returns the address that a request from the gate was sent to; empty
// if it was not sent.
func addressOf(ctx context.Context) string {
	s, ok := ctx.Value(sightingKey{}).(*sighting)
	if !ok {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.address
}

// travel is how long a request may be on its way to the server's program.
const travel = 100 * time.Millisecond

func (s *sighting) trace(ctx context.Context) context.Context {
	note := func(t *time.Time) {
		s.mu.Lock()
		defer s.mu.Unlock()
		*t = time.Now()
	}
	ctx = context.WithValue(ctx, sightingKey{}, s)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(i httptrace.GotConnInfo) {
			if a, ok := i.Conn.RemoteAddr().(*net.TCPAddr); ok {
				s.mu.Lock()
				defer s.mu.Unlock()
				s.address = a.IP.String()
			}
		},
		WroteHeaders:         func() { note(&s.wrote) },
		GotFirstResponseByte: func() { note(&s.answer) },
	})
}

// time returns the latest time at which the server may have seen the request:
// when it began to answer, or a moment after the request was sent. It is zero
// if nothing was sent.
func (s *sighting) time() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.wrote.IsZero() {
		return time.Time{}
	}
	t := s.wrote.Add(travel)
	if !s.answer.IsZero() && s.answer.Before(t) {
		return s.answer
	}
	return t
}

// admit refuses requests to a host that rests or has used up its budget.
func (g *gate) admit(req *http.Request, host *lane) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if time.Now().Before(host.until) {
		return &Error{Code: HostDown, URL: req.URL.String(), Detail: fmt.Sprintf("it rests after %s until %s", host.last, host.until.Format(time.RFC3339))}
	}
	if !g.until.IsZero() && time.Now().After(g.until) {
		return g.late(req)
	}
	if budget := jobOf(req).Site.budget(); host.sent >= budget {
		return &Error{Code: Budget, URL: req.URL.String(), Detail: fmt.Sprintf("%d requests in this run", budget)}
	}
	return nil
}

// turn waits for the start that is reserved for the request, and then for the
// pace of all. While it waited for others the host may have gone down, so it
// asks again.
func (g *gate) turn(req *http.Request, lanes []*lane) error {
	if err := g.admit(req, lanes[0]); err != nil {
		return err
	}
	if err := g.wait(req, jobOf(req).Site.delay(), lanes...); err != nil {
		return err
	}
	if g.pace > 0 && !crawler.Loopback(req.URL.Host) {
		if err := g.wait(req, g.pace, g.all); err != nil {
			return err
		}
	}
	g.mu.Lock()
	lanes[0].sent++
	g.mu.Unlock()
	return nil
}

// wait waits for the next start that is free on all lanes.
func (g *gate) wait(req *http.Request, delay time.Duration, lanes ...*lane) error {
	g.mu.Lock()
	start := reserve(time.Now(), delay, lanes...)
	g.mu.Unlock()
	if !g.until.IsZero() && start.After(g.until) {
		return g.late(req)
	}
	return sleep(req.Context(), time.Until(start))
}

// late refuses a request that would begin after the night.
func (g *gate) late(req *http.Request) error {
	return &Error{Code: Budget, URL: req.URL.String(), Detail: "no request begins after " + g.until.Format("15:04 MST")}
}

// sleep waits for d or for the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (g *gate) lane(of map[string]*lane, name string) *lane {
	g.mu.Lock()
	defer g.mu.Unlock()
	name = strings.ToLower(name)
	l := of[name]
	if l == nil {
		l = newLane()
		of[name] = l
	}
	return l
}

// address returns the lane of the address that the host resolves to. If it does
// not resolve, dialing will say so.
func (g *gate) address(ctx context.Context, host string) (*lane, bool) {
	g.mu.Lock()
	r, ok := g.names[host]
	g.mu.Unlock()
	if !ok || time.Since(r.at) > nameTTL {
		addrs, err := lookup(ctx, g.resolve, host)
		if err != nil {
			return nil, false
		}
		least := addrs[0] // a fixed choice among several
		for _, a := range addrs {
			if a.Less(least) {
				least = a
			}
		}
		r = resolved{addr: least, at: time.Now()}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.names[host] = r
	l := g.addrs[r.addr]
	if l == nil {
		l = newLane()
		g.addrs[r.addr] = l
	}
	return l, true
}

// atLeast makes requests to a host keep the delay that its robots.txt asks for.
func (g *gate) atLeast(host string, d time.Duration) {
	l := g.lane(g.hosts, host)
	g.mu.Lock()
	defer g.mu.Unlock()
	l.least = d
	if t := time.Now().Add(d); d > 0 && t.After(l.next) {
		l.next = t // counted from the request for robots.txt, which is just over
	}
}
