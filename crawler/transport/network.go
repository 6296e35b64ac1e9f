package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// A resolver gives the addresses of a host name.
type resolver func(ctx context.Context, host string) ([]netip.Addr, error)

func systemResolver(ctx context.Context, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// A network sends requests, with one http.Transport for each way to treat TLS.
// A proxy dials for us, past the check of addresses: see [network.through].
type network struct {
	of      map[terms]*http.Transport
	proxied func(*http.Request) error // refuses what may not be asked of a proxy; nil without one
}

// terms are what a request demands of a connection.
type terms struct{ legacy, trusting, private bool }

func newNetwork(public, private dialFunc, roots *x509.CertPool) *network {
	n := &network{of: map[terms]*http.Transport{}}
	for i := range 8 {
		t := terms{i&1 != 0, i&2 != 0, i&4 != 0}
		dial := public
		if t.private {
			dial = private
		}
		n.of[t] = newHTTP(dial, roots, t.legacy, t.trusting)
	}
	return n
}

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

func newHTTP(dial dialFunc, roots *x509.CertPool, legacy, trusting bool) *http.Transport {
	c := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12, InsecureSkipVerify: trusting} // #nosec: per site, with a reason
	if legacy {
		c.MinVersion = tls.VersionTLS10
		for _, s := range slices.Concat(tls.CipherSuites(), tls.InsecureCipherSuites()) {
			c.CipherSuites = append(c.CipherSuites, s.ID)
		}
	}
	return &http.Transport{
		DialContext: dial, TLSClientConfig: c, TLSHandshakeTimeout: 10 * time.Second,
		DisableCompression: true, MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConns: 256, MaxIdleConnsPerHost: 1, IdleConnTimeout: 90 * time.Second,
	}
}

// RoundTrip sends a request as its site demands.
func (n *network) RoundTrip(req *http.Request) (*http.Response, error) {
	s := jobOf(req).Site
	reasoned := s.TLSReason != ""
	t := n.of[terms{reasoned && s.LegacyTLS, reasoned && s.SkipVerify, s.Private && !fromElsewhere(req)}]
	if n.proxied != nil && !s.Private {
		if err := n.proxied(req); err != nil {
			return nil, err
		}
	}
	if req.Body == nil {
		// net/http sends a request again by itself, past the gate, if a kept
		// connection breaks; it does not if there is a body it cannot repeat.
		req = req.WithContext(req.Context()) // a copy
		req.Body = nothing{}
	}
	resp, err := t.RoundTrip(req)
	if err == nil {
		resp.Header.Del(CapturedAt) // only an archive may say so
		resp.Header.Del(DeclaredType)
	}
	return resp, err
}

// fromElsewhere reports whether a redirect from another host led to the request.
func fromElsewhere(req *http.Request) bool {
	for r := req; r.Response != nil && r.Response.Request != nil; r = r.Response.Request {
		if !strings.EqualFold(r.Response.Request.URL.Host, req.URL.Host) {
			return true
		}
	}
	return false
}

// nothing is a request body without a byte.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, io.EOF }
func (nothing) Close() error             { return nil }

// CloseIdleConnections closes what is kept open for further requests.
func (n *network) CloseIdleConnections() {
	for _, t := range n.of {
		t.CloseIdleConnections()
	}
}

// dialer connects to public addresses only, and to those in open. The check is
// made on the address that is dialled, after resolution, so that neither a
// redirect nor a changed DNS answer can pass it by. With private it connects to
// private networks and loopback, too.
func dialer(resolve resolver, open []netip.AddrPort, private bool) dialFunc {
	guard := ssrf.New(ssrf.WithAnyPort()) // ports are the allow-list's matter
	d := &net.Dialer{
		Timeout: 10 * time.Second,
		Control: func(network, address string, c syscall.RawConn) error {
			if to, err := netip.ParseAddrPort(address); err == nil {
				if ip := to.Addr().Unmap(); slices.Contains(open, to) || private && (ip.IsPrivate() || ip.IsLoopback()) {
					return nil
				}
			}
			return guard.Safe(network, address, c)
		},
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		addrs, err := lookup(ctx, resolve, host)
		if err != nil {
			return nil, err
		}
		for _, a := range addrs {
			var conn net.Conn
			if conn, err = d.DialContext(ctx, network, net.JoinHostPort(a.String(), port)); err == nil {
				return conn, nil
			}
		}
		return nil, err
	}
}

func lookup(ctx context.Context, resolve resolver, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a.Unmap()}, nil
	}
	addrs, err := resolve(ctx, host)
	if err == nil && len(addrs) == 0 {
		err = &net.DNSError{Err: "no addresses", Name: host, IsNotFound: true}
	}
	if err != nil {
		if _, ok := err.(*net.DNSError); !ok {
			err = &net.DNSError{Err: err.Error(), Name: host, UnwrapErr: err}
		}
		return nil, fmt.Errorf("resolve %s: %w", host, err)
	}
	for i := range addrs {
		addrs[i] = addrs[i].Unmap()
	}
	return addrs, nil
}
