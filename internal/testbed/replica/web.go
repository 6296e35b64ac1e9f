package replica

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// A web is one site under construction: what its lists say and what each
// address answers.
type web struct {
	place    place
	agencies []gongkai.Agency
	entries  []*entry
	news     []entry           // that come after all others, so that those keep their addresses
	serial   int               // of the last page or file
	pages    map[string]answer // by request URI; by method and URI if not GET
	robots   string
	silent   []string // names of bodies that published nothing, for a roster
	front    *web     // the host of the home page, if that is another one
}

// An answer is what one address sends. The zero status is 200.
type answer struct {
	status int
	typ    string
	body   []byte
	header http.Header
}

// An entry is one line of a list.
type entry struct {
	title, date string
	year        int             // of the folder it stands in; 0 takes the report's
	report      *fixture.Report // nil if it is none
	style       string
	stub        bool    // the line leads to a page with a link to the file
	answer      *answer // instead of a report
	behind      string  // address, if it is not for the system to choose
	address     string  // set by publish
	serial      int
	odd         string // one of behaviours; empty for none
}

// A system is a publishing system.
type system struct {
	platform string
	column   string // the list's address on its host
	article  func(e *entry) string
	lists    func(h *web, entries []*entry)
}

func newWeb(p place) *web { return &web{place: p, pages: map[string]answer{}} }

func (h *web) add(e entry) *entry {
	h.serial++
	e.serial = h.serial
	if e.report != nil {
		e.year = e.report.Year
	}
	h.entries = append(h.entries, &e)
	return &e
}

// url makes an absolute address of one on this site.
func (h *web) url(path string) string { return "http://" + h.place.host + path }

// publish writes all pages of the site.
func (h *web) publish(o Options) {
	for _, e := range h.entries {
		h.document(e)
	}
	sorted := slices.Clone(h.entries)
	slices.SortStableFunc(sorted, func(a, b *entry) int { return strings.Compare(b.date, a.date) })
	h.place.system.lists(h, sorted)
	if o.Night == Redesigned && h.place.id == redesigned {
		h.redesign()
	}
	if h.robots != "" {
		h.pages["/robots.txt"] = answer{typ: "text/plain", body: []byte(h.robots)}
	}
	h.home()
}

// document publishes what stands behind an entry.
func (h *web) document(e *entry) {
	e.address = h.addressOf(e)
	switch {
	case e.answer != nil:
		h.pages[e.address] = *e.answer
	case e.report != nil && e.stub:
		file := fileAddress(e)
		h.pages[file] = written(e)
		h.pages[e.address] = page(fmt.Sprintf(`<html><head><title>%s</title></head><body><div class="title">%s</div><div class="TRS_Editor"><p>附件：<a href="%s">%s%s</a></p></div></body></html>`,
			e.title, e.title, file, e.title, styleNamed(e.style).Ext))
	case e.report != nil:
		h.pages[e.address] = written(e)
	}
	if b := behaviours[e.odd]; b.serve != nil {
		h.pages[e.address] = b.serve(h, e, h.pages[e.address])
	}
}

// addressOf returns the address that the list gives for e.
func (h *web) addressOf(e *entry) string {
	switch {
	case e.behind != "":
		return e.behind
	case e.report != nil && !e.stub && styleNamed(e.style).Ext != ".html":
		return fileAddress(e)
	}
	return h.place.system.article(e)
}

// fileAddress is the address of a file beside its page.
func fileAddress(e *entry) string {
	return fmt.Sprintf("/uploads/%s/P0%s%03d%s", strings.ReplaceAll(e.date[:7], "-", ""), strings.ReplaceAll(e.date, "-", ""), e.serial, styleNamed(e.style).Ext)
}

func styleNamed(name string) fixture.Style {
	s, ok := fixture.Find(name)
	if !ok {
		panic("no style " + name) // a test makes every world
	}
	return s
}

// written is the report of an entry as a document.
func written(e *entry) answer {
	s := styleNamed(e.style)
	d := fixture.Compose(s.Layout, e.report)
	d.Title = e.title
	a := answer{typ: s.MediaType, body: s.Write(d)}
	sum := sha256.Sum256(a.body)
	a.header = http.Header{"Etag": {`"` + hex.EncodeToString(sum[:8]) + `"`}}
	return a
}

func page(body string) answer {
	return answer{typ: "text/html; charset=utf-8", body: []byte(body)}
}

// list puts the lines of a list into a page.
func (h *web) list(lines ...string) answer {
	return page("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>政府信息公开年报_" + h.place.name + "</title></head><body>\n" +
		`<div class="nav"><a href="/">首页</a></div>` + "\n<div class=\"list\">\n" + strings.Join(lines, "\n") +
		"\n</div>\n<div class=\"footer\">" + h.place.name + "主办</div></body></html>\n")
}

// item is a line of a list as most systems print it: the title cut short in
// the text and whole in the attribute.
func item(e *entry, href string) string {
	shown := []rune(e.title)
	if len(shown) > 28 {
		shown = append(shown[:27], '…')
	}
	return fmt.Sprintf(`<li><a href="%s" title="%s" target="_blank">%s</a><span>%s</span></li>`,
		html.EscapeString(href), html.EscapeString(e.title), html.EscapeString(string(shown)), e.date)
}

func items(entries []*entry) []string {
	var lines []string
	for _, e := range entries {
		lines = append(lines, item(e, e.address))
	}
	return lines
}

// pagesOf cuts entries into pages; there is always one.
func pagesOf(entries []*entry, size int) [][]*entry {
	pages := slices.Collect(slices.Chunk(entries, size))
	if len(pages) == 0 {
		pages = [][]*entry{nil}
	}
	return pages
}
