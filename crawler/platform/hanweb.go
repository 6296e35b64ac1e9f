package platform

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"gongkai/crawler"
)

// Hanweb jcms with its jpage pager. The entries are CDATA pieces of HTML in a
// script of type text/xml, where an HTML parser sees no links. Further pages
// come from dataproxy.jsp: by GET at the address in <nextgroup>, or by POST
// with the parameters that the page's script holds.
var (
	jpageRecord = regexp.MustCompile(`(?s)<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>`)
	jpageNext   = regexp.MustCompile(`(?s)<nextgroup>\s*(?:<!\[CDATA\[)?\s*<a\s[^>]*href=["']([^"']+)["']`)
	jpageTotal  = regexp.MustCompile(`(?i)totalRecord["']?\s*[:=]\s*["']?(\d{1,7})|<totalrecord>(\d{1,7})</totalrecord>`)
	jpageSize   = regexp.MustCompile(`(?i)perPage["']?\s*[:=]\s*["']?(\d{1,4})`)
	jpageProxy  = regexp.MustCompile(`(?i)["']([^"']*/jpage/dataproxy\.jsp[^"']*)["']`)
	jpageParams = regexp.MustCompile(`(?s)(?:params|data|ajaxParam)\s*[:=]\s*\{([^{}]*columnid[^{}]*)\}`)
	jpagePair   = regexp.MustCompile(`["']?(\w+)["']?\s*:\s*(?:'([^']*)'|"([^"]*)"|([\w.-]+))`)
)

func (w *walker) hanwebList(p *page) int {
	links := jpageEntries(p)
	if len(links) == 0 && !jpageProxy.Match(p.body) {
		return w.emit(p, pageEntries(p))
	}
	if jpageNext.Match(p.body) {
		return w.pages(p, linked, jpageEntries, func(_ int, cur *page) *crawler.Request {
			if cur == nil {
				return nil
			}
			m := jpageNext.FindSubmatch(cur.body)
			if m == nil {
				return nil
			}
			return &crawler.Request{URL: p.resolve(unescape(string(m[1])))}
		})
	}
	return w.hanwebPost(p, links)
}

// hanwebPost asks for the records after those that the page has.
func (w *walker) hanwebPost(p *page, links []crawler.Link) int {
	total := firstNumber(jpageTotal.FindSubmatch(p.body))
	form := jpageForm(p.body, w.col.Params)
	if total <= len(links) || form == nil {
		if total > len(links) {
			w.fail(crawler.Fail(crawler.FailUnrecognised, p.address, "the list has %d records, the page %d and no way to the rest", total, len(links)))
		}
		return w.emit(p, links)
	}
	per := max(firstNumber(jpageSize.FindSubmatch(p.body)), 1)
	proxy := "/module/web/jpage/dataproxy.jsp"
	if m := jpageProxy.FindSubmatch(p.body); m != nil {
		proxy = string(m[1])
	}
	size := max(len(links), per)
	address := fmt.Sprintf("%s?startrecord=%%d&endrecord=%%d&perpage=%d", strings.SplitN(p.resolve(proxy), "?", 2)[0], per)
	all := 0
	if len(links) == 0 { // the page itself holds none
		q, ok := w.open(crawler.Request{URL: fmt.Sprintf(address, 1, min(size, total)), Method: "POST", Form: form}, p.folder)
		if !ok {
			return 0
		}
		p = q
	}
	all += w.pages(p, counted, jpageEntries, func(k int, _ *page) *crawler.Request {
		start := k*size + 1
		if start > total {
			return nil
		}
		return &crawler.Request{URL: fmt.Sprintf(address, start, min(start+size-1, total)), Method: "POST", Form: form}
	})
	return all
}

// jpageForm returns the parameters of the page's script, and those of the
// column where the page has none.
func jpageForm(body []byte, params map[string]string) url.Values {
	form := url.Values{}
	if m := jpageParams.FindSubmatch(body); m != nil {
		for _, pair := range jpagePair.FindAllSubmatch(m[1], -1) {
			form.Set(string(pair[1]), string(pair[2])+string(pair[3])+string(pair[4]))
		}
	}
	for k, v := range params {
		form.Set(k, v)
	}
	if form.Get("columnid") == "" || form.Get("unitid") == "" {
		return nil
	}
	return form
}

// jpageEntries reads the records of a datastore.
func jpageEntries(p *page) []crawler.Link {
	var links []crawler.Link
	for _, m := range jpageRecord.FindAllSubmatch(p.body, -1) {
		piece := string(m[1])
		if !strings.Contains(piece, "<") && strings.Contains(piece, "&lt;") {
			piece = unescape(piece)
		}
		for _, l := range entries(p, fragment(piece)) {
			if l.Published == "" {
				l.Published = day(text(fragment(piece)))
			}
			links = append(links, l)
		}
	}
	return links
}

// unescape undoes the XML escapes of s.
func unescape(s string) string {
	var out string
	if err := xml.Unmarshal([]byte("<a>"+strings.ReplaceAll(s, "<", "&lt;")+"</a>"), &out); err != nil {
		return strings.ReplaceAll(s, "&amp;", "&")
	}
	return out
}

// firstNumber returns the first group of a match that holds a number, or 0.
func firstNumber(m [][]byte) int {
	for _, g := range m[min(1, len(m)):] {
		if n, err := strconv.Atoi(string(g)); err == nil {
			return n
		}
	}
	return 0
}
