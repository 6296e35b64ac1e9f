package replica

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// A Server shows a world on loopback: one listener, sites told apart by their
// host name. It logs every request.
type Server struct {
	listener net.Listener
	server   *http.Server

	mu    sync.Mutex
	world *World
	down  map[string]bool
	hits  []Hit
}

// A Hit is one request that arrived.
type Hit struct {
	At          time.Time
	Host, URI   string
	Method      string
	Conditional bool // it asked only for what is new
	Status      int
	Bytes       int // of the body sent
}

// Serve begins to show a world.
func Serve(w *World) (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve replica: %w", err)
	}
	s := &Server{listener: l, world: w, down: map[string]bool{}}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(l) }() // ends with Close
	return s, nil
}

// Close ends the server.
func (s *Server) Close() error { return s.server.Close() }

// Address is where the server listens.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Show replaces the world: the next night has come. The log begins anew.
func (s *Server) Show(w *World) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world, s.hits = w, nil
}

// Down makes hosts drop every connection; without arguments all are up.
func (s *Server) Down(hosts ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = map[string]bool{}
	for _, h := range hosts {
		s.down[h] = true
	}
}

// Log returns the requests since the world was shown, oldest first.
func (s *Server) Log() []Hit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Hit(nil), s.hits...)
}

// ServeHTTP answers as the sites do.
func (s *Server) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	arrived := time.Now()
	host, uri := strings.ToLower(r.Host), r.URL.RequestURI()
	s.mu.Lock()
	world, down := s.world, s.down[host]
	s.mu.Unlock()
	a := world.answer(host, r.Method, uri)
	tag := a.header.Get("Etag")
	conditional := r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != ""
	switch {
	case down:
		a = answer{}
	case tag != "" && r.Header.Get("If-None-Match") == tag:
		a = answer{status: http.StatusNotModified, header: a.header}
	case a.status == 0:
		a.status = http.StatusOK
	}
	s.mu.Lock()
	s.hits = append(s.hits, Hit{arrived, host, uri, r.Method, conditional, a.status, len(a.body)})
	s.mu.Unlock()
	if down {
		panic(http.ErrAbortHandler) // cuts the connection
	}
	maps.Copy(rw.Header(), a.header)
	if a.typ != "" {
		rw.Header().Set("Content-Type", a.typ)
	}
	rw.WriteHeader(a.status)
	_, _ = rw.Write(a.body) // a client that went away is its own affair
}

// answer is what a host sends for a request.
func (w *World) answer(host, method, uri string) answer {
	h := w.webs[host]
	if h == nil {
		return answer{status: http.StatusNotFound}
	}
	key := uri
	if method != http.MethodGet {
		key = method + " " + uri
	}
	if a, ok := h.pages[key]; ok {
		return a
	}
	return answer{status: http.StatusNotFound, typ: "text/html", body: []byte("<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>")}
}

// Resolve gives every host an address of its own, in a range that is for
// tests: the crawler's delays are counted by address too.
func (w *World) Resolve(host string) ([]netip.Addr, error) {
	n, known := w.numbers[host]
	if host == mirror {
		n, known = len(w.hosts), true
	}
	if !known {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.AddrFrom4([4]byte{198, 18, byte(n / 250), byte(1 + n%250)})}, nil
}

// Dial connects to the server at an address of loopback, whatever host is
// meant, and to nothing else.
func Dial(server string) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, _, address string) (net.Conn, error) {
		if _, port, err := net.SplitHostPort(address); err != nil || port != "80" {
			return nil, fmt.Errorf("the replica has no %s", address)
		}
		var d net.Dialer
		return d.DialContext(ctx, "tcp", server)
	}
}
