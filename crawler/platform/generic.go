package platform

import (
	"regexp"
	"strconv"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// generic reads what no other system claims: it looks on every page for marks
// of a known one, for the first page of a tree has seldom a pager, and else
// follows 下一页 or page numbers.
func readGeneric(w *walker, first *page) {
	if s := systems()[detect(first)]; s.read != nil {
		s.read(w, first)
		return
	}
	w.tree(first, w.anyList)
}

func (w *walker) anyList(p *page) int {
	switch s := systems()[detect(p)]; {
	case s.list != nil:
		return s.list(w, p)
	case s.read != nil:
		found := w.found
		s.read(w, p)
		return w.found - found
	}
	if rows := rosterRows(p); len(rows) > 0 {
		return w.emit(p, rows)
	}
	return w.indexedList(p)
}

// indexedList reads a list whose pages lead to the next one by 下一页 or by
// its number. EmpireCMS and NFCMS call them index_2.html and so on.
func (w *walker) indexedList(p *page) int {
	return w.pages(p, linked, pageEntries, func(k int, cur *page) *crawler.Request {
		if cur == nil {
			return nil
		}
		return nextPage(cur, cur.html().Selection, k)
	})
}

var nextWord = regexp.MustCompile(`^(?:下一?页|下页|后一页|[>›»]|>>|next)$`)

// nextPage finds the request for the page after the k-th in the links of a
// pager: the one that says so, or the one with the next number.
func nextPage(cur *page, s *goquery.Selection, k int) *crawler.Request {
	address := ""
	s.Find("a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		word := text(a)
		if word == "" {
			word = a.AttrOr("title", "")
		}
		if nextWord.MatchString(word) || word == strconv.Itoa(k+1) {
			if to := cur.resolve(a.AttrOr("href", "")); to != "" && to != cur.address && sameHost(to, cur.address) {
				address = to
			}
		}
		return address == ""
	})
	if address == "" {
		return nil
	}
	return &crawler.Request{URL: address}
}
