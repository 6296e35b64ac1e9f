package platform

import (
	"fmt"
	"regexp"
	"strings"

	"gongkai/crawler"
)

// The newer Hanweb system: columns are /col/18073_668815/index.html, articles
// /col/4039_446643/art/17356608/….html. Entries are ordinary links; a pager,
// if there is one, names its pages index_k.html or ?pageNum=k.
var (
	hanweb2Pages = regexp.MustCompile(`(?i)(?:totalPage|pageCount|total_page)s?["']?\s*[:=]\s*["']?(\d{1,5})|共\s*(\d{1,5})\s*页`)
	hanweb2Query = regexp.MustCompile(`[?&]pageNum=\d`)
)

func (w *walker) hanweb2List(p *page) int {
	if jpageRecord.Match(p.body) {
		return w.hanwebList(p)
	}
	n := firstNumber(hanweb2Pages.FindSubmatch(p.body))
	if n <= 1 {
		return w.emit(p, pageEntries(p))
	}
	base, _, _ := strings.Cut(p.address, "?")
	query := hanweb2Query.Match(p.body)
	return w.pages(p, counted, pageEntries, func(k int, _ *page) *crawler.Request {
		switch {
		case k >= n:
			return nil
		case query:
			return &crawler.Request{URL: fmt.Sprintf("%s?pageNum=%d", base, k+1)}
		}
		return &crawler.Request{URL: fmt.Sprintf("%sindex_%d.html", directory(base), k)}
	})
}
