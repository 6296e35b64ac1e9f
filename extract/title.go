package extract

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai"
)

// A reportTitle is a line, or a few, that names a report.
type reportTitle struct {
	text   string // as printed
	agency string // as printed, without year and connecting words; empty if not named
	years  []int  // distinct, in order
	from   int    // first block it stands in
	to     int    // behind the last block
	level  int    // heading level where the format marks one
}

var (
	titleCore = regexp.MustCompile(`(?:政府|政务)?信息公开(?:工作)?([工作年度情况的\d〇零○一二三四五六七八九()]{0,14}?)(?:年度报告|年报告|工作报告|报告书?|年报)`)
	titleTail = regexp.MustCompile(`^(?:[》〉>"”』」]|\([^()]{0,20}\)|\d{4}年?度?|\(?全文\)?|\.\w{1,5}|[-_—|–·].*)*$`)
	titleNot  = strings.Fields(", ; 。 ? ! 上一篇 下一篇 相关 当前位置 索引 点击 下载 附件 格式 公布情况 编制说明 通知 解读 网站工作年度")
	titleYear = regexp.MustCompile(`(?:` + yearDigits + `|(?:^|[^\d])\d\d)(?:年度?)|^20\d\d|20\d\d$|年度$`)

	agencyNoise = regexp.MustCompile(`^(?:标题|题目|名称|文件名|关于)?[::]?(?:关于)?(?:公布|发布|印发|公开)?[《〈<"“『「]*|[《〈<"“『「]|(?:关于|的|年度|年)+$`)
	agencyShape = regexp.MustCompile(`^[\p{Han}()·、a-zA-Z\d]{2,}$`)
	shortYears  = regexp.MustCompile(`^[(]?` + yearDigits + `年?度?[)]?$`)
	siteSuffix  = regexp.MustCompile(`\s*[-_—|–]+\s*[^-_—|–]*$`)
)

// readTitle reads s as the title of a report and of nothing else: a sentence,
// a notice about reports or a link to a list is no title.
func readTitle(s string) (reportTitle, bool) {
	if len(s) > 600 || !strings.Contains(s, "公") {
		return reportTitle{}, false
	}
	raw := squeeze(s)
	text := simplifyProse(raw)
	if !strings.Contains(text, "信息公开") || utf8.RuneCountInString(text) > 90 || containsAny(text, titleNot) {
		return reportTitle{}, false
	}
	at := titleCore.FindStringSubmatchIndex(text)
	if at == nil {
		return reportTitle{}, false
	}
	before, middle, after := raw[:at[0]], text[at[2]:at[3]], text[at[1]:]
	if second := titleCore.FindStringIndex(after); second != nil {
		after = after[second[1]:] // printed twice in one line
	}
	if !titleTail.MatchString(after) {
		return reportTitle{}, false
	}
	if !strings.Contains(text[at[0]:at[1]], "年") && !strings.Contains(before, "年") {
		return reportTitle{}, false
	}
	t := reportTitle{text: strings.Trim(foldSpace(s), "#* "), agency: titleAgency(before), years: titleYears(before + "," + middle)}
	if tail := siteSuffix.ReplaceAllString(after, ""); len(t.years) == 0 {
		t.years = titleYears(tail)
	}
	if inner := strings.Trim(after, "()"); t.agency == "" && agencyLike(inner) {
		t.agency = inner
	}
	return t, true
}

// titleAgency takes the agency from the words before 政府信息公开….
func titleAgency(s string) string {
	if i := strings.LastIndexAny(s, ">|:"); i >= 0 {
		s = s[i+1:]
	}
	for range 3 {
		s = titleYear.ReplaceAllStringFunc(s, func(m string) string {
			if r, n := utf8.DecodeRuneInString(m); !strings.ContainsRune("0123456789二", r) && !strings.HasPrefix(m, "年") {
				return m[:n] // the rune before a two-digit year
			}
			return ""
		})
		s = agencyNoise.ReplaceAllString(s, "")
	}
	s = strings.Trim(s, "-_·、0123456789")
	if !agencyShape.MatchString(s) || utf8.RuneCountInString(s) > 40 {
		return ""
	}
	return s
}

// agencyEnds are how names of agencies end.
var agencyEnds = strings.Fields("政府 办公室 厅 局 委 部 院 署 办 中心 街道 处 镇 乡 县 市 区 省 州 盟 旗 海关 队 所 站 会 行 公司 集团 大学 学校 社 组 馆")

// endsAsAgency reports whether s ends as a name of an agency does, a bracket
// behind it, such as (本级), left aside.
func endsAsAgency(s string) bool {
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i]
	}
	return slices.ContainsFunc(agencyEnds, func(end string) bool { return strings.HasSuffix(s, end) })
}

// agencyLike reports whether s, squeezed, can stand as the name of an agency.
func agencyLike(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 3 && n <= 32 && agencyShape.MatchString(s) && endsAsAgency(s) && !strings.Contains(s, "信息公开")
}

// titlesIn finds the titles that stand as paragraphs of their own, alone or
// over up to three lines, in blocks[:limit].
func titlesIn(blocks []Block, limit int) []reportTitle {
	var found []reportTitle
	for i := 0; i < limit; i++ {
		t, ok := titleAt(blocks, i, limit)
		if !ok {
			continue
		}
		t.complete(blocks, limit)
		found = append(found, t)
		i = t.to - 1
	}
	return found
}

// titleAt reads the title that starts at block i: one line, or two or three
// where 政府信息公开工作 / 年度报告 itself is broken.
func titleAt(blocks []Block, i, limit int) (reportTitle, bool) {
	joined := ""
	for j := i; j < min(i+3, limit); j++ {
		b := &blocks[j]
		if b.Grid != nil || b.Text == "" || len(b.Text) > 360 {
			break
		}
		if joined != "" {
			joined += " "
		}
		joined += b.Text
		t, ok := readTitle(joined)
		if !ok {
			if len(joined) > 300 || j == i && !strings.Contains(joined, "公") {
				break
			}
			continue
		}
		t.from, t.to, t.level = i, j+1, blocks[i].Level
		return t, true
	}
	return reportTitle{}, false
}

// complete looks at the neighbouring lines for an agency or a year that the
// title itself lacks.
func (t *reportTitle) complete(blocks []Block, limit int) {
	for range 2 {
		if t.from == 0 || t.agency != "" && len(t.years) > 0 {
			break
		}
		s := squeeze(blocks[t.from-1].Text)
		year := len(t.years) == 0 && shortYears.MatchString(s)
		if blocks[t.from-1].Grid != nil || !year && (t.agency != "" || !agencyLike(titleAgency(s))) {
			break
		}
		if year {
			t.years = yearsNamed(s)
		} else {
			t.agency = titleAgency(s)
			if len(t.years) == 0 {
				t.years = yearsNamed(s)
			}
		}
		t.from--
		t.text = strings.Trim(foldSpace(blocks[t.from].Text), "#* ") + " " + t.text
	}
	if t.to < limit && blocks[t.to].Grid == nil {
		s := squeeze(blocks[t.to].Text)
		switch {
		case len(t.years) == 0 && shortYears.MatchString(s):
			t.years = yearsNamed(s)
			t.text += " " + foldSpace(blocks[t.to].Text)
		case t.agency == "" && agencyLike(s):
			t.agency = s
		}
	}
}

// pageTitles reads the titles that stand outside the text, best first:
// metadata, <title>, the link that led here, the file name.
func pageTitles(d *gongkai.Document, c *Content) []reportTitle {
	name := d.Name
	if u, err := url.PathUnescape(name); err == nil {
		name = u
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	sources := []string{c.Meta["ArticleTitle"], c.Title, d.LinkTitle, strings.TrimSuffix(name, path.Ext(name))}
	if partOfPage(c) {
		sources = nil // they name the page, not this report
	}
	var found []reportTitle
	for _, s := range sources {
		if t, ok := readPageTitle(s); ok {
			found = append(found, t)
		}
	}
	return found
}

// readPageTitle is readTitle for text with the name of the site behind it.
func readPageTitle(s string) (reportTitle, bool) {
	t, ok := readTitle(s)
	if !ok {
		return t, false
	}
	if cut := siteSuffix.ReplaceAllString(t.text, ""); titleCore.MatchString(simplifyProse(squeeze(cut))) {
		t.text = cut
	}
	return t, true
}

// partOfPage reports whether c was cut from a page with several reports.
func partOfPage(c *Content) bool {
	return slices.ContainsFunc(c.Issues, func(i gongkai.Issue) bool { return i.Code == gongkai.IssueMixedReports })
}
