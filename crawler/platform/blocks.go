package platform

import (
	"cmp"
	"fmt"
	"regexp"

	"gongkai/crawler"
)

// The newer system of Hebei: a column page loads its list as a piece of HTML
// from /columns/UUID/templates/UUID/blocks/UUID?page=N.
var blockAddress = regexp.MustCompile(`/columns/[0-9a-f-]{36}/templates/[0-9a-f-]{36}/blocks/[0-9a-f-]{36}`)

func readBlocks(w *walker, first *page) {
	block := cmp.Or(w.col.Params["block"], string(blockAddress.Find(first.body)))
	if block == "" {
		w.tree(first, func(p *page) int { return w.emit(p, pageEntries(p)) })
		return
	}
	request := func(k int) crawler.Request {
		return crawler.Request{URL: first.resolve(fmt.Sprintf("%s?page=%d", block, k))}
	}
	p, ok := w.open(request(1), first.folder)
	if !ok {
		return
	}
	total := firstNumber(pageTotal.FindSubmatch(p.body))
	failures := w.failures
	all := w.pages(p, countedIf(total > 0), func(cur *page) []crawler.Link {
		return entries(cur, fragment(string(cur.body)))
	}, func(k int, _ *page) *crawler.Request {
		if total > 0 && k >= total {
			return nil
		}
		r := request(k + 1)
		return &r
	})
	w.leaf(p, all, failures)
}
