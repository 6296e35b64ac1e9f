package platform

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"gongkai/crawler"
)

// Lists whose pages are plainly numbered: nb/1.html, nb/2.html, … until there
// is none.
var (
	plainNumber = regexp.MustCompile(`^(\d{1,4})\.(s?html?)$`)
	pageTotal   = regexp.MustCompile(`共\s*(?:<[^>]*>\s*)*(\d{1,5})\s*(?:<[^>]*>\s*)*页|(?i)(?:totalPages?|pageCount)["']?\s*[:=]\s*["']?(\d{1,5})`)
)

func (w *walker) numberedList(p *page) int {
	m := plainNumber.FindStringSubmatch(path.Base(pathOf(p.address)))
	if m == nil {
		w.fail(crawler.Fail(crawler.FailUnrecognised, p.address, "the address does not end in a page number"))
		return w.emit(p, pageEntries(p))
	}
	from, _ := strconv.Atoi(m[1])
	total := firstNumber(pageTotal.FindSubmatch(p.body))
	if strings.Contains(pathOf(p.address), "n/") && len(folders(p, w.col, w.site)) > 0 && total == 0 {
		return w.emit(p, pageEntries(p))
	}
	return w.pages(p, countedIf(total > 0), pageEntries, func(k int, _ *page) *crawler.Request {
		if total > 0 && k >= total {
			return nil
		}
		return &crawler.Request{URL: fmt.Sprintf("%s%d.%s", directory(p.address), from+k, m[2])}
	})
}
