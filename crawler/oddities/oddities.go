// Package oddities is a test bed of how agency sites behave when they do not
// behave: each case is a small site with one oddity and what a crawl must make
// of it, outcome by outcome. The cases are numbered by kind of behaviour;
// [Cases] is the only list of them.
//
// Kinds that need more than one site and one night have their tests elsewhere:
// year trees (3), gkmlpt (6) and ucap (7) in packages platform and replica, TLS
// (20), second nights (23) and politeness (27) in package fetch, redesigns (24)
// in package crawler, report bodies (26) in extract/fixture and, split over
// pages, in cmd/gongkai, kills (28) in crawler and cmd/gongkai, replays (29) in
// package fetch.
//
// # Files
//
//	oddities.go  Case, Cases, and what cases are made of
//	lists.go     how reports are listed
//	walls.go     challenges, redirects, soft 404s, floods
//	files.go     attachments, cut files, robots.txt
//	traps.go     loops, hidden lists, charsets, files that nobody reads
package oddities

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// Host is the site of every case.
const Host = "www.oddities.example"

// A Case is one oddity.
type Case struct {
	Number   int    // kind of behaviour, from 1
	Name     string // what is odd
	Platform string // of the site
	Column   string // address of its list, on Host
	Pages    Pages
	// Want lists what must become of everything that the crawl meets, sorted:
	// "RESULT ADDRESS", with "problem:KIND" or "skip:REASON" in the place of the
	// result, and the address without the site.
	Want []string
}

// Pages are the answers of a site by request URI; those to a POST by "POST "
// and the URI.
type Pages map[string]http.HandlerFunc

// ServeHTTP answers as the site does.
func (p Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.URL.RequestURI()
	if r.Method == http.MethodPost {
		key = "POST " + key
	}
	if h := p[key]; h != nil && r.Host == Host {
		h(w, r)
		return
	}
	http.NotFound(w, r)
}

// Cases returns all cases in the order of their numbers.
func Cases() []Case {
	all := slices.Concat(lists(), walls(), files(), traps())
	slices.SortStableFunc(all, func(a, b Case) int { return a.Number - b.Number })
	return all
}

// send answers with a page.
func send(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, body) // a client that went away is its own affair
	}
}

// status answers with a status, a body and header fields in pairs.
func status(code int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

// title is that of the n-th report of a case.
func title(n int) string {
	return fmt.Sprintf("示例市%s2023年政府信息公开工作年度报告", []string{"财政局", "教育局", "民政局", "司法局", "水利局"}[n-1])
}

// report is the n-th report as a page.
func report(n int) http.HandlerFunc {
	return send("<html><head><title>" + title(n) + "</title></head><body><h1>" + title(n) + "</h1><p>一、总体情况</p></body></html>")
}

// row is a line of a list.
func row(n int) string {
	return fmt.Sprintf(`<li><a href="/show/%d.html" title="%s">%s</a><span>2024-01-2%d</span></li>`, n, title(n), title(n), n)
}

// rows are lines of a list.
func rows(ns ...int) string {
	var b strings.Builder
	for _, n := range ns {
		b.WriteString(row(n))
	}
	return b.String()
}

// list is a page with lines and what stands below them.
func list(below string, ns ...int) http.HandlerFunc {
	return send("<html><body><ul>" + rows(ns...) + "</ul>" + below + "</body></html>")
}

// with adds the reports /show/1.html to /show/N.html.
func (p Pages) with(n int) Pages {
	for i := 1; i <= n; i++ {
		uri := fmt.Sprintf("/show/%d.html", i)
		if p[uri] == nil {
			p[uri] = report(i)
		}
	}
	return p
}

// captured are the outcomes of the first n reports when all is well, and more.
func captured(n int, more ...string) []string {
	for i := 1; i <= n; i++ {
		more = append(more, fmt.Sprintf("new /show/%d.html", i))
	}
	slices.Sort(more)
	return more
}
