package fetch_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"testing"
	"time"

	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

// A world is a network inside the process: web servers by host name, on the
// clock of a synctest bubble. It logs every request with its time.
type world struct {
	t       *testing.T
	began   time.Time
	archive *archive.Archive
	config  transport.Config
	site    *transport.Site

	mu    sync.Mutex
	hosts map[string]http.HandlerFunc
	hits  []hit
	chain *transport.Chain
	get   fetch.Getter
}

type hit struct {
	at     time.Duration
	url    string
	header http.Header
}

const host = "www.shili.example"

func newWorld(t *testing.T) *world {
	t.Helper()
	a, err := archive.Open(t.TempDir(), archive.Clock(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		t: t, began: time.Now(), archive: a, hosts: map[string]http.HandlerFunc{},
		site: &transport.Site{ID: "shili", Hosts: []string{host}, Delay: -1},
	}
	plain, secure := newPipe(), newPipe()
	s := &http.Server{Handler: w, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = s.Serve(plain) }()
	go func() {
		_ = s.Serve(tls.NewListener(secure, &tls.Config{Certificates: []tls.Certificate{certificate(t)}}))
	}()
	w.config = transport.Config{
		Recorder: a,
		Archived: a.Good(),
		Resolve:  func(string) ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil },
		Dial: func(ctx context.Context, _, address string) (net.Conn, error) {
			if _, port, _ := net.SplitHostPort(address); port == "443" {
				return secure.dial(ctx)
			}
			return plain.dial(ctx)
		},
	}
	w.renew()
	t.Cleanup(func() {
		w.chain.CloseIdleConnections()
		_ = s.Close()
		_ = a.Close()
	})
	return w
}

// renew begins another run: a new chain over the same archive.
func (w *world) renew() {
	if w.chain != nil {
		w.chain.CloseIdleConnections()
	}
	w.chain = transport.New(w.config)
	w.get = fetch.New(w.chain)
}

// page makes the handler of a host.
func (w *world) page(host string, h http.HandlerFunc) { w.hosts[host] = h }

// ServeHTTP serves the hosts. Those without a robots.txt of their own have none.
func (w *world) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	h := w.hosts[r.Host]
	if r.URL.Path == "/robots.txt" {
		h = w.hosts[r.Host+"/robots.txt"]
	}
	w.hits = append(w.hits, hit{at: time.Since(w.began), url: "http://" + r.Host + r.URL.String(), header: r.Header.Clone()})
	w.mu.Unlock()
	if h == nil {
		http.NotFound(rw, r)
		return
	}
	h(rw, r)
}

// log returns the requests so far, without those for robots.txt.
func (w *world) log() []hit {
	w.mu.Lock()
	defer w.mu.Unlock()
	var hits []hit
	for _, h := range w.hits {
		if u := h.url; len(u) < 11 || u[len(u)-11:] != "/robots.txt" {
			hits = append(hits, h)
		}
	}
	return hits
}

func (w *world) fetch(path, kind string) (*fetch.Response, error) {
	w.t.Helper()
	return w.get(w.t.Context(), fetch.Request{URL: "http://" + host + path, Kind: kind, Site: w.site})
}

// last returns the latest capture that is not of a robots.txt.
func (w *world) last() archive.Entry {
	var last archive.Entry
	for e, err := range w.archive.List() {
		if err != nil {
			w.t.Fatal(err)
		}
		if e.Kind != archive.KindRobots {
			last = e
		}
	}
	return last
}

type pipe struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipe() *pipe { return &pipe{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipe) dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipe) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipe) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 80} }

func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(1000 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
