package platform

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"gongkai/crawler"
)

// TRS WCM. Page 0 of a list is index.html, page k is index_k.html. A script
// call names the number of pages: createPageHTML(50, 0, "index", "html"), in
// some places with a fifth argument; or a variable does: var countPage = 12.
// The page may also define createPageHTML, so only calls with digits count.
var (
	trsCall  = regexp.MustCompile(`createPageHTML\(\s*['"]?(\d{1,6})['"]?\s*,\s*['"]?(\d{1,6})['"]?\s*,\s*["']([\w.-]*)["']\s*,\s*["'](\w*)["']`)
	trsCount = regexp.MustCompile(`(?i)\bvar\s+countPage\s*=\s*["']?(\d{1,6})`)
	trsName  = regexp.MustCompile(`["']([A-Za-z]\w*)_["']\s*\+[^;\n]*?["']\.?(s?html?)["']`)
)

// startTRS fetches the first page. Where the server fails at it, the second
// page often works: it counts the pages just as well.
func startTRS(w *walker) (*page, bool) {
	f := folder{year: w.col.Year}
	p, err := w.try(crawler.Request{URL: w.col.URL}, f)
	if err == nil {
		return p, p != nil
	}
	w.fail(err)
	switch crawler.FailureOf(err) {
	case crawler.FailStatus, crawler.FailGone, crawler.FailOther:
	default:
		return nil, false
	}
	for _, second := range []string{"index_1.html", "index_1.htm", "index_1.shtml"} {
		if p, err := w.try(crawler.Request{URL: directory(w.col.URL) + second}, f); err == nil && p != nil {
			return p, true
		}
	}
	return nil, false
}

func (w *walker) trsList(p *page) int {
	n, name, ext := trsPager(p)
	if n <= 1 {
		return w.emit(p, pageEntries(p))
	}
	base, from := directory(p.address), trsNumber(p.address, name)
	return w.pages(p, counted, pageEntries, func(k int, _ *page) *crawler.Request {
		if k+from >= n {
			return nil
		}
		return &crawler.Request{URL: fmt.Sprintf("%s%s_%d.%s", base, name, k+from, ext)}
	})
}

// trsPager returns how many pages the list has (0 if the page does not say)
// and how the others are named.
func trsPager(p *page) (n int, name, ext string) {
	name, ext = "index", "html"
	if last := path.Base(pathOf(p.address)); strings.Contains(last, ".") {
		name, ext, _ = strings.Cut(last, ".")
		name, _, _ = strings.Cut(name, "_")
	}
	if m := trsCall.FindSubmatch(p.body); m != nil {
		n, _ = strconv.Atoi(string(m[1]))
		if len(m[3]) > 0 {
			name = string(m[3])
		}
		if len(m[4]) > 0 {
			ext = string(m[4])
		}
		return n, name, ext
	}
	if m := trsCount.FindSubmatch(p.body); m != nil {
		n, _ = strconv.Atoi(string(m[1]))
		if m := trsName.FindSubmatch(p.body); m != nil {
			name, ext = string(m[1]), string(m[2])
		}
	}
	return n, name, ext
}

// trsNumber returns the 0-based number of the page at address: 1 for index_1.html.
func trsNumber(address, name string) int {
	last := path.Base(pathOf(address))
	if rest, ok := strings.CutPrefix(last, name+"_"); ok {
		digits, _, _ := strings.Cut(rest, ".")
		n, _ := strconv.Atoi(digits)
		return n
	}
	return 0
}

func pageEntries(p *page) []crawler.Link { return entries(p, p.html().Selection) }
