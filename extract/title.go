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
	text   string     // as printed
	agency string     // name.text: as printed, without year and connecting words; empty if not named
	name   agencyName // how the agency's name was read
	beside bool       // the agency stands on a line of its own beside the title
	years  []int      // distinct, in order
	from   int        // first block it stands in
	to     int        // behind the last block
	level  int        // heading level where the format marks one
	source string     // "page", "link" or "file" where it stands outside the text
}

// alsoTreats is what a report may be about beside disclosure.
const alsoTreats = `(?:(?:暨|和|与|及|、)(?:政务公开|政府信息公开|法治政府建设|依法行政|党务公开|政务服务|政府网站))?`

var (
	titleCore = regexp.MustCompile(`(?:(?:政府|政务)?信息(?:主动)?(?:[和与及]政务)?公开|(?:政务公开[和与及暨、])?政府信息公开)` + alsoTreats + `(?:工作)?([工作年度情况的\d〇零○一二三四五六七八九()]{0,14}?)(?:年度报告|年报告|工作报告|报告书?|年报)`)
	titleTail = regexp.MustCompile(`^(?:[》〉>"”』」]|\([^()]{0,30}\)|\d{4}年?度?|\(?全文\)?|\.\w{1,5}|[-_—|–·].*)*$`)
	titleNot  = strings.Fields(", ; 。 ? ! 上一篇 下一篇 相关 点击 下载 附件 格式 公布情况 编制说明 通知 解读 网站工作年度")
	titleYear = regexp.MustCompile(`(?:` + yearDigits + `|(?:^|[^\d])\d\d)(?:年度?)|^20\d\d|20\d\d$|年度$`)

	leadAttachment = regexp.MustCompile(`^附件[\d一二三]{0,2}[.、:]?`)

	shortYears = regexp.MustCompile(`^[(]?` + yearDigits + `年?度?[)]?$`)
	siteSuffix = regexp.MustCompile(`\s*[-_—|–]+\s*[^-_—|–]*$`)
)

// readTitle reads s as the title of a report and of nothing else: a sentence,
// a notice about reports or a link to a list is no title.
func readTitle(s string) (reportTitle, bool) {
	if len(s) > 900 || !strings.Contains(s, "公") {
		return reportTitle{}, false
	}
	text, offsets := foldProse(s)
	raw := squeeze(s)
	if !strings.Contains(text, "信息公开") || utf8.RuneCountInString(text) > 120 || containsAny(leadAttachment.ReplaceAllString(text, ""), titleNot) {
		return reportTitle{}, false
	}
	var best reportTitle
	found := false
	for _, at := range titleCore.FindAllStringSubmatchIndex(text, 4) {
		t, ok := titleWith(s, text, raw, offsets, at)
		if ok && (!found || best.agency == "" && t.agency != "") {
			best, found = t, true
		}
	}
	return best, found
}

// titleWith reads the title whose 政府信息公开…年度报告 stands at at.
func titleWith(s, text, raw string, offsets, at []int) (reportTitle, bool) {
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
	t := reportTitle{text: strings.Trim(foldSpace(s), "#* "), years: titleYears(dayAndTime.ReplaceAllString(before, ",") + "," + middle)}
	name := s[:offsets[at[0]]]
	if strings.HasSuffix(before, "人民") && strings.HasPrefix(text[at[0]:], "政府") {
		name += "政府" // 某县人民政府信息公开…: printed once for both
	}
	t.named(readName(name))
	tail := siteSuffix.ReplaceAllString(after, "")
	if len(t.years) == 0 {
		t.years = titleYears(tail)
	}
	t.readTail(after)
	return t, true
}

// named sets the agency.
func (t *reportTitle) named(n agencyName) {
	if t.name.former != "" && n.former == "" {
		n.former = t.name.former
	}
	if t.name.scope != "" && t.name.scope != gongkai.ScopeUnknown && (n.scope == "" || n.scope == gongkai.ScopeUnknown) {
		n.scope = t.name.scope
	}
	t.name, t.agency = n, n.text
}

// readTail reads what stands behind 年度报告: the agency in brackets or behind a
// dash, or words about it, such as （本级） and （原…）.
func (t *reportTitle) readTail(after string) {
	w := embeddedNames()
	for _, m := range tailBrackets.FindAllStringSubmatch(after, 3) {
		inner := m[1]
		if former, ok := cutFormer(inner); ok {
			t.name.former = former
			continue
		}
		if scope := w.scopes[inner]; scope != "" {
			t.name.scope = scope
			continue
		}
		if n := readName(inner); t.agency == "" && n.text != "" && n.odd == "" && agencyLike(n.text) {
			t.named(n)
		}
	}
	if m := tailDash.FindStringSubmatch(after); m != nil && t.agency == "" && agencyLike(m[1]) && standsAlone(m[1]) {
		t.named(readName(m[1]))
	}
}

var (
	tailBrackets = regexp.MustCompile(`\(([^()]{1,30})\)`)
	tailDash     = regexp.MustCompile(`^[》"”]?-+([^-]+)$`)
)

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
	w := embeddedNames()
	return n >= 3 && n <= 40 && plainName.MatchString(s) && endsAsName(s) && !w.isMenu(s) &&
		(!strings.Contains(s, "信息公开") || disclosers.MatchString(s)) && !slices.ContainsFunc(w.Leads, func(lead string) bool {
		return len(lead) > len("关于") && strings.HasPrefix(s, lead) && !disclosers.MatchString(s)
	})
}

// titlesIn finds the titles that stand as paragraphs of their own, alone or
// over up to three lines, in blocks[:limit].
func titlesIn(blocks []Block, limit int) []reportTitle {
	var found []reportTitle
	from := 0 // behind the title before
	for i := 0; i < limit; i++ {
		t, ok := titleAt(blocks, from, i)
		if !ok {
			continue
		}
		t.complete(blocks, from, limit)
		found = append(found, t)
		from = t.to
		i = t.to - 1
	}
	return found
}

// titleAt reads the title that ends with block i: the shortest run of lines
// that is one. It is more than a line only where the title itself is broken.
func titleAt(blocks []Block, from, i int) (reportTitle, bool) {
	if !strings.ContainsAny(blocks[i].Text, "报報告") {
		return reportTitle{}, false
	}
	joined := ""
	for j := i; j >= max(from, i-2); j-- {
		b := &blocks[j]
		if b.Grid != nil || b.Text == "" || len(b.Text) > 720 || len(joined) > 700 {
			break
		}
		joined = strings.TrimSpace(b.Text + " " + joined)
		if j < i && embeddedNames().isMenu(squeeze(b.Text)) {
			break
		}
		if t, ok := readTitle(joined); ok {
			t.from, t.to, t.level = j, i+1, blocks[j].Level
			return t, true
		}
	}
	return reportTitle{}, false
}

// complete looks at the neighbouring lines, none before block first, for an
// agency or a year that the title itself lacks, and for the rest of a name that
// is broken.
func (t *reportTitle) complete(blocks []Block, first, limit int) {
	for range 3 {
		if t.from <= first || blocks[t.from-1].Grid != nil {
			break
		}
		line := blocks[t.from-1].Text
		s := squeeze(line)
		n, alone := nameLine(line)
		switch {
		case len(t.years) == 0 && shortYears.MatchString(s):
			t.years = yearsNamed(s)
		case t.agency == "" && alone:
			t.named(n)
			t.beside = true
			if len(t.years) == 0 {
				t.years = yearsNamed(s)
			}
		case t.agency != "" && t.brokenBehind(s, n, alone):
			former, scope := t.name.former, t.name.scope
			t.named(readName(n.text + t.agency))
			t.name.former, t.name.scope = former, scope
		default:
			return
		}
		t.from--
		t.text = strings.Trim(foldSpace(line), "#* ") + " " + t.text
	}
	t.below(blocks, limit)
}

// below looks at the line under the title.
func (t *reportTitle) below(blocks []Block, limit int) {
	if t.to >= limit || blocks[t.to].Grid != nil {
		return
	}
	s := squeeze(blocks[t.to].Text)
	n, alone := nameLine(blocks[t.to].Text)
	switch former, old := cutFormer(strings.Trim(s, "()")); {
	case old:
		t.name.former = former
	case len(t.years) == 0 && shortYears.MatchString(s):
		t.years = yearsNamed(s)
		t.text += " " + foldSpace(blocks[t.to].Text)
	case t.agency == "" && alone:
		t.named(n)
		t.beside = true
	}
}

// nameLine reads a line that is the name of an agency and nothing else, with
// or without a year. A line of a menu and a label with what it says are none.
func nameLine(line string) (agencyName, bool) {
	s := squeeze(line)
	if strings.ContainsAny(s, ":>|/\\") || utf8.RuneCountInString(s) > 70 {
		return agencyName{}, false
	}
	n := readName(line)
	whole := strings.ReplaceAll(nameYear.ReplaceAllString(s, ""), "年度", "")
	return n, n.text != "" && n.odd == "" && agencyLike(n.text) && strings.Contains(whole, n.text) &&
		(agencyLike(nameEnd.ReplaceAllString(outerMarks(whole), "")) || n.scope != gongkai.ScopeUnknown || n.former != "")
}

// brokenBehind reports whether the line above is the first part of the name in
// the title: the place of 人民政府办公室, or words that go on.
func (t *reportTitle) brokenBehind(s string, n agencyName, alone bool) bool {
	if placed.MatchString(t.agency) || n.text == "" || !plainName.MatchString(s) || s != n.text || utf8.RuneCountInString(s) > 30 {
		return false
	}
	if alone && !purePlace.MatchString(s) {
		return bareKind.MatchString(t.agency)
	}
	return placed.MatchString(s) && !strings.Contains(s, "公开") && !strings.HasSuffix(s, "网")
}

// pageTitles reads the titles that stand outside the text, best first:
// metadata, <title>, the link that led here, the file name.
func pageTitles(d *gongkai.Document, c *Content) []reportTitle {
	name := d.Name
	if u, err := url.PathUnescape(name); err == nil {
		name = u
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	sources := [][2]string{{"page", c.Meta["ArticleTitle"]}, {"page", c.Title}, {"link", d.LinkTitle}, {"file", strings.TrimSuffix(name, path.Ext(name))}}
	if partOfPage(c) {
		sources = nil // they name the page, not this report
	}
	var found []reportTitle
	for _, s := range sources {
		if t, ok := readPageTitle(s[1]); ok {
			t.source = s[0]
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
