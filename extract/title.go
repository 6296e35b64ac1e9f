package extract

import (
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
	site   bool       // the agency may be the name of the site behind a dash
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

	leadAttachment = regexp.MustCompile(`^附件[\d一二三]{0,2}[.、:]?`)

	// A notice that brings the report with it: 关于印发《…年度报告》的通知.
	noticeOf = regexp.MustCompile(`关于\s*(?:印发|发布|公布|公开|转发|报送|上报)?\s*《([^《》]+)》\s*的?\s*(?:通知|公告|通告|函|报告|请示)\s*$`)

	shortYears = regexp.MustCompile(`^[(]?` + yearDigits + `年?度?[)]?$`)
	wholeYear  = regexp.MustCompile(`(20\d\d年)1月1日[至到-]+(?:20\d\d年)?12月31日`)
	siteSuffix = regexp.MustCompile(`\s*[-_—|–]+\s*[^-_—|–]*$`)
)

// readTitle reads s as the title of a report and of nothing else: a sentence,
// a notice about reports or a link to a list is no title.
func readTitle(s string) (reportTitle, bool) {
	if len(s) > 900 || !strings.Contains(s, "公") {
		return reportTitle{}, false
	}
	if m := noticeOf.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	text, offsets := foldProse(s)
	raw := squeeze(s)
	if !strings.Contains(text, "信息") || utf8.RuneCountInString(text) > 120 || containsAny(leadAttachment.ReplaceAllString(text, ""), titleNot) {
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
		between := after[:second[0]]
		switch i := strings.IndexAny(between, "-_|"); {
		case strings.Contains(between, ":"): // 现将…年度报告报送如下：…
			return reportTitle{}, false
		case i >= 0:
			after = between[:i] // the column of the site
		default:
			after = after[second[1]:] // printed twice in one line
		}
	}
	behind := ""
	if m := tailName.FindStringSubmatch(after); m != nil && standsAlone(m[2]) {
		after, behind = m[1], m[2]
	}
	if !titleTail.MatchString(after) || pathEnd.MatchString(before) {
		return reportTitle{}, false
	}
	if !strings.Contains(text[at[0]:at[1]], "年") && !strings.Contains(before, "年") {
		return reportTitle{}, false
	}
	t := reportTitle{text: strings.Trim(foldSpace(s), "#* "), years: titleYears(dayAndTime.ReplaceAllString(before, ",") + "," + middle)}
	if m := wholeYear.FindStringSubmatch(before); len(t.years) == 0 && m != nil {
		t.years = yearsNamed(m[1])
	}
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
	if t.agency == "" && behind != "" {
		t.named(readName(behind))
	}
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
		t.site = strings.HasSuffix(t.agency, "政府")
	}
}

var (
	tailBrackets = regexp.MustCompile(`\(([^()]{1,30})\)`)
	tailName     = regexp.MustCompile(`^([》"”]?\(\d{4}年?度?\))(\p{Han}+)$`) // …年度报告（2023年度）某局
	pathEnd      = regexp.MustCompile(`[>›»→▶/\\]$`)                       // the words before are a path, the title is its last part
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
	return n >= 3 && n <= 60 && plainName.MatchString(s) && endsAsName(s) && !w.isMenu(s) &&
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
		if t.from <= first || blocks[t.from-1].Grid != nil || !t.above(blocks[t.from-1].Text) {
			break
		}
		t.from--
	}
	t.below(blocks, limit)
}

// above looks at a line over the title, and reports whether it belongs to it.
func (t *reportTitle) above(line string) bool {
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
	case alone && bracketed(t) && !strings.HasSuffix(n.text, ")"):
		t.named(readName(n.text + "(" + t.agency + ")"))
	case t.agency != "" && t.brokenBehind(s, n, alone):
		former, scope := t.name.former, t.name.scope
		t.named(readName(n.text + t.agency))
		t.name.former, t.name.scope = former, scope
	default:
		return false
	}
	t.text = strings.Trim(foldSpace(line), "#* ") + " " + t.text
	return true
}

// bracketed reports whether t begins with (数据局): another name of an agency
// whose first stands in the line above.
func bracketed(t *reportTitle) bool {
	return t.agency != "" && strings.HasPrefix(squeeze(t.text), "("+t.agency+")")
}

// below looks at the line under the title.
func (t *reportTitle) below(blocks []Block, limit int) {
	if t.to >= limit || blocks[t.to].Grid != nil {
		return
	}
	s := squeeze(blocks[t.to].Text)
	switch former, old := cutFormer(strings.Trim(s, "()")); {
	case old:
		t.name.former = former
	case len(t.years) == 0 && shortYears.MatchString(s):
		t.years = yearsNamed(s)
		t.text += " " + foldSpace(blocks[t.to].Text)
	case t.agency == "":
		if n, alone := nameLine(outerMarks(strings.TrimLeft(s, "-"))); alone {
			t.named(n)
			t.beside = true
		}
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
	whole := dayAndTime.ReplaceAllString(nameNoise.ReplaceAllString(s, ""), "")
	whole = strings.ReplaceAll(nameYear.ReplaceAllString(whole, ""), "年度", "")
	whole = embeddedNames().subject.ReplaceAllString(whole, "")
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
