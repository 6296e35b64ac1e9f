package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai"
	"gongkai/internal/tabular"
)

//go:embed pages/*.html
var pagesFS embed.FS

//go:embed gongkai.css
var styleCSS []byte

// A page is what every template is given.
type page struct {
	Lang  string
	Title string
	Path  string // without language and suffix, for the other language
	Query string // what the request asked for, encoded; empty if nothing
	Nav   string // which part of the site it belongs to
	Held  overview
	Data  bool // there are .csv and .json beside it
	Body  any
}

// templates are parsed once, each in the frame that all have.
var templates = parseTemplates()

func parseTemplates() map[string]*template.Template {
	frame := template.Must(template.New("frame.html").Funcs(template.FuncMap{
		"figure": figure, "comma": comma, "fixed": func(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) },
		"percent": func(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) + " %" },
	}).ParseFS(pagesFS, "pages/frame.html"))
	all := map[string]*template.Template{}
	entries, err := pagesFS.ReadDir("pages")
	if err != nil {
		panic(err) // compiled in
	}
	for _, e := range entries {
		if name := e.Name(); name != "frame.html" {
			all[strings.TrimSuffix(name, ".html")] = template.Must(template.Must(frame.Clone()).ParseFS(pagesFS, "pages/"+name))
		}
	}
	return all
}

// Say returns a text of the catalogue in the language of the page.
func (p *page) Say(key string, args ...any) (string, error) { return say(p.Lang, key, args...) }

// Zh reports whether the page is in Chinese.
func (p *page) Zh() bool { return p.Lang == chinese }

// Link makes the address of a page in the same language.
func (p *page) Link(parts ...any) string {
	path := ""
	for _, part := range parts {
		path += "/" + url.PathEscape(fmt.Sprint(part))
	}
	return p.prefix() + path
}

func (p *page) prefix() string {
	if p.Lang == english {
		return "/en"
	}
	return ""
}

// Home is the address of the first page.
func (p *page) Home() string { return p.prefix() + "/" }

// Other is the address of the same page in the other language.
func (p *page) Other() string {
	prefix := "/en"
	if p.Lang == english {
		prefix = ""
	}
	return prefix + p.address("")
}

// Beside is the address of the data of the page: of what was asked, not of all.
func (p *page) Beside(suffix string) string { return p.prefix() + p.address(suffix) }

func (p *page) address(suffix string) string {
	return (&url.URL{Path: p.Path + suffix, RawQuery: p.Query}).String()
}

// Number36 writes the number of a report as addresses have it.
func (p *page) Number36(id int64) string { return strconv.FormatInt(id, 36) }

// A view makes the page of a request, and the table behind it if it has one.
type view func(ctx context.Context, snap *snapshot, r *http.Request) (*answer, error)

// An answer is a page and the same figures as a table.
type answer struct {
	template    string
	title       string
	nav         string
	body        any
	columns     []tabular.Column // nil: the page has no data
	rows        [][]tabular.Value
	redirect    string
	contentType string // of raw, which is given as it is
	raw         []byte
}

// An httpError is an answer that is none.
type httpError struct {
	status int
	code   string
	key    string // of the catalogue
	args   []any
}

func (e *httpError) Error() string { return e.code }

func notFound(key string, args ...any) error {
	return &httpError{http.StatusNotFound, "E_NOT_FOUND", key, args}
}

// asHTTP gives an error its status. What is no fault of the request is logged
// and told without particulars.
func (s *Server) asHTTP(r *http.Request, err error) *httpError {
	var h *httpError
	var g *gongkai.Error
	switch {
	case errors.As(err, &h):
		return h
	case errors.As(err, &g) && (g.Code == gongkai.CodeNotFound || g.Code == gongkai.CodeUnknown || g.Code == gongkai.CodeAmbiguous):
		return &httpError{http.StatusNotFound, "E_NOT_FOUND", "error.not_found", nil}
	case errors.Is(err, context.DeadlineExceeded):
		return &httpError{http.StatusServiceUnavailable, "E_TIME", "error.time", nil}
	case errors.Is(err, context.Canceled):
		return &httpError{http.StatusServiceUnavailable, "E_CANCELLED", "error.time", nil}
	}
	s.log.Error("page failed", "route", r.Pattern, "error", err)
	return &httpError{http.StatusInternalServerError, "E_INTERNAL", "error.internal", nil}
}

// render writes a page whole or not at all.
func render(name string, p *page) ([]byte, error) {
	t := templates[name]
	if t == nil {
		return nil, fmt.Errorf("there is no template %q", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "frame.html", p); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return b.Bytes(), nil
}
