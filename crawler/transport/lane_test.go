package transport

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

func newTestRequest(t *testing.T) *http.Request {
	t.Helper()
	return (&http.Request{URL: &url.URL{Scheme: "http", Host: "www.shili.example", Path: "/zfxxgk/"}}).WithContext(t.Context())
}

func TestReserveKeepsAllLanesApart(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	a, b, shared := newLane(), newLane(), newLane()
	b.least = 10 * time.Second
	var starts []time.Duration
	for i := range 6 {
		host := a
		if i%2 == 1 {
			host = b
		}
		starts = append(starts, reserve(now, 2*time.Second, host, shared).Sub(now)/time.Second)
	}
	want := []time.Duration{0, 2, 4, 12, 14, 22}
	for i := range want {
		if starts[i] != want[i] {
			t.Fatalf("starts are %v, want %v", starts, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-5": 0, "soon": 0, " 7 ": 7 * time.Second,
		"Thu, 01 Jan 2026 00:01:00 GMT": time.Minute, "Wed, 31 Dec 2025 00:00:00 GMT": 0,
		"99999999999999999999": 0, "9999999999": 7 * 24 * time.Hour,
	} {
		if got := retryAfter(http.Header{"Retry-After": {in}}, now); got != want {
			t.Errorf("Retry-After %q is %v, want %v", in, got, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	s := &Site{ID: "shili", Hosts: []string{"www.shili.example", "127.0.0.1:8080", "alt.shili.example:8081"}}
	for in, ok := range map[string]bool{
		"http://www.shili.example/a": true, "https://WWW.shili.example/a": true, "https://www.shili.example:443/": true, "http://www.shili.example:80/": true,
		"http://127.0.0.1:8080/": true, "http://127.0.0.1/": false, "http://127.0.0.1:8081/": false, "https://alt.shili.example:8081/": true,
		"http://alt.shili.example/": false, "http://shili.example/": false, "http://evil-www.shili.example/": false, "http://www.shili.example.evil.example/": false,
	} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if why := s.refuses(u); (why == "") != ok {
			t.Errorf("%s: %q", in, why)
		}
	}
}
