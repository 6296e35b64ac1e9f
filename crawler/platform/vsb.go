package platform

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// VSB (博达): the first page of a list is nb.htm and the others lie in a
// folder of that name. Their numbers fall: with 6 pages the second is nb/5.htm
// and the last nb/1.htm, so that old pages keep their addresses.
func (w *walker) vsbList(p *page) int {
	base := strings.TrimSuffix(strings.SplitN(p.address, "?", 2)[0], path.Ext(pathOf(p.address)))
	top := vsbTop(p, base)
	if top == 0 {
		return w.emit(p, pageEntries(p))
	}
	return w.pages(p, counted, pageEntries, func(k int, _ *page) *crawler.Request {
		number := top - k + 1
		if number < 1 {
			return nil
		}
		return &crawler.Request{URL: fmt.Sprintf("%s/%d.htm", base, number)}
	})
}

// vsbTop returns the number of the second page: the highest that the pager of
// the first one links to, 0 if there is no pager.
func vsbTop(p *page, base string) int {
	u, err := url.Parse(base)
	if err != nil {
		return 0
	}
	form := regexp.MustCompile("^" + regexp.QuoteMeta(u.Path) + `/(\d{1,5})\.htm$`)
	top := 0
	p.html().Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		if m := form.FindStringSubmatch(pathOf(p.resolve(a.AttrOr("href", "")))); m != nil {
			n, _ := strconv.Atoi(m[1])
			top = max(top, n)
		}
	})
	return top
}
