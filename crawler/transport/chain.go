package transport

import (
	"cmp"
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// UserAgent is sent if the configuration names no other.
const UserAgent = "gongkai/1 (annual reports on disclosure of government information)"

// Config says how a chain works. Its zero value fetches from the network and
// keeps nothing.
type Config struct {
	// Recorder keeps every exchange; nil to keep none.
	Recorder Recorder
	// Archived answers requests with their last good capture, for conditional
	// requests; nil to always ask for everything.
	Archived http.RoundTripper
	// Replay answers all requests in the place of the network, which is then
	// never used; nil for the network.
	Replay http.RoundTripper
	// Revalidate is the longest time that a 304 is believed. 0 means 30 days.
	Revalidate time.Duration
	// UserAgent names us, with an address to write to.
	UserAgent string
	Limits    Limits
	// Rate is the most requests a second over all hosts but those of this
	// machine; 0 for no limit.
	Rate float64
	// Until is when the last request may begin; zero for no end. What comes later
	// fails with [Budget].
	Until time.Time
	// Proxy names the proxy for an address, nil for none; itself nil for no proxy.
	Proxy func(*url.URL) (*url.URL, error)
	// Resolve finds the addresses of hosts; nil for the system's resolver.
	Resolve func(host string) ([]netip.Addr, error)
	// Open lists addresses that may be dialled though they are not public, such
	// as a test server's.
	Open []netip.AddrPort
	// Roots are the authorities that sites' certificates must come from; nil for
	// the system's.
	Roots *x509.CertPool
	// Dial makes connections in the place of the dialer that checks addresses.
	// Whoever sets it answers for where it leads; it is meant for servers inside
	// the process.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// A Chain is an http.RoundTripper with all rules of the package. It belongs to
// one run: budgets, delays and robots.txt are counted from its making.
type Chain struct {
	agent string
	next  http.RoundTripper
	net   *network
}

// New makes a chain.
func New(c Config) *Chain {
	chain := &Chain{agent: cmp.Or(c.UserAgent, UserAgent)}
	resolve := resolver(systemResolver)
	if c.Resolve != nil {
		resolve = func(_ context.Context, host string) ([]netip.Addr, error) { return c.Resolve(host) }
	}
	if c.Replay != nil {
		end := classify(limits(c.Limits, replay(c.Replay)))
		if c.Recorder != nil { // another archive, which is to hold the same
			end = record(c.Recorder, end)
		}
		chain.next = allow(normalize(newRobots(chain.agent, nil, end)))
		return chain
	}
	public, private := dialFunc(c.Dial), dialFunc(c.Dial)
	if c.Dial == nil {
		public, private = dialer(resolve, c.Open, false), dialer(resolve, c.Open, true)
	}
	chain.net = newNetwork(public, private, c.Roots)
	if c.Proxy != nil {
		chain.net.through(c.Proxy, resolve)
	}
	end := classify(limits(c.Limits, chain.net))
	if c.Recorder != nil {
		end = record(c.Recorder, end)
	}
	g := newGate(resolve, end)
	g.until = c.Until
	if c.Rate > 0 {
		g.pace = time.Duration(float64(time.Second) / c.Rate)
	}
	end = retry(g)
	if c.Archived != nil {
		end = revisit(c.Archived, c.Limits, cmp.Or(c.Revalidate, 30*24*time.Hour), end)
	}
	chain.next = allow(normalize(newRobots(chain.agent, g, end)))
	return chain
}

// RoundTrip sends a request whose context has a [Job] through the chain. Every
// failure but the end of the context and of the archive is an [*Error].
func (c *Chain) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept-Encoding", "gzip") // undone by us, within limits
	return c.next.RoundTrip(req)
}

// CloseIdleConnections closes connections kept for further requests.
func (c *Chain) CloseIdleConnections() {
	if c.net != nil {
		c.net.CloseIdleConnections()
	}
}
