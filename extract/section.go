package extract

import (
	"regexp"
	"strings"

	"gongkai"
)

// A sectionHeading is a place where one of the six parts begins.
type sectionHeading struct {
	number int
	block  int
	at     int // byte offset in the block's text
	end    int // behind the heading
	title  string
	weight int // how sure it is a heading and not a mention
}

// sectionForms are the wordings of the six headings, without ordinal. Order
// matters: the more special wording first.
var sectionForms = []struct {
	number  int
	pattern string
}{
	{3, `(?:行政机关|本机关)?(?:收到和处理|收到及处理|处理)(?:政府)?信息公开申请(?:的)?情况`},
	{3, `依申请公开政府信息(?:的)?情况`},
	{4, `(?:因)?(?:政府)?信息公开(?:工作)?(?:被)?(?:申请|提起)?行政复议[、和及,]?(?:提起|被提起)?(?:行政)?诉讼(?:的)?情况`},
	{4, `(?:行政)?复议[、和及](?:提起)?(?:行政)?诉讼(?:的)?情况`},
	{2, `(?:行政机关|本机关)?主动公开(?:政府)?信息(?:的)?(?:工作)?情况`},
	{5, `(?:政府信息公开工作)?(?:存在的?)?(?:主要)?(?:问题|不足)(?:[及和与、以]+)?(?:下一步)?(?:改进|整改)(?:情况|措施|工作|计划|打算)(?:情况)?`},
	{6, `(?:其他|其它)需要?报告的?(?:事项|情况)(?:情况)?|需要报告的其他(?:事项|情况)`},
	{1, `(?:政府信息公开工作)?(?:总体|基本|概况)情况|概述`},
}

var (
	sectionOrdinal = `(?:第?([一二三四五六七八])[、.,:]|\(([一二三四五六七八])\)[、.]?|([1-8])[、.])?`
	sectionPattern = func() *regexp.Regexp {
		var alternatives []string
		for _, f := range sectionForms {
			alternatives = append(alternatives, "("+f.pattern+")")
		}
		return regexp.MustCompile(`^` + sectionOrdinal + `(?:` + strings.Join(alternatives, "|") + `)`)
	}()
	// sectionHints are in every heading, as printed or in traditional characters.
	sectionHints = []string{"况", "況", "措施", "告的", "概", "改", "计划", "打算"}
	footLine     = regexp.MustCompile(`^(?:相关附件|附件|附表|打印|关闭|扫一扫|上一篇|下一篇|主办单位|主办[::]|版权所有|网站标识码|分享到?|【打印|责任编辑|来源[::]|\[打印)`)
)

// headingsIn returns the most likely heading of each section, in the order of
// the document.
func headingsIn(blocks []Block) []sectionHeading {
	all := headingCandidates(blocks)
	markContents(blocks, all)
	var chosen []sectionHeading
	after := -1
	for number := 1; number <= 6; number++ {
		best := -1
		for i := range all {
			if all[i].number != number || best >= 0 && headingRank(all[i], i, after) <= headingRank(all[best], best, after) {
				continue
			}
			best = i
		}
		if best >= 0 {
			chosen = append(chosen, all[best])
			after = max(after, best)
		}
	}
	sortHeadings(chosen)
	return chosen
}

// headingRank prefers sure headings, then those behind the sections before.
func headingRank(h sectionHeading, index, after int) int {
	r := 2 * h.weight
	if index > after {
		r++
	}
	return r
}

func headingCandidates(blocks []Block) []sectionHeading {
	var all []sectionHeading
	for i := range blocks {
		if blocks[i].Grid == nil && containsAny(blocks[i].Text, sectionHints) {
			all = append(all, headingsOf(i, blocks[i].Text, blocks[i].Level)...)
		}
	}
	return all
}

// headingsOf finds headings in one paragraph: all of it, or in its midst with
// an ordinal behind the end of a sentence.
func headingsOf(block int, text string, level int) []sectionHeading {
	folded, offsets := foldProse(text)
	var found []sectionHeading
	last := 0 // end of the heading before
	for from := range folded {
		if from != last && !headingOpens(folded, from) {
			continue
		}
		m := sectionPattern.FindStringSubmatchIndex(folded[from:])
		if m == nil {
			continue
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
			}
		}
		last = m[1]
		h := sectionHeading{block: block, at: offsets[m[0]], end: offsets[m[1]]}
		for i, f := range sectionForms {
			if m[8+2*i] >= 0 {
				h.number = f.number
			}
		}
		rest := strings.TrimLeft(folded[m[1]:], ":。,.;*")
		alone := m[0] == 0 && rest == ""
		switch {
		case m[2] >= 0:
			h.weight = 6
			if folded[m[2]:m[3]] != string([]rune("一二三四五六")[h.number-1]) {
				h.weight = 5
			}
		case alone && (level > 0 || m[6] >= 0):
			h.weight = 4
		case alone:
			h.weight = 3
		default:
			continue // a mention in a sentence, or （一）主动公开… within section 一
		}
		if alone && m[4] >= 0 {
			h.weight = 2
		}
		if alone {
			h.weight++
			h.at, h.end = 0, len(text)
		}
		h.title = strings.Trim(foldSpace(text[h.at:h.end]), "#*：:。 ")
		found = append(found, h)
	}
	return found
}

// headingOpens reports whether a numbered heading may begin at byte i: behind
// the end of a sentence, with an ordinal.
func headingOpens(folded string, i int) bool {
	if i == 0 {
		return true
	}
	switch folded[i-1] {
	case ';', ':', '.', '!', '?', ')', "。"[2], "”"[2]: // quick: the last byte
	default:
		return false
	}
	return strings.ContainsRune("一二三四五六七八第", firstRune(folded[i:])) && strings.ContainsAny(lastRune(folded[:i]), "。;:.!?)”")
}

// markContents adds weight to headings that something follows: a table of
// contents has headings only.
func markContents(blocks []Block, all []sectionHeading) {
	for i := range all {
		to, end := len(blocks), 0
		if i+1 < len(all) {
			to, end = all[i+1].block, all[i+1].at
		}
		if contentBetween(blocks, all[i].block, all[i].end, to, end) {
			all[i].weight += 2
		}
	}
}

func contentBetween(blocks []Block, from, at, to, end int) bool {
	for i := from; i <= to && i < len(blocks); i++ {
		if blocks[i].Grid != nil {
			return true
		}
		text := blocks[i].Text
		if i == to {
			text = text[:min(end, len(text))]
		}
		if i == from && at <= len(text) {
			text = text[at:]
		}
		if i == from && from == to && at > end {
			return false
		}
		if wordy(text) {
			return true
		}
	}
	return false
}

func sortHeadings(hs []sectionHeading) {
	for i := 1; i < len(hs); i++ {
		for j := i; j > 0 && (hs[j].block < hs[j-1].block || hs[j].block == hs[j-1].block && hs[j].at < hs[j-1].at); j-- {
			hs[j], hs[j-1] = hs[j-1], hs[j]
		}
	}
}

// readSections returns the six sections, present or not.
func readSections(blocks []Block, headings []sectionHeading) []gongkai.Section {
	sections := make([]gongkai.Section, 6)
	for i := range sections {
		sections[i].Number = i + 1
	}
	for i, h := range headings {
		s := &sections[h.number-1]
		s.Present, s.Title, s.Order = true, h.title, i+1
		to, end := len(blocks), 0
		if i+1 < len(headings) {
			to, end = headings[i+1].block, headings[i+1].at
		}
		s.Text = strings.Join(proseBetween(blocks, h.block, h.end, to, end, h.number == 6), "\n")
	}
	return sections
}

// proseBetween returns the paragraphs from (from, at) to (to, end). With foot
// set it stops at what a page prints below a report.
func proseBetween(blocks []Block, from, at, to, end int, foot bool) []string {
	var lines []string
	for i := from; i <= to && i < len(blocks); i++ {
		if blocks[i].Grid != nil {
			continue
		}
		text := blocks[i].Text
		if i == to {
			text = text[:min(end, len(text))]
		}
		if i == from {
			text = text[min(at, len(text)):]
		}
		if foot && footLine.MatchString(squeeze(text)) {
			break
		}
		text = foldSpace(strings.ReplaceAll(text, "**", ""))
		if i == from {
			text = strings.TrimLeft(text, "：:。. ")
		}
		if text = strings.TrimLeft(text, "# "); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}
