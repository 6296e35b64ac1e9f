package web

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// pageTime bounds the making of one page.
const pageTime = 30 * time.Second

// A route is one sort of page.
type route struct {
	pattern string
	view    view
}

// pages lists all pages; each stands in Chinese at its pattern and in English
// under /en.
func (s *Server) pages() []route {
	return []route{
		{"/{$}", s.home},
		{"/a", s.agencies},
		{"/a/{agency}", s.agency},
		{"/agency/{agency}", moved("/a/", "agency")},
		{"/r/{report}", s.report},
		{"/report/{id}", s.movedReport},
		{"/rules", s.rules},
		{"/trend/{metric}", s.trend},
		{"/rank", s.rankings},
		{"/rank/{year}/{group}", s.ranking},
		{"/ranking/{year}/{group}", s.ranking},
	}
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, p := range s.pages() {
		for _, suffix := range suffixesOf(p.pattern) {
			mux.HandleFunc(p.pattern+suffix, s.serve(chinese, p.view))
			mux.HandleFunc("/en"+p.pattern+suffix, s.serve(english, p.view))
		}
	}
	nowhere := func(context.Context, *snapshot, *http.Request) (*answer, error) {
		return nil, notFound("error.no_page")
	}
	mux.HandleFunc("/", s.serve(chinese, nowhere))
	mux.HandleFunc("/en/", s.serve(english, nowhere))
	mux.HandleFunc("/static/gongkai.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		write(w, r, http.StatusOK, "text/css; charset=utf-8", styleCSS)
	})
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
		write(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
	})
	mux.HandleFunc("/sql.json", s.sql)
	mux.HandleFunc("/readyz", s.ready)
	return mux
}

// suffixesOf lists what may follow a pattern; a part of the path that is named
// takes it in.
func suffixesOf(pattern string) []string {
	if strings.HasSuffix(pattern, "}") {
		return []string{""}
	}
	return []string{"", ".csv", ".json"}
}

// ready reports whether the warehouse answers.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	snap, done := s.snaps.acquire()
	defer done()
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if snap == nil || snap.db.SQL().PingContext(ctx) != nil {
		problem(w, r, http.StatusServiceUnavailable, "E_NO_DATA", "no published file is open", nil)
		return
	}
	write(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte("ready\n"))
}
