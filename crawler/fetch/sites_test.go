package fetch_test

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
)

func TestForSites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		mux := http.NewServeMux()
		mux.HandleFunc("/page", send(report))
		mux.HandleFunc("/file", send("%PDF-1.4\n%%EOF"))
		mux.HandleFunc("/gone", status(404, ""))
		mux.HandleFunc("/down", status(500, ""))
		mux.HandleFunc("/soft", send("<html><title>404</title>页面不存在</html>"))
		mux.HandleFunc("/wall", status(521, ""))
		mux.HandleFunc("/secret", send(report))
		mux.HandleFunc("/off", redirect("http://mirror.example/"))
		mux.HandleFunc("/loop", redirect("/loop"))
		mux.HandleFunc("/cut", raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<html>"))
		w.page(host, mux.ServeHTTP)
		w.page(host+"/robots.txt", send("User-agent: *\nDisallow: /secret"))
		sites := []*crawler.Site{
			{ID: "a", Hosts: []string{host}, Delay: crawler.Duration(time.Second)},
			{ID: "b", Hosts: []string{host, "other.example"}, Delay: crawler.Duration(3 * time.Second), Robots: crawler.Robots{Ignore: true, Reason: "for b only"}},
		}
		get := fetch.ForSites(sites, w.chain)
		for path, want := range map[string]crawler.FailureKind{
			"/page": "", "/file": "", "/gone": crawler.FailGone, "/down": crawler.FailStatus, "/soft": crawler.FailSoft404, "/wall": crawler.FailChallenge,
			"/secret": crawler.FailRobots, "/off": crawler.FailOffSite, "/loop": crawler.FailLimit, "/cut": crawler.FailNetwork,
		} {
			page, err := get(t.Context(), crawler.Request{URL: "http://" + host + path, Kind: crawler.KindDocument})
			var kind crawler.FailureKind
			if err != nil {
				kind = crawler.FailureOf(err)
			}
			if kind != want {
				t.Errorf("%s: got %v, want %q", path, err, want)
			}
			if err == nil && (page.UTF8 == nil) != (path == "/file") {
				t.Errorf("%s: text is %q", path, page.UTF8)
			}
		}
		if _, err := get(t.Context(), crawler.Request{URL: "http://mirror.example/"}); crawler.FailureOf(err) != crawler.FailOffSite {
			t.Errorf("off the list: %v", err)
		}
		if gap, _ := w.gaps(); gap < 3*time.Second {
			t.Errorf("two sites on a host were visited %v apart", gap)
		}
		// Until the crawler puts a document there is none.
		if docs := w.documents(); len(docs) != 0 {
			t.Errorf("documents: %v", docs)
		}
	})
}

// documents returns the names of the archive's documents.
func (w *world) documents() []string {
	var names []string
	for d, err := range w.archive.Documents(w.t.Context()) {
		if err != nil {
			w.t.Error(err)
			continue
		}
		names = append(names, d.Name)
	}
	return names
}

func TestCrawledDocumentIsStoredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.page(host, send(report))
		sites := []*crawler.Site{{ID: "a", Hosts: []string{host}}}
		for range 3 { // nights
			w.renew()
			page, err := fetch.ForSites(sites, w.chain)(t.Context(), crawler.Request{URL: "http://" + host + "/a", Kind: crawler.KindDocument})
			if err != nil {
				t.Fatal(err)
			}
			page.Document.AgencyID, page.Document.Year = "shili-kjj", 2023
			if err := w.archive.Put(t.Context(), page.Document); err != nil {
				t.Fatal(err)
			}
			time.Sleep(24 * time.Hour)
		}
		var kinds string
		for e, err := range w.archive.List() {
			if err != nil {
				t.Fatal(err)
			}
			if e.Kind != archive.KindRobots {
				kinds += e.Type + "/" + e.Kind + " "
			}
		}
		if want := "response/page revisit/document revisit/page revisit/page "; kinds != want {
			t.Errorf("captures are %s, want %s", kinds, want)
		}
		for d, err := range w.archive.Documents(t.Context()) {
			if err != nil || d.AgencyID != "shili-kjj" || d.Name != "http://"+host+"/a" || string(d.Body) != report {
				t.Errorf("document %+v, %v", d, err)
			}
		}
		if n := len(w.documents()); n != 1 {
			t.Errorf("%d documents, want 1", n)
		}
		w.checkSound()
	})
}

func TestArchiveThatTakesNothingIsAFailureOfOurs(t *testing.T) {
	w := newWorld(t)
	w.page(host, send(report))
	if err := w.archive.Close(); err != nil {
		t.Fatal(err)
	}
	get := fetch.ForSites([]*crawler.Site{{ID: "a", Hosts: []string{host}, Delay: -1, Robots: crawler.Robots{Ignore: true, Reason: "not what is tested"}}}, w.chain)
	_, err := get(t.Context(), crawler.Request{URL: "http://" + host + "/a"})
	if f, ok := errors.AsType[*crawler.Failure](err); !ok || f.Kind != crawler.FailStore {
		t.Errorf("got %v", err)
	}
}
