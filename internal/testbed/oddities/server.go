package oddities

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Server serves a case inside the process: on whatever clock runs there, and
// out of reach of everybody else.
type Server struct {
	c             Case
	http          *http.Server
	plain, secure pipe
	roots         *x509.CertPool

	mu    sync.Mutex
	pages Pages
	log   []Hit
}

// A Hit is a request that a Server met.
type Hit struct {
	At   time.Time
	Host string
	IP   netip.Addr
	URI  string // with the method before it unless that is GET
}

// Serve begins to serve a case. Close the Server after use.
func Serve(c Case) (*Server, error) {
	s := &Server{c: c, plain: newPipe(), secure: newPipe(), pages: maps.Clone(c.Pages)}
	s.http = &http.Server{Handler: s, ErrorLog: log.New(io.Discard, "", 0)}
	if c.encrypted() {
		secret, roots, err := certify(c.Flaw, Host, time.Now())
		if err != nil {
			return nil, err
		}
		s.roots = roots
		go func() { _ = s.http.Serve(tls.NewListener(s.secure, secret)) }()
	}
	go func() { _ = s.http.Serve(s.plain) }()
	return s, nil
}

// encrypted reports whether the site can be reached by TLS.
func (c *Case) encrypted() bool { return strings.HasPrefix(c.Column, "https:") }

// Close ends the service.
func (s *Server) Close() error { return s.http.Close() }

// Roots are the certificates that a client must trust beside the system's.
func (s *Server) Roots() *x509.CertPool { return s.roots }

// Night makes the site what it is in a later night.
func (s *Server) Night(n Night) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.Copy(s.pages, n.Pages)
}

// Dial connects to the server in the place of a network.
func (s *Server) Dial(ctx context.Context, _, address string) (net.Conn, error) {
	if _, port, _ := net.SplitHostPort(address); port == "443" {
		if !s.c.encrypted() {
			return nil, errors.New("connection refused")
		}
		return s.secure.dial(ctx, func(c net.Conn) net.Conn { return newBuffered(c) })
	}
	return s.plain.dial(ctx, func(c net.Conn) net.Conn { return c })
}

// Resolve gives hosts their addresses, in a range that is for documentation.
// The neighbours share one.
func (s *Server) Resolve(host string) ([]netip.Addr, error) {
	last := byte(1)
	if slices.Contains(s.c.Neighbours, host) {
		last = 2
	}
	return []netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, last})}, nil
}

// Log returns the requests so far.
func (s *Server) Log() []Hit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// ServeHTTP answers as the site does on that night.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ips, _ := s.Resolve(r.Host) // it never fails
	h := Hit{At: time.Now(), Host: r.Host, IP: ips[0], URI: strings.TrimPrefix(r.Method+" "+r.URL.RequestURI(), "GET ")}
	s.mu.Lock()
	s.log = append(s.log, h)
	pages := maps.Clone(s.pages)
	s.mu.Unlock()
	pages.ServeHTTP(w, r)
}
