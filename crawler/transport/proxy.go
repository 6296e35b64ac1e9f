package transport

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"code.dny.dev/ssrf"
)

// through sends requests through a proxy. The proxy may lie in a private
// network; that a site does not is checked here, as far as its name resolves,
// because the proxy dials in our place.
func (n *network) through(proxy func(*url.URL) (*url.URL, error), resolve resolver) {
	var proxies sync.Map // addresses that proxies have
	plain := &net.Dialer{Timeout: 10 * time.Second}
	for _, t := range n.of {
		direct := t.DialContext
		t.Proxy = func(req *http.Request) (*url.URL, error) {
			u, err := proxy(req.URL)
			if u != nil {
				proxies.Store(withPort(u), true)
			}
			return u, err
		}
		t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if _, ours := proxies.Load(address); ours {
				return plain.DialContext(ctx, network, address)
			}
			return direct(ctx, network, address)
		}
	}
	guard := ssrf.New(ssrf.WithAnyPort())
	n.proxied = func(req *http.Request) error {
		if u, err := proxy(req.URL); err != nil || u == nil {
			return err // dialled by us
		}
		addrs, err := lookup(req.Context(), resolve, req.URL.Hostname())
		if err != nil {
			return nil // only the proxy knows the name
		}
		for _, a := range addrs {
			if err := guard.Safe(networkOf(a), netip.AddrPortFrom(a, 80).String(), nil); err != nil {
				return &Error{Code: PrivateAddress, URL: req.URL.String(), Err: err}
			}
		}
		return nil
	}
}

func networkOf(a netip.Addr) string {
	if a.Is4() {
		return "tcp4"
	}
	return "tcp6"
}

// withPort is the address that is dialled for a proxy.
func withPort(u *url.URL) string {
	port := u.Port()
	switch {
	case port != "":
	case u.Scheme == "https":
		port = "443"
	case strings.HasPrefix(u.Scheme, "socks5"):
		port = "1080"
	default:
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}
