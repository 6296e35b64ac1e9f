package fetch_test

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/fetch"
)

// oddPlaces are what servers put into headers that ought to hold an address.
var oddPlaces = []string{
	"/x/%u4e2d%u6587.html", "http://h:80:80/", "http://[::1", "/%zz", "http://", "//", "http:///a", "://a", ":", "\x00", "/a\x7fb", "http://a b/", "%", "?%", "/%", "#",
	"javascript:history.back()", "mailto:a@b.example", "data:text/html,x", "http://[fe80::1%25en0]/", "http://%41/", "http://\xb9\xab/", "/\xd6\xd0\xce\xc4.html", "/中文.html",
	"http://user:pass@www.shili.example/", strings.Repeat("a/", 3000), "http://" + strings.Repeat("a", 300) + ".example/", "http://www.shili.example:99999/", "http://www.shili.example:-1/",
}

// TestOddLocation: an odd Location, address or header fails its own address. It
// is never taken for a failure of the archive, which would end the run.
func TestOddLocation(t *testing.T) {
	places := append(oddPlaces, casesOfLocations(t)...)
	for _, status := range []int{301, 302, 307} {
		for _, place := range places {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.page(host, func(rw http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/good" {
						send(report)(rw, r)
						return
					}
					odd(rw, status, place)
				})
				get := fetch.ForSites([]*crawler.Site{{ID: "a", Hosts: []string{host}}}, w.chain)
				_, err := get(t.Context(), crawler.Request{URL: "http://" + host + "/odd", Kind: crawler.KindDocument})
				if kind := crawler.FailureOf(err); err == nil || kind == crawler.FailStore {
					t.Errorf("Location %.80q with %d: %v", place, status, err)
				}
				time.Sleep(time.Hour) // a host whose headers are no HTTP rests
				if _, err := get(t.Context(), crawler.Request{URL: "http://" + host + "/good", Kind: crawler.KindDocument}); err != nil {
					t.Errorf("after Location %.80q: %v", place, err)
				}
			})
		}
	}
}

// odd answers with a Location that net/http would not let a server send.
func odd(rw http.ResponseWriter, status int, place string) {
	conn, buf, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	fmt.Fprintf(buf, "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\nmove", status, place)
	_ = buf.Flush()
}

// casesOfLocations are those of the cases at hand.
func casesOfLocations(t *testing.T) []string {
	t.Helper()
	f, err := os.Open("../../../shared/cases/badlocations.txt")
	if errors.Is(err, os.ErrNotExist) {
		t.Log("NOT TESTED: the cases in ../shared are not there")
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []string
	for s := bufio.NewScanner(f); s.Scan(); {
		list = append(list, s.Text())
	}
	return list
}

// FuzzResolve: whatever stands in a page, Resolve gives an address that can be
// fetched, or none.
func FuzzResolve(f *testing.F) {
	for _, place := range oddPlaces {
		f.Add("http://www.shili.example/a/b.html", place)
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		address := crawler.Resolve(base, ref)
		if address == "" {
			return
		}
		if _, err := http.NewRequest(http.MethodGet, address, nil); err != nil {
			t.Errorf("Resolve(%q, %q) = %q: %v", base, ref, address, err)
		}
		if again := crawler.Resolve(address, address); again != address {
			t.Errorf("Resolve(%q, %q) = %q, and of that %q", base, ref, address, again)
		}
	})
}
