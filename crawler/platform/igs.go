package platform

import "gongkai/crawler"

// TRS IGS, the search of TRS sites: /igs/front/search.jhtml?code=… and
// /igs/front/search/list.html?index=… answer {page:{content:[…],totalPages}}.
// The column's url is such a query; only pageNumber changes.
var igsList = jsonList{
	items: "page.content", pages: "page.totalPages", total: "page.total",
	title: []string{"title", "DOCTITLE", "FileName"},
	url:   []string{"url", "DOCPUBURL"},
	date:  []string{"docreltime", "PUBDATE"},
}

func startIGS(*walker) (*page, bool) { return nil, true }

func readIGS(w *walker, _ *page) {
	size := queryNumber(w.col.URL, "pageSize", 10)
	w.jsonPages(folder{year: w.col.Year}, igsList, size, func(k int) *crawler.Request {
		return &crawler.Request{URL: withNumber(w.col.URL, "pageNumber", k)}
	})
}
