package platform

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// ASP.NET Web Forms: a pager posts the page's own hidden fields back, with
// the control and the page number; each answer has the fields for the next.
// Plainer sites take ?page=N.
var (
	postBack  = regexp.MustCompile(`__doPostBack\(\s*(?:'|&#39;)([^'&]+)(?:'|&#39;)\s*,\s*(?:'|&#39;)(?:Page\$)?(\w*)(?:'|&#39;)\s*\)`)
	pageQuery = regexp.MustCompile(`(?i)([?&]page(?:index|no|num)?=)(\d{1,5})(?:&|$)`)
)

func (w *walker) aspnetList(p *page) int {
	if target, prefix := postTarget(p); target != "" {
		return w.pages(p, linked, pageEntries, func(k int, cur *page) *crawler.Request {
			return postNext(p.address, cur, target, prefix, k+1)
		})
	}
	return w.pages(p, linked, pageEntries, func(k int, cur *page) *crawler.Request {
		return queryNext(cur, k+1)
	})
}

// postTarget returns the control of the pager, if the page posts back, and
// what stands before the number in its argument.
func postTarget(p *page) (target, prefix string) {
	for _, m := range postBack.FindAllSubmatch(p.body, -1) {
		if _, err := strconv.Atoi(string(m[2])); err == nil {
			if strings.Contains(string(m[0]), "Page$") {
				prefix = "Page$"
			}
			return string(m[1]), prefix
		}
	}
	return "", ""
}

// postNext returns the post-back for page k if cur's pager leads so far.
func postNext(address string, cur *page, target, prefix string, k int) *crawler.Request {
	if cur == nil {
		return nil
	}
	further := false
	for _, m := range postBack.FindAllSubmatch(cur.body, -1) {
		n, err := strconv.Atoi(string(m[2]))
		further = further || err == nil && string(m[1]) == target && n >= k
	}
	if !further {
		return nil
	}
	form := url.Values{}
	cur.html().Find("form input[type=hidden][name]").Each(func(_ int, s *goquery.Selection) {
		form.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	form.Set("__EVENTTARGET", target)
	form.Set("__EVENTARGUMENT", prefix+strconv.Itoa(k))
	return &crawler.Request{URL: address, Method: "POST", Form: form}
}

// queryNext returns the request for ?page=k if cur links to it or beyond.
func queryNext(cur *page, k int) *crawler.Request {
	if cur == nil {
		return nil
	}
	address := ""
	cur.html().Find("a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		href := cur.resolve(a.AttrOr("href", ""))
		m := pageQuery.FindStringSubmatchIndex(href)
		if m == nil || pathOf(href) != pathOf(cur.address) {
			return true
		}
		if n, _ := strconv.Atoi(href[m[4]:m[5]]); n < k {
			return true
		}
		address = href[:m[4]] + strconv.Itoa(k) + href[m[5]:]
		return false
	})
	if address == "" {
		return nil
	}
	return &crawler.Request{URL: address}
}
