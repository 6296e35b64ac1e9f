package platform

import (
	"cmp"
	"strconv"
	"strings"

	"gongkai/crawler"
)

// json is any list that a site's own API answers as JSON or JSONP. The url of
// the column has {page} where the number goes; params say the rest:
//
//	items  path of the array (default data)
//	total  path of the number of entries; pages: of the number of pages
//	title, link, date  names in an entry (default title, url, date)
//	size   entries a page (default 20); first: number of the first page (default 1)
func startJSON(*walker) (*page, bool) { return nil, true }

func readJSON(w *walker, _ *page) {
	p := w.col.Params
	list := jsonList{
		items: cmp.Or(p["items"], "data"), total: p["total"], pages: p["pages"],
		title: []string{cmp.Or(p["title"], "title")}, url: []string{cmp.Or(p["link"], "url")}, date: []string{cmp.Or(p["date"], "date")},
	}
	size, sizeErr := strconv.Atoi(cmp.Or(p["size"], "20"))
	from, fromErr := strconv.Atoi(cmp.Or(p["first"], "1"))
	if sizeErr != nil || fromErr != nil || size < 1 || from < 0 {
		w.fail(crawler.Fail(crawler.FailUnrecognised, w.col.URL, "params.size and params.first must be numbers"))
		return
	}
	if !strings.Contains(w.col.URL, "{page}") { // the whole list is one answer
		list.total, list.pages, size = "", "", 1_000_000
	}
	w.jsonPages(folder{year: w.col.Year}, list, size, func(k int) *crawler.Request {
		return &crawler.Request{URL: strings.ReplaceAll(w.col.URL, "{page}", strconv.Itoa(from+k-1))}
	})
}
