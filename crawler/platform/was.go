package platform

import (
	"net/url"
	"strings"

	"gongkai/crawler"
)

// TRS WAS, the older search: /was5/web/search?channelid=…&page=1&perpage=10
// answers a page of HTML with links. Some answer only to POST: a GET is sent to
// a shell. It tells no end: asked for too much, it gives the last page once more
// or none.

// startWAS posts the query and, where that gives no list, gets it.
func startWAS(w *walker) (*page, bool) {
	f := folder{year: w.col.Year}
	if p, err := w.try(wasPost(w.col.URL), f); err == nil && p != nil && len(pageEntries(p)) > 0 {
		return p, true
	} else if crawler.FailureOf(err).Walled() {
		w.fail(err)
		return nil, false
	}
	return openColumn(w)
}

// wasPost is the query of an address as a form.
func wasPost(address string) crawler.Request {
	base, query, _ := strings.Cut(address, "?")
	form, err := url.ParseQuery(query)
	if err != nil {
		return crawler.Request{URL: address}
	}
	return crawler.Request{URL: base, Method: "POST", Form: form}
}

func readWAS(w *walker, first *page) {
	failures := w.failures
	n := w.pages(first, probing, pageEntries, func(k int, _ *page) *crawler.Request {
		next := crawler.Request{URL: withNumber(w.col.URL, "page", k+1)}
		if first.posted {
			next = wasPost(next.URL)
		}
		return &next
	})
	w.complete(first, n, failures)
	if n == 0 {
		w.leaf(first, 0, failures)
	}
}
