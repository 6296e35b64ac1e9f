package platform

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"gongkai/crawler"
)

var (
	// article matches the addresses that publishing systems give to pages
	// with content, as against lists and sections.
	article = regexp.MustCompile(`(?i)` + strings.Join([]string{
		`/t\d{8}_\d+(?:_\d+)?(?:_wap)?\.s?html?$`, // TRS
		`/t\d{4}_\d{5,}\.s?html?$`,                // TRS, 上海
		`/\d{4}-\d{2}-\d{2}/\d+\.s?html?$`,        // EmpireCMS
		`/single/\d+/\d+\.html$`,
		`/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$`, // Hanweb
		`/art/\d+/[0-9A-Za-z]+\.html$`,                  // Hanweb, newer
		`/art/\d{4}/art_[0-9a-f]{32}\.html$`,            // jpaas
		`/t\d{6,}\.s?html?$`,
		`/content_\d+$`,
		`/doc_[0-9a-f]{16,}\.html$`,
		`/content_?[0-9a-z]*\.s?html?$`,
		`/post_\d+\.html?$`,
		`/info/\d+/\d+\.htm$`, // VSB
		`/c\d+_\d+\.shtml$`,
		`/[0-9a-f]{32}\.s?html?$`,
		`/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.s?html?$`,
		`/detail/(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})/?$`,
		`/\d{5,20}\.(?:s|j)?html?$`,
		`/show/\d+\.html$`,
		`[?&](?:id|infoid|articleid|objectid|newsid)=[0-9a-z-]{2,}`,
		`xxgkannualreport\.jsp\?`,
	}, `|`))
	file     = regexp.MustCompile(`(?i)\.(?:pdf|docx?|wps|rtf|ofd|xlsx?|zip|rar|7z)(?:$|[?&#])|/downfile\.jsp\?|/_content/download\.jsp\?|attach_file\.vsb\?`)
	dayForm  = regexp.MustCompile(`((?:19|20)\d\d)(?:[-./]|年)(\d{1,2})(?:[-./]|月)(\d{1,2})`)
	pageWord = regexp.MustCompile(`^(?:首页|上一?页|下一?页|尾页|末页|[<>«»‹›]+|\d{1,4}|更多|more)$`)
	emptyTxt = regexp.MustCompile(`暂无(?:数据|内容|信息|记录|相关)|没有(?:找到|相关|符合)|无相关|共0[条页]|共\s*0\s*条`)
)

// chrome is the part of a page that frames its content.
const chrome = "header, footer, nav, #header, #footer, .header, .footer, .foot, .nav, .breadcrumb, .position, .crumbs, .share"

// entries returns the links in s that can be entries of a list: those with the
// address of a page of content or of a file, those whose title is a report's,
// and those that stand in one list with two such.
func entries(p *page, s *goquery.Selection) []crawler.Link {
	var found []candidate
	sure := map[*html.Node]int{} // list → sure entries
	s.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		if a.Closest(chrome).Length() > 0 {
			return
		}
		if c, ok := candidateOf(p, a); ok {
			found = append(found, c)
			if c.sure && c.list != nil {
				sure[c.list]++
			}
		}
	})
	rows := map[*html.Node]bool{} // that have an entry
	for _, c := range found {
		rows[c.row] = rows[c.row] || c.sure
	}
	var links []crawler.Link
	for _, c := range found {
		if c.sure || c.list != nil && sure[c.list] >= 2 && !rows[c.row] {
			links = append(links, c.link)
		}
	}
	return links
}

// A candidate is a link that may be an entry, with the row and the list it
// stands in.
type candidate struct {
	link      crawler.Link
	sure      bool
	row, list *html.Node // nil if it stands in none
}

// candidateOf takes up a link that leads to a page. A folder is none.
func candidateOf(p *page, a *goquery.Selection) (candidate, bool) {
	href, _ := a.Attr("href")
	address, title := p.resolve(href), titleOf(a)
	if address == "" || title == "" || pageWord.MatchString(title) || address == p.address {
		return candidate{}, false
	}
	c := candidate{link: crawler.Link{URL: address, Title: title, Published: dayBeside(a)}}
	if c.sure = article.MatchString(address) || file.MatchString(address); !c.sure {
		t := crawler.ParseTitle(title)
		c.sure = t.Kind != crawler.KindUnknown && t.Year != 0 && t.Agency != ""
	}
	if row := a.Closest("li, tr, dd"); row.Length() > 0 {
		c.row, c.list = row.Get(0), row.Parent().Get(0)
	}
	return c, c.sure || c.row != nil && !namesYear(title) && !sectionText.MatchString(title)
}

// titleOf returns the fullest wording that an anchor gives: its title
// attribute unless the text says more.
func titleOf(a *goquery.Selection) string {
	shown := text(a)
	full := strings.Join(strings.Fields(a.AttrOr("title", "")), " ")
	if full == "" {
		full = strings.TrimSpace(a.Find("img[alt]").AttrOr("alt", ""))
	}
	cut := strings.HasSuffix(shown, "…") || strings.HasSuffix(shown, "..")
	if full != "" && (shown == "" || cut || len([]rune(full)) > len([]rune(shown))) {
		return full
	}
	return shown
}

// dayBeside returns the date in the list row of an anchor, if the row holds
// no other entry.
func dayBeside(a *goquery.Selection) string {
	row := a.Closest("li, tr, dd, p")
	if row.Length() == 0 {
		row = a.Parent()
	}
	if row.Find("a[href]").Length() > 2 {
		return ""
	}
	rest := row.Clone()
	rest.Find("a").Remove()
	if d := day(text(rest)); d != "" {
		return d
	}
	return day(text(a.Find("span, em, i, b, time")))
}

// day returns the first date in s as YYYY-MM-DD, or "".
func day(s string) string {
	m := dayForm.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	month, dayOf := two(m[2]), two(m[3])
	if month > "12" || month == "00" || dayOf > "31" || dayOf == "00" {
		return ""
	}
	return fmt.Sprintf("%s-%s-%s", m[1], month, dayOf)
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// saysEmpty reports whether the page says that its list has nothing.
func saysEmpty(p *page) bool { return emptyTxt.Match(p.body) }
