package platform

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"

	"gongkai/crawler"
)

// A pager in disguise, met in Yunnan: <div id="pages"> is filled by a script
// that decodes URL-encoded HTML from base64 with atob.
var (
	atobText = regexp.MustCompile(`atob\(\s*["']([A-Za-z0-9+/=\s]{8,})["']`)
	pagesDiv = regexp.MustCompile(`(?s)<div[^>]*id=["']?pages["']?[^>]*>\s*([A-Za-z0-9+/=\s]{16,})\s*</div>`)
)

func (w *walker) base64List(p *page) int {
	return w.pages(p, linked, pageEntries, func(k int, cur *page) *crawler.Request {
		if cur == nil {
			return nil
		}
		hidden, ok := unwrapPager(cur.body)
		if !ok {
			return nextPage(cur, cur.html().Selection, k)
		}
		return nextPage(cur, fragment(hidden), k)
	})
}

// unwrapPager returns the HTML of the disguised pager, if there is one.
func unwrapPager(body []byte) (string, bool) {
	for _, form := range []*regexp.Regexp{atobText, pagesDiv} {
		m := form.FindSubmatch(body)
		if m == nil {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(m[1])), ""))
		if err != nil {
			continue
		}
		if html, err := url.QueryUnescape(strings.ReplaceAll(string(raw), "+", "%2B")); err == nil {
			return html, true
		}
		return string(raw), true
	}
	return "", false
}
