package fetch_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

// recorderFunc is a function as a Recorder.
type recorderFunc func(ctx context.Context, x *archive.Exchange) error

func (f recorderFunc) Record(ctx context.Context, x *archive.Exchange) error { return f(ctx, x) }

// loopback starts a real server and a Getter that may dial it and nothing else.
func loopback(t *testing.T, h http.HandlerFunc) (site *transport.Site, get fetch.Getter, base string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	at, err := netip.ParseAddrPort(s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	chain := transport.New(transport.Config{Open: []netip.AddrPort{at}})
	t.Cleanup(chain.CloseIdleConnections)
	return &transport.Site{ID: "loopback", Hosts: []string{at.String()}, Delay: -1}, fetch.New(chain), s.URL
}

func TestLoopbackIsOpenedByAddressAndPortOnly(t *testing.T) {
	secret := httptest.NewServer(send("secret"))
	defer secret.Close()
	site, get, base := loopback(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/leave" {
			http.Redirect(w, r, secret.URL, http.StatusFound)
			return
		}
		send(report)(w, r)
	})
	// The second server is on the list, so that only the dialer stands before it.
	site.Hosts = append(site.Hosts, strings.TrimPrefix(secret.URL, "http://"))
	for path, code := range map[string]transport.Code{"/a": "", "/leave": transport.PrivateAddress} {
		_, err := get(t.Context(), fetch.Request{URL: base + path, Kind: transport.KindDocument, Site: site})
		if transport.CodeOf(err) != code || (err == nil) != (code == "") {
			t.Errorf("%s: got %v, want code %q", path, err, code)
		}
	}
}

func TestEnvironmentChangesNothing(t *testing.T) {
	big := report + strings.Repeat("<!-- 年报 -->", 200_000)
	for key, value := range map[string]string{
		"COLLY_MAX_BODY_SIZE": "1000", "COLLY_IGNORE_ROBOTSTXT": "y", "COLLY_CACHE_DIR": t.TempDir(), "COLLY_ALLOWED_DOMAINS": "other.example",
		"COLLY_DETECT_CHARSET": "y", "COLLY_USER_AGENT": "other", "COLLY_MAX_REQUESTS": "1", "COLLY_PROXY": "http://127.0.0.1:1",
		"HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1",
	} {
		t.Setenv(key, value)
	}
	var agents []string
	site, get, base := loopback(t, func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.Header.Get("User-Agent"))
		if r.URL.Path == "/robots.txt" {
			send("User-agent: *\nDisallow: /secret")(w, r)
			return
		}
		send(big)(w, r)
	})
	for range 2 {
		resp, err := get(t.Context(), fetch.Request{URL: base + "/a", Kind: transport.KindDocument, Site: site})
		if err != nil || len(resp.Document.Body) != len(big) {
			t.Fatalf("got %v", err)
		}
	}
	if _, err := get(t.Context(), fetch.Request{URL: base + "/secret", Kind: transport.KindDocument, Site: site}); transport.CodeOf(err) != transport.Robots {
		t.Errorf("robots.txt was not obeyed: %v", err)
	}
	if len(agents) != 3 || agents[0] != transport.UserAgent {
		t.Errorf("requests came from %q", agents)
	}
}

func TestConnectionReset(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + report))
		_ = c.(*net.TCPConn).SetLinger(0) // close with a reset
		_ = c.Close()
	}))
	defer s.Close()
	at := netip.MustParseAddrPort(s.Listener.Addr().String())
	ctx, cancel := context.WithCancel(t.Context())
	var seen archive.Exchange
	chain := transport.New(transport.Config{Open: []netip.AddrPort{at}, Recorder: recorderFunc(func(_ context.Context, x *archive.Exchange) error {
		seen = *x
		cancel() // one exchange is enough: do not wait for the retry
		return nil
	})})
	site := &transport.Site{ID: "loopback", Hosts: []string{at.String()}, Delay: -1, IgnoreRobots: "not what is tested"}
	_, err := fetch.New(chain)(ctx, fetch.Request{URL: s.URL + "/a", Kind: transport.KindDocument, Site: site})
	if !errors.Is(err, context.Canceled) || seen.Failure != string(transport.Incomplete) && seen.Failure != string(transport.Network) {
		t.Errorf("got %v, recorded %s %s", err, seen.Failure, seen.Detail)
	}
	if seen.Failure == string(transport.Incomplete) && seen.Truncated != "disconnect" {
		t.Errorf("recorded %q as the reason", seen.Truncated)
	}
}

func TestServerCannotForgeOurHeaders(t *testing.T) {
	site, get, base := loopback(t, status(200, report, transport.CapturedAt, "2001-01-01T00:00:00Z", transport.DeclaredType, "text/forged", "Content-Type", "text/html"))
	resp, err := get(t.Context(), fetch.Request{URL: base + "/a", Kind: transport.KindDocument, Site: site})
	if err != nil || resp.Document.MediaType != "text/html" || resp.Document.Fetched.Year() == 2001 {
		t.Errorf("got %+v, %v", resp, err)
	}
}

type panics struct{}

func (panics) RoundTrip(*http.Request) (*http.Response, error) { panic("broken") }

func TestPanicIsAnError(t *testing.T) {
	_, err := fetch.New(panics{})(t.Context(), fetch.Request{URL: "http://" + host + "/a"})
	if err == nil || !strings.Contains(err.Error(), "panicked: broken") {
		t.Errorf("got %v", err)
	}
}
