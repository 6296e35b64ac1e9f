package fetch_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

// TestProxy: a proxy of one's own network is used, and does not open that
// network to sites.
func TestProxy(t *testing.T) {
	t.Parallel()
	asked := []string{}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<html><body>"+strings.Repeat("信息公开工作年度报告", 50)+"</body></html>")
	}))
	defer proxy.Close()
	address, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	chain := transport.New(transport.Config{
		Proxy: func(*url.URL) (*url.URL, error) { return address, nil },
		Resolve: func(host string) ([]netip.Addr, error) {
			if host == "inside.example" {
				return []netip.Addr{netip.MustParseAddr("10.1.2.3")}, nil
			}
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		},
	})
	defer chain.CloseIdleConnections()
	get := fetch.New(chain)
	site := &transport.Site{ID: "s", Hosts: []string{"www.shili.example", "inside.example", "127.0.0.1", "192.168.0.1"}, Delay: -1, IgnoreRobots: "a test"}
	fetched := func(u string) error {
		_, err := get(t.Context(), fetch.Request{URL: u, Kind: transport.KindDocument, Site: site})
		return err
	}
	if err := fetched("http://www.shili.example/nb.html"); err != nil || len(asked) != 1 || asked[0] != "http://www.shili.example/nb.html" {
		t.Errorf("asked of the proxy: %q, %v", asked, err)
	}
	for _, u := range []string{"http://inside.example/", "http://127.0.0.1/", "http://192.168.0.1/"} {
		if err := fetched(u); transport.CodeOf(err) != transport.PrivateAddress || len(asked) != 1 {
			t.Errorf("%s: %v, asked of the proxy %q", u, err, asked)
		}
	}
}
