package platform

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gongkai"
	"gongkai/crawler"
)

// A replica is a small agency site on loopback: pages by request URI. A key
// that begins with "POST " is matched against method, URI and form.
type replica map[string]string

func (r replica) serve(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		key := req.URL.RequestURI()
		if req.Method == "POST" {
			if err := req.ParseForm(); err != nil {
				t.Error(err)
			}
			key = "POST " + key + " " + req.PostForm.Encode()
		}
		body, ok := r[key]
		if !ok {
			http.NotFound(w, req)
			return
		}
		if rest, fails := strings.CutPrefix(body, "HTTP "); fails {
			var code int
			fmt.Sscan(rest, &code)
			w.WriteHeader(code)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

// getter fetches without any of the politeness that loopback does not need.
func getter(ctx context.Context, req crawler.Request) (*crawler.Page, error) {
	var body io.Reader
	method := "GET"
	if req.Method == "POST" {
		method, body = "POST", strings.NewReader(req.Form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, req.URL, body)
	if err != nil {
		return nil, err
	}
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, crawler.Fail(crawler.FailNetwork, req.URL, "%w", err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	switch {
	case resp.StatusCode == 404:
		return nil, &crawler.Failure{Kind: crawler.FailGone, URL: req.URL, Status: 404}
	case resp.StatusCode != 200:
		return nil, &crawler.Failure{Kind: crawler.FailStatus, URL: req.URL, Status: resp.StatusCode}
	}
	d := &gongkai.Document{Name: req.URL, URL: req.URL, Body: b}
	return &crawler.Page{Document: d, UTF8: b, FinalURL: resp.Request.URL.String(), Status: 200}, nil
}

// crawl returns what a platform finds, without the server's address:
// "YEAR|DATE|UNIT|TITLE|ADDRESS" for a link and "KIND ADDRESS" for a failure.
func crawl(t *testing.T, name, path string, r replica, change func(*crawler.Column)) (links, failures []string) {
	t.Helper()
	s := r.serve(t)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	col := &crawler.Column{ID: "nb", URL: s.URL + path, MaxPages: crawler.DefaultMaxPages, Depth: crawler.DefaultDepth}
	if change != nil {
		change(col)
	}
	site := &crawler.Site{ID: "replica", Platform: name, Hosts: []string{u.Host}, Columns: []crawler.Column{*col}}
	strip := func(s string) string { return strings.ReplaceAll(s, "http://"+u.Host, "") }
	for l, err := range Table()[name].Links(t.Context(), site, col, getter) {
		if err != nil {
			address := col.URL
			if f, ok := err.(*crawler.Failure); ok {
				address = f.URL
			}
			failures = append(failures, string(crawler.FailureOf(err))+" "+strip(address))
			continue
		}
		year := ""
		if l.Year != 0 {
			year = fmt.Sprint(l.Year)
		}
		line := strings.Join([]string{year, l.Published, l.Unit, l.Title, strip(l.URL)}, "|")
		if l.Entry != crawler.EntryReport {
			line += "|" + string(l.Entry)
		}
		links = append(links, line)
	}
	return links, failures
}
