package platform

import (
	"regexp"

	"gongkai/crawler"
)

// printedTotals match the number of entries that a list prints of itself.
var printedTotals = []*regexp.Regexp{
	regexp.MustCompile(`(?i)title=["'](?:Total record|总数)["'][^>]*>\s*(?:&nbsp;|\s)*(?:<b>)?\s*(\d{1,6})`), // EmpireCMS
	regexp.MustCompile(`共(?:有|计)?\s*(?:<[^>]{0,80}>\s*){0,3}(\d{1,6})\s*(?:<[^>]{0,80}>\s*){0,3}(?:条|篇|项)(?:记录|信息|数据|内容|结果)?`),
	regexp.MustCompile(`(?:总记录数?|记录总数|信息总数|总条数)\s*[:：]?\s*(?:<[^>]{0,80}>\s*){0,3}(\d{1,6})`),
}

// printedTotal returns how many entries the page says that its list has; 0 if it
// does not say, or says several numbers.
func printedTotal(p *page) int {
	total := 0
	for _, form := range printedTotals {
		for _, m := range form.FindAllSubmatch(p.body, 8) {
			n := firstNumber(m)
			if total != 0 && n != total {
				return 0
			}
			total = n
		}
	}
	return total
}

// complete tells if a list that was read with all its pages, and without a
// failure, gave fewer entries than it says that it has.
func (w *walker) complete(p *page, found, failures int) {
	if total := printedTotal(p); found > 0 && total > found && w.failures == failures && !w.stopped {
		w.fail(short(p.address, total, found))
	}
}

func short(address string, total, found int) error {
	return crawler.Fail(crawler.FailShort, address, "the list says that it has %d entries, %d were found", total, found)
}
