package platform

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// Articles takes report pages apart. It implements crawler.Anatomist.
type Articles struct{}

const (
	maxFiles = 40
	maxParts = 30
)

var (
	vsbPDF     = regexp.MustCompile(`showVsbpdfIframe\(\s*["']([^"']+)["']`)
	windowOpen = regexp.MustCompile(`(?:window\.open|location\.href\s*=|location\.(?:assign|replace))\s*\(?\s*["']([^"']+)["']`)
	downCall   = regexp.MustCompile(`\bdown\w*\(\s*["']([^"']+?\.(?i:pdf|docx?|wps|xlsx?|ofd|zip|rar))["']`)
	viewer     = regexp.MustCompile(`(?i)viewer\.html?\?(?:.*&)?file=([^&#]+)`)
	fileText   = regexp.MustCompile(`(?i)\.(?:pdf|docx?|wps|rtf|ofd|xlsx?|zip|rar|7z)[】〗\])）」』》”"'\s]*$`)
	fetched    = regexp.MustCompile(`\$\(\s*["'][#.][\w-]+["']\s*\)\.load\(\s*["']([^"'\s]+)`)
	downFolder = regexp.MustCompile(`(?i)(?:var\s+)?(?:filepath|downpath|attachpath)\s*=\s*["']([^"']+/)["']`)
)

// Dissect implements crawler.Anatomist.
func (Articles) Dissect(cp *crawler.Page) crawler.Anatomy {
	p := newPage(cp, crawler.Request{}, folder{})
	return crawler.Anatomy{
		Title: ownTitle(p), Files: files(p), Parts: parts(p), Moved: cmp.Or(moved(p), framed(p)), Headings: headings(p),
	}
}

// reportHeading matches a heading of a report behind its number: as the notices
// of 2019 and 2021 and, before, the Regulation of 2007 have them.
var reportHeading = regexp.MustCompile(`[一二三四五六七八][、.．,，）)](?:` + strings.Join([]string{
	`(总体情况|概述)`,
	`(主动公开(?:政府)?(?:信息)?(?:的)?(?:工作)?情况)`,
	`((?:收到和处理政府信息公开申请|依申请公开(?:政府)?(?:信息)?|政府信息公开申请)(?:的)?(?:办理|处理)?(?:工作)?情况)`,
	`((?:因?政府信息公开(?:申请)?)?(?:提起|申请)?行政复议[、和及]?(?:提起)?(?:行政)?诉讼)`,
	`((?:工作中?)?(?:存在|主要)的?(?:主要)?(?:问题|不足))`,
	`(其他需要(?:报告|说明)的事项)`,
	`((?:政府信息公开)?(?:的)?收费(?:及减免|和减免)?(?:的)?情况)`,
}, `|`) + `)`)

// headings counts the different headings of a report in the text of a page.
func headings(p *page) int {
	seen := map[int]bool{}
	words := strings.Join(strings.Fields(bodyText(p.html()).Text()), "")
	for _, m := range reportHeading.FindAllStringSubmatchIndex(words, 100) {
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				seen[i] = true
			}
		}
	}
	return len(seen)
}

// framed returns the address of the only frame of a frameset that is no file.
func framed(p *page) string {
	frames := p.html().Find("frameset frame[src]")
	if frames.Length() != 1 || file.MatchString(frames.AttrOr("src", "")) {
		return ""
	}
	return p.resolve(frames.AttrOr("src", ""))
}

// files returns the files that a report page offers, in the order of the page:
// linked, framed, embedded, or named in a script. The title is the link's text,
// or the file's name.
func files(p *page) []crawler.Link {
	c := &collector{p: p, seen: map[string]bool{p.address: true}}
	doc := p.html()
	doc.Find("a, iframe, frame, embed, object, [onclick]").Each(func(_ int, s *goquery.Selection) {
		if s.Closest(chrome).Length() > 0 {
			return
		}
		for _, attr := range []string{"href", "src", "data", "onclick"} {
			if v, ok := s.Attr(attr); ok {
				c.attribute(attr, v, titleOf(s))
			}
		}
	})
	doc.Find("object param[name]").Each(func(_ int, s *goquery.Selection) {
		c.add(s.AttrOr("value", ""), "")
	})
	for _, m := range vsbPDF.FindAllSubmatch(p.body, -1) {
		c.add(string(m[1]), "")
	}
	return c.links
}

// A collector gathers the files of one page.
type collector struct {
	p     *page
	seen  map[string]bool
	links []crawler.Link
}

func (c *collector) attribute(name, value, title string) {
	if m := viewer.FindStringSubmatch(value); m != nil {
		if to, err := url.QueryUnescape(m[1]); err == nil {
			c.add(to, title)
		}
		return
	}
	if m := downCall.FindStringSubmatch(value); m != nil {
		ref := m[1]
		if f := downFolder.FindSubmatch(c.p.body); f != nil && !strings.Contains(ref, "/") {
			ref = string(f[1]) + ref
		}
		c.add(ref, title)
		return
	}
	if m := windowOpen.FindStringSubmatch(value); m != nil {
		c.attribute("href", m[1], title)
		return
	}
	if name != "onclick" && !strings.HasPrefix(strings.ToLower(value), "javascript:") {
		c.add(value, title)
	}
}

// add takes up what is a file by its address or by the text of its link: a
// script that names its file in the answer's header alone.
func (c *collector) add(ref, title string) {
	address := c.p.resolve(escapeBytes(ref))
	if address == "" || c.seen[address] || !file.MatchString(address) && !fileText.MatchString(title) || len(c.links) >= maxFiles {
		return
	}
	c.seen[address] = true
	if title == "" {
		title = fileName(address)
	}
	c.links = append(c.links, crawler.Link{URL: address, Title: title, Page: c.p.address, Entry: crawler.EntryFile})
}

// escapeBytes escapes bytes that are no UTF-8: a file name in GBK, which the
// server knows by its bytes.
func escapeBytes(ref string) string {
	var b strings.Builder
	for i, r := range ref {
		if r == '\uFFFD' && ref[i] != "\uFFFD"[0] {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{ref[i]})))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// fileName returns the name a server gives a file: the last part of the path
// or the showname of a download address.
func fileName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for _, key := range []string{"showname", "filename"} {
		if v := u.Query().Get(key); v != "" {
			return v
		}
	}
	return path.Base(u.Path)
}

var trsPart = regexp.MustCompile(`^(.*?)(?:_(\d{1,3}))?\.(s?html?)$`)

// parts returns the addresses of the further pages of a report that is split:
// t2019…_1.html after t2019….html. The page must say how many there are. A
// fragment that a script fetches into a page without tables is one, too.
func parts(p *page) []string {
	m := trsCall.FindSubmatch(p.body)
	if m == nil {
		return fragments(p)
	}
	n, name, ext := trsPager(p)
	base := path.Base(pathOf(p.address))
	own := trsPart.FindStringSubmatch(base)
	if own == nil || !strings.HasPrefix(base, name) || trsNumber(p.address, name) > 0 {
		return nil
	}
	var out []string
	for k := 1; k < n && k <= maxParts; k++ {
		out = append(out, p.resolve(fmt.Sprintf("%s_%d.%s", name, k, ext)))
	}
	return out
}

// fragments returns the addresses of the content that jQuery's load puts into a
// page without tables of its own.
func fragments(p *page) []string {
	if p.html().Find("table").Length() > 0 {
		return nil
	}
	var out []string
	for _, m := range fetched.FindAllSubmatch(p.body, maxParts) {
		to := p.resolve(string(m[1]))
		if to != "" && to != p.address && sameHost(to, p.address) && !slices.Contains(out, to) && !file.MatchString(to) {
			out = append(out, to)
		}
	}
	return out
}

var reportName = regexp.MustCompile(`年报|报告`)

// ownTitle returns the page's own title: that of the standard meta tag, or the
// HTML title without the site's name behind it.
func ownTitle(p *page) string {
	doc := p.html()
	if t := strings.TrimSpace(doc.Find("meta[name='ArticleTitle' i]").AttrOr("content", "")); t != "" {
		return t
	}
	t := text(doc.Find("head > title").First())
	if i := strings.IndexAny(t, "-_|–—"); i > 0 && reportName.MatchString(t[:i]) {
		return strings.TrimSpace(t[:i])
	}
	return t
}
