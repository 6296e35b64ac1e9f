package fetch_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

// night gets the paths in a run of its own.
func (w *world) night(paths ...string) map[string]outcome {
	w.renew()
	got := map[string]outcome{}
	for _, p := range paths {
		resp, err := w.fetch(p, transport.KindDocument)
		got[p] = outcomeOf(resp, err)
	}
	return got
}

type outcome struct {
	Code                   transport.Code
	Body, UTF8, Type       string
	FinalURL               string
	NotModified, Unchanged bool
	Fetched                time.Time
}

func outcomeOf(r *fetch.Response, err error) outcome {
	if err != nil {
		return outcome{Code: transport.CodeOf(err)}
	}
	return outcome{
		Body: string(r.Document.Body), UTF8: string(r.UTF8), Type: r.MediaType, FinalURL: r.FinalURL,
		NotModified: r.NotModified, Unchanged: r.Unchanged, Fetched: r.Document.Fetched,
	}
}

// serveTagged answers 304 to a request with the tag of the page.
func serveTagged(page *string) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf(`"%d"`, len(*page))
		rw.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		send(*page)(rw, r)
	}
}

func TestSecondNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		tagged, plain := report, report+"<!-- plain -->"
		mux := http.NewServeMux()
		mux.HandleFunc("/tagged", serveTagged(&tagged))
		mux.HandleFunc("/plain", func(rw http.ResponseWriter, r *http.Request) { send(plain)(rw, r) })
		mux.HandleFunc("/down", redirect("/tagged"))
		mux.HandleFunc("/zipped", func(rw http.ResponseWriter, r *http.Request) {
			if r.Header.Get("If-Modified-Since") != "" {
				rw.WriteHeader(http.StatusNotModified)
				return
			}
			status(200, zipped(report+"<!-- zipped -->"), "Content-Encoding", "gzip", "Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT")(rw, r)
		})
		w.page(host, mux.ServeHTTP)
		paths := []string{"/tagged", "/plain", "/down", "/zipped"}
		first := w.night(paths...)
		day := 24 * time.Hour
		time.Sleep(day)
		second := w.night(paths...)
		for _, p := range paths {
			a, b := first[p], second[p]
			if a.Code != "" || b.Code != "" || a.Body != b.Body || a.UTF8 != b.UTF8 || a.FinalURL != b.FinalURL {
				t.Errorf("%s: %+v, then %+v", p, a, b)
			}
			if !b.Unchanged || b.NotModified != (p != "/plain") {
				t.Errorf("%s: not modified %v, unchanged %v", p, b.NotModified, b.Unchanged)
			}
			if p == "/tagged" && !b.Fetched.Equal(a.Fetched) {
				t.Errorf("%s: the bytes of %v are dated %v", p, a.Fetched, b.Fetched)
			}
		}
		if e := w.last(); e.Type != archive.TypeRevisit || e.Status != 304 {
			t.Errorf("last capture is %+v", e)
		}
		time.Sleep(day)
		tagged += "<!-- 更正 -->"
		third := w.night(paths...)
		if third["/tagged"].Unchanged || third["/tagged"].Body != tagged || !third["/plain"].Unchanged {
			t.Errorf("after a correction: %+v", third["/tagged"])
		}
		bodies := map[string]int{}
		for d, err := range w.archive.Documents(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			bodies[string(d.Body)]++
		}
		want := map[string]int{report: 1, plain: 1, tagged: 1, report + "<!-- zipped -->": 1}
		if diff := cmp.Diff(want, bodies); diff != "" {
			t.Errorf("documents (-want +got):\n%s", diff)
		}
	})
}

func TestServerThatAlwaysSays304IsNotBelievedForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		page := report
		w.page(host, func(rw http.ResponseWriter, r *http.Request) {
			if r.Header.Get("If-None-Match") != "" {
				rw.WriteHeader(http.StatusNotModified)
				return
			}
			status(200, page, "ETag", `"always"`)(rw, r)
		})
		w.night("/a")
		page += "<!-- new -->"
		var seen []int
		for day := 1; day <= 40; day++ {
			time.Sleep(24 * time.Hour)
			if w.night("/a")["/a"].Body == page {
				seen = append(seen, day)
			}
		}
		if len(seen) == 0 || seen[0] > 31 {
			t.Errorf("the change was seen on days %v, want from day 30 or 31 on", seen)
		}
	})
}

func TestQuarantinedPageDoesNotReplaceTheGoodOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.page(host, sequence(status(200, report, "ETag", `"1"`), send("<html><title>404</title>页面不存在</html>"), status(304, "")))
		w.night("/a")
		if c := w.night("/a")["/a"].Code; c != transport.Soft404 {
			t.Errorf("second night: %q", c)
		}
		third := w.night("/a")["/a"]
		if third.Body != report || !third.NotModified {
			t.Errorf("third night: %+v", third)
		}
	})
}

func TestReplayGivesTheSameAsTheCrawl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.page(host+"/robots.txt", send("User-agent: *\nDisallow: /secret"))
		mux := http.NewServeMux()
		mux.HandleFunc("/page", send(report))
		mux.HandleFunc("/moved", redirect("/page"))
		mux.HandleFunc("/busy", sequence(status(503, ""), send(report+"busy")))
		mux.HandleFunc("/gbk", status(200, "<html><title>\xc4\xea\xb6\xc8\xb1\xa8\xb8\xe6</title></html>", "Content-Type", "text/html; charset=utf-8"))
		mux.HandleFunc("/pdf", status(200, zipped("%PDF-1.4\n%%EOF"), "Content-Encoding", "gzip", "Content-Type", "application/pdf;charset=GBK"))
		mux.HandleFunc("/gone", status(404, "gone"))
		mux.HandleFunc("/soft", send("<html><title>404</title>页面不存在</html>"))
		mux.HandleFunc("/cut", raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"+report))
		mux.HandleFunc("/off", redirect("http://mirror.example/"))
		mux.HandleFunc("/secret", send(report))
		mux.HandleFunc("/loop", redirect("/loop"))
		mux.HandleFunc("/bomb", status(200, bomb(2<<20), "Content-Encoding", "gzip"))
		w.page(host, mux.ServeHTTP)
		paths := []string{"/page", "/moved", "/busy", "/gbk", "/pdf", "/gone", "/soft", "/cut", "/off", "/secret", "/loop", "/bomb"}
		live := w.night(paths...)
		firstNight := time.Now()
		time.Sleep(24 * time.Hour)
		w.page(host, send(report+"everything is new"))
		w.night(paths...)
		before := len(w.log())
		w.config.Replay, w.config.Recorder = w.archive.Replay(firstNight), nil
		replayed := w.night(append(slices.Clone(paths), "/never")...)
		if replayed["/never"].Code != transport.NotCaptured {
			t.Errorf("what was never captured: %+v", replayed["/never"])
		}
		delete(replayed, "/never")
		// A replay compares nothing with earlier captures.
		same := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Unchanged" }, cmp.Ignore())
		if diff := cmp.Diff(live, replayed, same); diff != "" {
			t.Errorf("replay differs (-live +replay):\n%s", diff)
		}
		if n := len(w.log()); n != before {
			t.Errorf("the replay sent %d requests", n-before)
		}
		if live["/gbk"].UTF8 != "<html><title>年度报告</title></html>" || live["/pdf"].Type != "application/pdf" || live["/pdf"].UTF8 != "" || live["/pdf"].Body != "%PDF-1.4\n%%EOF" {
			t.Errorf("live: %+v %+v", live["/gbk"], live["/pdf"])
		}
	})
}
