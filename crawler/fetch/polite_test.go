package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

// gaps returns the least time between two requests to the same host, and
// between any two, as the server saw them, robots.txt included.
func (w *world) gaps() (byHost, all time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	byHost, all = time.Hour, time.Hour
	last := map[string]time.Duration{}
	hits := slices.Clone(w.hits)
	slices.SortFunc(hits, func(a, b hit) int { return int(a.at - b.at) })
	for i, h := range hits {
		name := strings.Split(h.url, "/")[2]
		if at, ok := last[name]; ok {
			byHost = min(byHost, h.at-at)
		}
		last[name] = h.at
		if i > 0 {
			all = min(all, h.at-hits[i-1].at)
		}
	}
	return byHost, all
}

func TestDelayHoldsThroughRetriesAndRedirects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Delay = 3 * time.Second
		w.page(host, func(rw http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "busy") && r.Header.Get("X-Try") == "":
				status(503, "")(rw, r)
			case strings.HasSuffix(r.URL.Path, "moved"):
				http.Redirect(rw, r, "/there", http.StatusFound)
			default:
				slowly(500*time.Millisecond, send(report))(rw, r)
			}
		})
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				path := fmt.Sprintf("/%d/%s", i, []string{"page", "busy", "moved"}[i%3])
				if _, err := w.fetch(path, transport.KindDocument); err != nil && transport.CodeOf(err) != transport.Status {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := len(w.log()); n != 4+4*4+4*2 {
			t.Errorf("the server saw %d requests, want 28", n)
		}
		if gap, _ := w.gaps(); gap < 3*time.Second {
			t.Errorf("two requests only %v apart", gap)
		}
	})
}

func TestDelayHoldsPerAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Delay = 2 * time.Second
		for i := range 5 {
			name := fmt.Sprintf("h%d.example", i)
			w.site.Hosts = append(w.site.Hosts, name)
			w.page(name, send(report))
		}
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				if _, err := w.get(t.Context(), request(w, fmt.Sprintf("http://h%d.example/%d", i%5, i))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if _, gap := w.gaps(); gap < 2*time.Second {
			t.Errorf("two requests to one address only %v apart", gap)
		}
	})
}

func TestDelayHoldsWhereConnectingIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Delay = 2 * time.Second
		w.page(host, send(report))
		dial, first := w.config.Dial, true
		w.config.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if first {
				first = false
				time.Sleep(1500 * time.Millisecond) // fake
			}
			return dial(ctx, network, address)
		}
		w.renew()
		for i := range 3 {
			if _, err := w.fetch(fmt.Sprintf("/%d", i), transport.KindDocument); err != nil {
				t.Fatal(err)
			}
		}
		if gap, _ := w.gaps(); gap < 2*time.Second {
			t.Errorf("the server saw two requests only %v apart", gap)
		}
	})
}

func TestHostsOnDifferentAddressesDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Delay = 10 * time.Second
		w.config.Resolve = func(h string) ([]netip.Addr, error) {
			return []netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, h[1]})}, nil
		}
		w.renew()
		begin := time.Now()
		var wg sync.WaitGroup
		for i := range 5 {
			name := fmt.Sprintf("h%d.example", i)
			w.site.Hosts = append(w.site.Hosts, name)
			w.page(name, send(report))
		}
		for i := range 5 {
			wg.Go(func() {
				if _, err := w.get(t.Context(), request(w, fmt.Sprintf("http://h%d.example/", i))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if took := time.Since(begin); took > 11*time.Second { // robots.txt, then the page
			t.Errorf("it took %v", took)
		}
	})
}

func TestRetryAfterPausesTheHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.page(host, sequence(status(429, "", "Retry-After", "60"), send(report)))
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() {
				if _, err := w.fetch(fmt.Sprintf("/%d", i), transport.KindDocument); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		hits := w.log()
		if gap := hits[1].at - hits[0].at; gap < time.Minute {
			t.Errorf("the host was asked again after %v", gap)
		}
	})
}

func TestTroubleSlowsDownAndSuccessSpeedsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Delay = time.Second
		w.page(host, sequence(status(503, ""), status(503, ""), send(report)))
		for i := range 30 {
			if _, err := w.fetch(fmt.Sprintf("/%d", i), transport.KindDocument); err != nil {
				t.Fatal(err)
			}
		}
		hits := w.log()
		early, late := hits[4].at-hits[3].at, hits[len(hits)-1].at-hits[len(hits)-2].at
		if early < 2*time.Second || late != time.Second {
			t.Errorf("delays are %v after the trouble and %v at the end", early, late)
		}
	})
}

func TestDeadHostRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.IgnoreRobots = "not what is tested"
		var dead atomic.Bool
		dead.Store(true)
		w.page(host, func(rw http.ResponseWriter, r *http.Request) {
			if dead.Load() {
				<-r.Context().Done()
				return
			}
			send(report)(rw, r)
		})
		begin := time.Now()
		if _, err := w.fetch("/0", transport.KindDocument); transport.CodeOf(err) != transport.Timeout {
			t.Errorf("first: %v", err)
		}
		for i := range 100 {
			if _, err := w.fetch(fmt.Sprintf("/%d", i), transport.KindDocument); transport.CodeOf(err) != transport.HostDown {
				t.Errorf("later: %v", err)
			}
		}
		if n := len(w.log()); n != 3 {
			t.Errorf("a dead host was asked %d times", n)
		}
		if took := time.Since(begin); took > 3*time.Minute {
			t.Errorf("a dead host cost %v", took)
		}
		time.Sleep(31 * time.Minute) // fake
		if _, err := w.fetch("/again", transport.KindDocument); transport.CodeOf(err) != transport.Timeout {
			t.Errorf("after the rest: %v", err)
		}
		if n := len(w.log()); n != 4 {
			t.Errorf("after the rest it was asked %d times in all, want 4", n)
		}
		dead.Store(false)
		time.Sleep(61 * time.Minute)
		if _, err := w.fetch("/well", transport.KindDocument); err != nil {
			t.Error(err)
		}
	})
}

func TestBanIsSeenAsOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.page(host, sequence(send(report), status(403, "no")))
		var codes []transport.Code
		for i := range 5 {
			_, err := w.fetch(fmt.Sprintf("/%d", i), transport.KindDocument)
			codes = append(codes, transport.CodeOf(err))
		}
		want := []transport.Code{"", transport.Status, transport.Status, transport.Blocked, transport.Blocked}
		if !slices.Equal(codes, want) {
			t.Errorf("codes are %v, want %v", codes, want)
		}
	})
}

func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Budget = 4 // robots.txt takes one
		w.page(host, send(report))
		for i := range 6 {
			_, err := w.fetch(fmt.Sprintf("/%d", i), transport.KindDocument)
			if want := i >= 3; (transport.CodeOf(err) == transport.Budget) != want {
				t.Errorf("request %d: %v", i, err)
			}
		}
		if n := len(w.log()); n != 3 {
			t.Errorf("the server saw %d pages, want 3", n)
		}
	})
}

func TestRobots(t *testing.T) {
	const deny = "User-agent: *\nDisallow: /secret/\n"
	for _, tc := range []struct {
		name  string
		h     http.HandlerFunc
		path  string
		code  transport.Code
		least time.Duration // between two pages
	}{
		{name: "absent", path: "/a"},
		{name: "allowed", h: send(deny), path: "/a"},
		{name: "disallowed", h: send(deny), path: "/secret/a", code: transport.Robots},
		{name: "everything disallowed", h: send("User-agent: *\nDisallow: /"), path: "/a", code: transport.Robots},
		{name: "another agent", h: send("User-agent: other\nDisallow: /"), path: "/a"},
		{name: "we by name", h: send("User-agent: gongkai\nDisallow: /"), path: "/a", code: transport.Robots},
		{name: "query", h: send("User-agent: *\nDisallow: /list?page="), path: "/list?page=2", code: transport.Robots},
		{name: "503", h: status(503, "down"), path: "/a", code: transport.Robots},
		{name: "403", h: status(403, "no"), path: "/a"},
		{name: "a web page", h: send(report), path: "/a"},
		{name: "empty", h: send(""), path: "/a"},
		{name: "5 MB", h: send(deny + strings.Repeat("# padding\n", 500_000)), path: "/secret/a", code: transport.Robots},
		{name: "redirect", h: redirect("/robots2.txt"), path: "/secret/a", code: transport.Robots},
		{name: "redirect elsewhere", h: redirect("http://elsewhere.example/robots.txt"), path: "/a"},
		{name: "crawl delay", h: send("User-agent: *\nCrawl-delay: 10\n"), path: "/a", least: 10 * time.Second},
		{name: "absurd crawl delay", h: send("User-agent: *\nCrawl-delay: 86400\n"), path: "/a", least: time.Minute},
		{name: "challenge", h: status(521, "<script>__jsl_clearance</script>"), path: "/a", code: transport.Challenge},
		{name: "no answer", h: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, path: "/a", code: transport.Timeout},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				if tc.h != nil {
					w.page(host+"/robots.txt", tc.h)
				}
				w.page(host, func(rw http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/robots2.txt" {
						send(deny)(rw, r)
						return
					}
					send(report)(rw, r)
				})
				for range 3 {
					if _, err := w.fetch(tc.path, transport.KindDocument); transport.CodeOf(err) != tc.code || (err == nil) != (tc.code == "") {
						t.Errorf("got %v, want code %q", err, tc.code)
					}
				}
				pages := 0
				for _, h := range w.log() {
					if strings.HasSuffix(h.url, tc.path) {
						pages++
					}
				}
				if (pages == 3) != (tc.code == "") || pages != 0 && pages != 3 {
					t.Errorf("the server saw %d pages after %q", pages, tc.code)
				}
				if gap, _ := w.gaps(); gap < tc.least || tc.least > 0 && gap > tc.least {
					t.Errorf("pages are %v apart, want %v", gap, tc.least)
				}
			})
		})
	}
}

func TestRobotsOverriddenWithAReason(t *testing.T) {
	w := newWorld(t)
	w.page(host+"/robots.txt", send("User-agent: *\nDisallow: /"))
	w.page(host, send(report))
	w.site.IgnoreRobots = "written consent of 2026-01-02"
	if _, err := w.fetch("/a", transport.KindDocument); err != nil {
		t.Error(err)
	}
}

func TestCancelIsPrompt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Delay = time.Hour
		w.page(host, send(report))
		stop := errors.New("stopped by the user")
		ctx, cancel := context.WithCancelCause(t.Context())
		begin := time.Now()
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				_, err := w.get(ctx, fetch.Request{URL: fmt.Sprintf("http://%s/%d", host, i), Kind: transport.KindDocument, Site: w.site})
				if !errors.Is(err, stop) {
					t.Errorf("got %v, want %v", err, stop)
				}
			})
		}
		time.Sleep(time.Second)
		cancel(stop)
		wg.Wait()
		if took := time.Since(begin); took > time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestCancelInTheBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.page(host, drip(time.Second))
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := w.get(ctx, request(w, "http://"+host+"/a"))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if e := w.last(); e.URL != "" {
			t.Errorf("a request that the caller gave up is in the archive: %+v", e)
		}
	})
}

func TestPostIsRepeatable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var bodies []string
		h := sequence(status(503, ""), send(`{"total":1}`))
		w.page(host, func(rw http.ResponseWriter, r *http.Request) {
			b, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			bodies = append(bodies, r.Header.Get("Content-Type")+" "+string(b))
			h(rw, r)
		})
		req := request(w, "http://"+host+"/dataproxy.jsp")
		req.Method, req.Form, req.Kind = http.MethodPost, map[string][]string{"col": {"1"}, "page": {"2"}}, transport.KindList
		resp, err := w.get(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		want := "application/x-www-form-urlencoded col=1&page=2"
		if resp.MediaType != "application/json" || !slices.Equal(bodies, []string{want, want}) {
			t.Errorf("type %s, bodies %q", resp.MediaType, bodies)
		}
		if w.last().Form != "col=1&page=2" {
			t.Errorf("archived form is %q", w.last().Form)
		}
	})
}

// TestDelayHoldsPerDomain: hosts of one registrable domain on different
// addresses are one lane; those of another domain are not held up.
func TestDelayHoldsPerDomain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Delay = 10 * time.Second
		w.config.Resolve = func(h string) ([]netip.Addr, error) {
			return []netip.Addr{netip.AddrFrom4([4]byte{192, 0, h[0], h[1]})}, nil
		}
		w.renew()
		begin := time.Now()
		var wg sync.WaitGroup
		for _, name := range []string{"a1.shili.gov.cn", "b1.shili.gov.cn", "c1.yangli.gov.cn"} {
			w.site.Hosts = append(w.site.Hosts, name)
			w.page(name, send(report))
		}
		took := make([]time.Duration, 3)
		for i, name := range w.site.Hosts[1:] {
			wg.Go(func() {
				if _, err := w.get(t.Context(), request(w, "http://"+name+"/")); err != nil {
					t.Error(err)
				}
				took[i] = time.Since(begin)
			})
		}
		wg.Wait()
		if both := max(took[0], took[1]); both < 30*time.Second { // two robots.txt and two pages
			t.Errorf("two hosts of one domain took %v", both)
		}
		if took[2] > 11*time.Second {
			t.Errorf("a host of another domain took %v", took[2])
		}
	})
}

// TestRate: all hosts together keep to a rate, and nothing begins after the night.
func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.IgnoreRobots = "a test"
		w.config.Resolve = func(h string) ([]netip.Addr, error) {
			return []netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, h[1]})}, nil
		}
		w.config.Rate, w.config.Until = 4, time.Now().Add(1900*time.Millisecond)
		w.renew()
		late := 0
		for i := range 9 {
			name := fmt.Sprintf("h%d.example", i)
			w.site.Hosts = append(w.site.Hosts, name)
			w.page(name, send(report))
			switch _, err := w.get(t.Context(), request(w, "http://"+name+"/")); {
			case transport.CodeOf(err) == transport.Budget:
				late++
			case err != nil:
				t.Error(err)
			}
		}
		if _, gap := w.gaps(); gap < 250*time.Millisecond {
			t.Errorf("two requests only %v apart", gap)
		}
		if late == 0 || late+len(w.log()) != 9 {
			t.Errorf("%d late, %d sent", late, len(w.log()))
		}
	})
}
