package web

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"path"
	"strconv"
	"strings"

	"gongkai/internal/tabular"
)

// mediaTypes are those of the data beside a page.
var mediaTypes = map[string]string{".csv": "text/csv; charset=utf-8", ".json": "application/json"}

// serve makes a handler of a view, in one language.
func (s *Server) serve(lang string, v view) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		where, suffix := splitSuffix(r.URL.Path)
		snap, done := s.snaps.acquire()
		defer done()
		if snap == nil {
			s.fail(w, r, lang, suffix, overview{}, &httpError{http.StatusServiceUnavailable, "E_NO_DATA", "error.no_data", nil})
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), pageTime)
		defer cancel()
		a, err := v(ctx, snap, r)
		if err == nil && suffix != "" && a.columns == nil && a.redirect == "" {
			err = notFound("error.not_found")
		}
		if err != nil {
			s.fail(w, r, lang, suffix, snap.held, err)
			return
		}
		if a.redirect != "" {
			http.Redirect(w, r, a.redirect, http.StatusMovedPermanently)
			return
		}
		body, kind := a.raw, a.contentType
		switch {
		case body != nil:
		case suffix != "":
			body, err = a.table(suffix[1:])
			kind = mediaTypes[suffix]
			w.Header().Set("Access-Control-Allow-Origin", "*")
		default:
			body, err = render(a.template, &page{
				Lang: lang, Title: a.title, Nav: a.nav, Path: strings.TrimPrefix(where, "/en"), Query: r.URL.Query().Encode(), Held: snap.held, Data: a.columns != nil, Body: a.body,
			})
			kind = "text/html; charset=utf-8"
		}
		if err != nil {
			s.fail(w, r, lang, suffix, snap.held, err)
			return
		}
		w.Header().Set("Cache-Control", "max-age=60")
		write(w, r, http.StatusOK, kind, body)
	}
}

// table writes the figures of an answer whole.
func (a *answer) table(format string) ([]byte, error) {
	var b bytes.Buffer
	_, err := tabular.Write(&b, format, a.columns, 0, func(add func([]tabular.Value) error) error {
		for _, row := range a.rows {
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
	return b.Bytes(), err
}

// fail tells what went wrong: to people as a page, to programs as problem+json.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, lang, suffix string, held overview, err error) {
	h := s.asHTTP(r, err)
	text, sayErr := say(lang, h.key, h.args...)
	if sayErr != nil {
		text = h.code
	}
	if suffix != "" {
		problem(w, r, h.status, h.code, text, nil)
		return
	}
	body, err := render("error", &page{Lang: lang, Title: strconv.Itoa(h.status), Path: "/", Held: held, Body: map[string]any{"Code": h.code, "Text": text}})
	if err != nil {
		s.log.Error("page failed", "route", r.Pattern, "error", err)
		http.Error(w, h.code, h.status)
		return
	}
	write(w, r, h.status, "text/html; charset=utf-8", body)
}

// problem writes an error for programs, as RFC 9457 has it.
func problem(w http.ResponseWriter, r *http.Request, status int, code, detail string, more map[string]any) {
	all := map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "code": code, "detail": detail}
	maps.Copy(all, more)
	b, err := json.Marshal(all)
	if err != nil {
		http.Error(w, code, status)
		return
	}
	write(w, r, status, "application/problem+json", b)
}

func write(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who has gone away needs no answer
	}
}

// splitSuffix takes .csv or .json off the path of a request.
func splitSuffix(p string) (without, suffix string) {
	if ext := path.Ext(p); mediaTypes[ext] != "" {
		return strings.TrimSuffix(p, ext), ext
	}
	return p, ""
}

// segment returns a part of the path by its name, without .csv or .json.
func segment(r *http.Request, name string) string {
	without, _ := splitSuffix(r.PathValue(name))
	return without
}
