package platform

import (
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// A subfolder is a list page that another one leads to.
type subfolder struct {
	folder
	address string
}

var (
	yearText    = regexp.MustCompile(`^((?:19|20)\d\d)\s*年?度?([^\d,，。]{0,20})$`)
	yearTail    = regexp.MustCompile(`^(?:的)?(?:全?[市县区省州旗])?(?:(?:政府)?信息公开|政务公开)?(?:工作)?(?:年度?报告书?|年报|报告|情况)?(?:专栏|专题|栏目|公开|列表|汇总)?(?:[（(].{0,6}[)）])?$`)
	sectionText = regexp.MustCompile(`^(?:(?:全|本)?[省市县区州旗]?(?:级|直|属|政府|本级)?(?:各)?(?:部门|单位|委办局|政府|本级|乡镇|街道|镇街|街镇|县区|区县|县市区|市县|旗县|园区|开发区|功能区|直属机构|派出机构|垂管单位)(?:单位|办事处|街道|乡镇)?)+(?:政府信息公开)?(?:工作)?(?:年度?报告|年报)?$`)
	yearly      = regexp.MustCompile(`年报|年度报告`)
	yearPath    = regexp.MustCompile(`(?:^|\D)((?:20[0-3])\d)(?:\D|$|43)`)
	place       = regexp.MustCompile(`^[./\w%~-][^\s'"<>]*$`)
	refreshTo   = regexp.MustCompile(`(?i)url\s*=\s*['"]?([^'";>]+)`)
	scriptTo    = regexp.MustCompile(`(?:window\.|self\.|top\.|document\.)?location(?:\.href)?\s*=\s*["']([^"']+)["']|location\.(?:replace|assign)\(\s*["']([^"']+)["']\s*\)`)
)

// folders returns the lists that p leads to, in the order of the page: links
// named after a year or a class of units, dropdowns and frames.
func folders(p *page, c *crawler.Column, s *crawler.Site) []subfolder {
	var out []subfolder
	seen := map[string]bool{p.address: true}
	add := func(ref, name string, framed bool) {
		address := p.resolve(ref)
		if address == "" || seen[address] || !ofSite(address, p, s) || file.MatchString(address) || article.MatchString(address) {
			return
		}
		f := folder{year: p.year, unit: p.unit, depth: p.depth + 1}
		if y := yearOf(name, address, p.address); y != 0 {
			f.year = y
		} else if !framed && !sectionText.MatchString(name) {
			f.unit = name
		}
		seen[address] = true
		out = append(out, subfolder{f, address})
	}
	doc := p.html()
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		name, href := titleOf(a), a.AttrOr("href", "")
		if a.Closest(chrome).Length() == 0 && isFolder(name, p.resolve(href), p, c) {
			add(href, name, false)
		}
	})
	doc.Find("select option[value]").Each(func(_ int, o *goquery.Selection) {
		v := o.AttrOr("value", "")
		if strings.ContainsAny(v, "/.") && place.MatchString(v) {
			add(v, text(o), false)
		}
	})
	doc.Find("iframe[src], frame[src]").Each(func(_ int, f *goquery.Selection) {
		add(f.AttrOr("src", ""), "", true)
	})
	return out
}

// isFolder reports whether a link named so leads deeper into the column: its
// address lies below the column's, it is a year's, or it says that reports are
// there, as a department's host does.
func isFolder(name, address string, p *page, c *crawler.Column) bool {
	if address == "" || strings.HasPrefix(strings.ToLower(address), "javascript:") {
		return false
	}
	below := strings.HasPrefix(address, directory(c.URL)) && address != c.URL
	switch {
	case namesYear(name):
		return below || strings.HasPrefix(address, directory(strings.TrimSuffix(directory(c.URL), "/"))) || strings.Contains(address, name[:4])
	case sectionText.MatchString(name):
		return below || c.Shape == crawler.ShapeTree || !sameHost(address, p.address) || yearly.MatchString(name)
	}
	return false
}

// namesYear reports whether a folder of one year is called so: 2023年, 2023年度
// 部门年报, and not 2018年政府工作报告, which is a page.
func namesYear(name string) bool {
	m := yearText.FindStringSubmatch(name)
	return m != nil && (yearTail.MatchString(m[2]) || sectionText.MatchString(m[2]))
}

// directory returns the address up to its last slash, without a query.
func directory(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	if i := strings.LastIndexByte(address, '/'); i > len("https://") {
		return address[:i+1]
	}
	return address + "/"
}

// yearOf returns the fiscal year that a folder's name states or, failing
// that, the part of its address that its parent's does not have.
func yearOf(name, address, parent string) int {
	if m := yearText.FindStringSubmatch(strings.TrimSpace(name)); m != nil {
		y, _ := strconv.Atoi(m[1])
		return y
	}
	u, err := url.Parse(address)
	if err != nil {
		return 0
	}
	own := strings.TrimPrefix(u.Path, pathOf(directory(parent)))
	if m := yearPath.FindStringSubmatch(path.Clean(own)); m != nil {
		y, _ := strconv.Atoi(m[1])
		return y
	}
	return 0
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// ofSite reports whether an address lies on the host of p or on another one of
// the site.
func ofSite(address string, p *page, s *crawler.Site) bool {
	u, err := url.Parse(address)
	return err == nil && (sameHost(address, p.address) || s.Allows(strings.ToLower(u.Host)))
}

func sameHost(a, b string) bool {
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.EqualFold(u.Host, v.Host)
}

// moved returns where a page that has little else sends its reader, or "".
func moved(p *page) string {
	if len(p.body) > 20_000 {
		return ""
	}
	doc := p.html()
	to := ""
	doc.Find("meta[http-equiv]").EachWithBreak(func(_ int, m *goquery.Selection) bool {
		if strings.EqualFold(m.AttrOr("http-equiv", ""), "refresh") {
			if r := refreshTo.FindStringSubmatch(m.AttrOr("content", "")); r != nil {
				to = r[1]
			}
		}
		return to == ""
	})
	if to == "" && doc.Find("a[href], table, li").Length() == 0 && len([]rune(text(bodyText(doc)))) < 200 {
		doc.Find("script").Each(func(_ int, s *goquery.Selection) {
			if r := scriptTo.FindStringSubmatch(s.Text()); r != nil && to == "" {
				to = r[1] + r[2]
			}
		})
	}
	if to == "" {
		return ""
	}
	return p.resolve(strings.TrimSpace(to))
}

// bodyText returns the body without its scripts.
func bodyText(doc *goquery.Document) *goquery.Selection {
	b := doc.Find("body").Clone()
	b.Find("script, style").Remove()
	return b
}
