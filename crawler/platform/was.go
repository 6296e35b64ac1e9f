package platform

import "gongkai/crawler"

// TRS WAS, the older search: /was5/web/search?channelid=…&page=1&perpage=10
// answers a page of HTML with links. It tells no end: asked for too much, it
// gives the last page once more or none.
func readWAS(w *walker, first *page) {
	failures := w.failures
	n := w.pages(first, probing, pageEntries, func(k int, _ *page) *crawler.Request {
		return &crawler.Request{URL: withNumber(w.col.URL, "page", k+1)}
	})
	if n == 0 {
		w.leaf(first, 0, failures)
	}
}
