package web

import (
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// policy allows what the site itself serves, and nothing else.
const policy = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// guard wraps all that is served: headers, hosts that may be asked, methods, and
// panics, which end one answer and not the site.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		out := &recorder{ResponseWriter: w}
		h := out.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		defer func() {
			if v := recover(); v != nil {
				s.log.Error("page failed", "route", r.Pattern, "panic", v, "stack", string(debug.Stack()))
				if out.status == 0 {
					http.Error(out, "internal error", http.StatusInternalServerError)
				}
			}
			s.log.Debug("answered", "route", r.Pattern, "status", out.status, "ms", time.Since(began).Milliseconds())
		}()
		switch {
		case !s.knows(r.Host):
			http.Error(out, "this site does not answer to that host name; see --host", http.StatusMisdirectedRequest)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(out, "the site is read only", http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(out, r)
		}
	})
}

// knows reports whether the site answers to a host, as the browser names it:
// else a foreign page could reach it under a name of its own.
func (s *Server) knows(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return slices.Contains(s.hosts, strings.ToLower(strings.Trim(host, "[]")))
}

// A recorder notes the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// quiet is the log of a server that was given none.
var quiet = slog.New(slog.DiscardHandler)
