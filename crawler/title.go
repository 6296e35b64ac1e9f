package crawler

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

// Kind says what a title announces.
type Kind string

// The kinds of title.
const (
	KindReport     Kind = "report"
	KindCorrection Kind = "correction" // a report corrected, or the note that corrects it
	KindNotice     Kind = "notice"     // how to write reports (关于做好…编制发布工作的通知)
	KindWebsite    Kind = "website"    // 政府网站工作年度报表
	KindRoster     Kind = "roster"     // who has published (公布情况, 汇总)
	KindOther      Kind = "other"      // another report or page (信访, 法治政府, 指南 …)
	KindUnknown    Kind = "unknown"    // cannot be told from the title
)

// A Title is what can be read from the title of a link.
type Title struct {
	Kind      Kind
	Agency    string // as printed, without the words around it; empty if none
	Year      int    // fiscal year; 0 if none or if several are possible
	Years     []int  // all years named that are no publication dates
	Truncated bool   // it ends in an ellipsis
	Rendition string // 图片版, 超链版, PDF版 …: another form of the same report
}

const (
	subject = `(?:政府信息(?:和政务)?(?:主动)?公开|政务信息公开|政府信息与政务公开|信息公开)`
	middle  = `(?:暨?政务公开)?(?:工作)?(?:的)?(?:情况)?(?:的)?(?:总结)?`
	report  = `(?:年度?报告书?|年度工作(?:总结)?报告|工作年度报告|年报|工作报告|报告)`
)

var (
	// core is the part of a title that makes it a report's.
	core = regexp.MustCompile(subject + middle + `(?:(?:19|20)\d\d年?度?)?` + `(?:的)?` + report)
	// loose is how a report may be called too, as other pages are: its text decides.
	loose = regexp.MustCompile(`(?:政府信息(?:[和与及、]政务)?(?:主动)?公开|信息[和与及、]政务公开|政府信息|政务公开|信息公开)` + middle +
		`(?:(?:19|20)\d\d年?度?)?(?:的)?(?:年度?报告?)?(?:编制(?:公布|发布)?工作)?(?:` + report + `|(?:年度?)?(?:工作)?(?:总结|总体情况|情况))`)
	// stub is core cut short.
	stub = regexp.MustCompile(`(?:政府信息公开|政务信息公开|信息公开|政府信息公?|政府信?)(?:工作?)?(?:年度?报?)?$`)

	website = regexp.MustCompile(`网站(?:工作|监管|管理)?(?:的)?(?:情况)?(?:监管|工作)?(?:年度?报表|年度(?:工作)?报表|年报表?|年度报告|年度工作报告)|网站(?:与|和)?政务新媒体(?:检查|监管|工作).*年`)
	orders  = regexp.MustCompile(`关于(?:认真|进一步|切实)*(?:做好|开展|报送|编制|编写|编报|撰写|填报|规范|征集|上报|组织).*(?:通知|函|意见|要求|方案)`)
	notice  = regexp.MustCompile(`(?:通知|函|要求|办法|制度|格式|模板|样本|说明)(?:\(.*\))?$`)
	roster  = regexp.MustCompile(`(?:公布|发布|公开|报送|编制)情况(?:$|\(|一览|汇总|统计|公示|通报|表|的公示|的通报)|(?:年度?报告?|年报)(?:公布|发布|报送)情况|汇总|一览表|汇编|名单|(?:^|年|年度)各|[市县区省州](?:级|直|属)?各(?:级|部门|单位|委办局|街道|乡镇|县|区|镇|办)[^的]*(?:年度报告|年报)$`)
	fixed   = regexp.MustCompile(`更正|勘误|修正|修订|重新发布|补正|订正|更新版|更新稿|变更版`)
	other   = regexp.MustCompile(`信访|法治政府|依法行政|行政执法|规范性文件清理|预算|决算|审计|统计公报|工作要点|工作方案|实施方案|公开指南|公开目录|公开制度|公开规定|公开条例|解读|图解|一图|读懂|依申请公开(?:流程|须知|办法|目录|申请|渠道|指南)|培训|会议|座谈|考核|评估|测评|第三方|环境信息|公共企事业|校务公开|院务公开|学校信息公开|高校信息公开|高等学校|招聘|公告牌|监督电话|意见箱|建议提案|提案办理|政府工作报告|机关建设|绩效|党务|财政|安全生产|双随机|自查|巡察|整改情况`)
	gloss   = regexp.MustCompile(`解读|图解|一图|读懂|学年`)
	school  = regexp.MustCompile(`(?:学校|学院|大学|中学|小学|幼儿园|医院|公司|集团|银行)$`)
	cover   = regexp.MustCompile(`关于(?:公布|发布|公开|印发)?《?.*` + subject + `.*报告?》?的?(?:公告|公示|通告|报告)$|(?:公布|发布|公开)《?.*报告》?的通知$`)

	wanYear   = regexp.MustCompile(`(?:19|20)\d\d`)
	hanYear   = regexp.MustCompile(`[二][〇○Ｏ零0OoΟ０◯][一二][〇○零一二三四五六七八九]`)
	dateTail  = regexp.MustCompile(`(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日)?|[-./]\d{1,2}[-./]\d{1,2}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:发布|公布)?`)
	yearWords = regexp.MustCompile(`\(?(?:19|20)\d\d(?:年度?|\))?`)
	suffix    = regexp.MustCompile(`(?i)\.(?:pdf|docx?|wps|html?|shtml|xlsx?|ofd|rtf|zip|txt)$`)
	rendition = regexp.MustCompile(`(?i)\(?(图片版|超链版|超链接版|文字版|PDF版|WORD版|网页版|电子版|扫描版|扫描件|盖章版|公开版|全文|正文|附件\d*)\)?`)
	lead      = regexp.MustCompile(`^(?:[·•\-—>》◆■●*【\[\](]+|附件?\d*[:：、.]|\d{1,3}[、.]|(?:图片|置顶|最新|热)\]?)+`)
	about     = regexp.MustCompile(`^(?:关于)?(?:更正|重新发布|发布|公布|公开|印发)?`)
)

// ParseTitle reads the title of a link, an attachment or a page.
func ParseTitle(title string) Title {
	s := tidy(title)
	t := Title{}
	s, t.Truncated = cutEllipsis(s)
	s = suffix.ReplaceAllString(s, "")
	if m := rendition.FindStringSubmatch(s); m != nil {
		t.Rendition = m[1]
		s = rendition.ReplaceAllString(s, "")
	}
	s = lead.ReplaceAllString(s, "")
	s = arabicYears(s)
	t.Years = years(s)
	if len(t.Years) == 1 {
		t.Year = t.Years[0]
	}
	at := core.FindStringIndex(s)
	if at == nil && t.Truncated {
		at = stub.FindStringIndex(s)
	}
	wide := at
	if wide == nil {
		wide = loose.FindStringIndex(s)
	}
	t.Kind = kindOf(s, at, wide, t)
	if t.Kind == KindUnknown {
		at = wide
	}
	if at != nil {
		t.Agency = agencyAround(s[:at[0]], s[at[1]:])
	}
	return t
}

func kindOf(s string, at, wide []int, t Title) Kind {
	if website.MatchString(s) {
		return KindWebsite
	}
	reports := at != nil && core.MatchString(s)
	rest := s
	if wide != nil { // the agency's own name must not make it another kind
		rest = s[wide[0]:]
	}
	cutInReport := t.Truncated && at != nil && strings.Contains(s[at[0]:], "年度报")
	switch {
	case orders.MatchString(s):
		return KindNotice
	case gloss.MatchString(s):
		return KindOther
	case reports && fixed.MatchString(s):
		return KindCorrection
	case roster.MatchString(s):
		return KindRoster
	case cover.MatchString(s) && !strings.Contains(s, "格式"):
		return KindReport
	case notice.MatchString(s):
		return KindNotice
	case reports && school.MatchString(agencyAround(s[:at[0]], s[at[1]:])) && !strings.Contains(rest, "政府"):
		return KindOther
	case (reports || cutInReport) && !other.MatchString(rest):
		return KindReport
	case other.MatchString(rest):
		return KindOther
	}
	return KindUnknown
}

// Mentions reports whether a title of unknown kind may still be a report's: it
// speaks of disclosure or of a yearly report, or was cut.
func (t Title) mentions(title string) bool {
	s := tidy(title)
	return t.Truncated || strings.Contains(s, "信息公开") || strings.Contains(s, "年报") ||
		strings.Contains(s, "年度报告") || strings.Contains(s, "政务公开") && t.Year != 0 || loose.MatchString(s)
}

// tidy returns s in half-width characters, without white space and marks that
// nobody sees.
func tidy(s string) string {
	s = width.Fold.String(s)
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '\u00a0', '\u3000', '\u200b', '\u200c', '\u200d', '\ufeff', '\u2003', '\u2002', '\u2009':
			return -1
		case '［', '〔', '﹝':
			return '('
		case '］', '〕', '﹞':
			return ')'
		}
		return r
	}, s)
	return s
}

func cutEllipsis(s string) (string, bool) {
	cut := strings.TrimRight(s, ".…⋯")
	if n := len(s) - len(cut); n > 1 {
		return cut, true
	}
	return s, false
}

// arabicYears writes 二〇二三 as 2023.
func arabicYears(s string) string {
	const digits = "〇一二三四五六七八九"
	return hanYear.ReplaceAllStringFunc(s, func(y string) string {
		r := []rune(y)
		out := []byte("20")
		for _, c := range r[2:] {
			n := 0
			for i, d := range []rune(digits) {
				if d == c {
					n = i
				}
			}
			out = append(out, byte('0'+n))
		}
		return string(out)
	})
}

// years returns the distinct years in s, without those of full dates and of
// document numbers such as (2021)30号.
func years(s string) []int {
	s = dateTail.ReplaceAllString(s, "")
	var out []int
	for _, at := range wanYear.FindAllStringIndex(s, -1) {
		if digitAt(s, at[0]-1) || digitAt(s, at[1]) || strings.HasPrefix(s[at[1]:], ")") && strings.Contains(s[at[1]:], "号") {
			continue
		}
		y := 0
		for _, c := range s[at[0]:at[1]] {
			y = y*10 + int(c-'0')
		}
		seen := y < 2007
		for _, o := range out {
			seen = seen || o == y
		}
		if !seen {
			out = append(out, y)
		}
	}
	return out
}

func digitAt(s string, i int) bool {
	return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9'
}

// agencyAround returns the agency's name, which stands before the core of a
// title or, in brackets or after a dash, behind it.
func agencyAround(before, after string) string {
	if name := cleanAgency(before); name != "" {
		return name
	}
	after = dateTail.ReplaceAllString(after, "")
	after = strings.TrimLeft(after, "》」\"'”")
	return cleanAgency(strings.TrimPrefix(after, "的"))
}

func cleanAgency(s string) string {
	s = dateTail.ReplaceAllString(s, "")
	s = yearWords.ReplaceAllString(s, "")
	s = strings.NewReplacer("《", "", "》", "", "“", "", "”", "", "\"", "", "「", "", "」", "", "】", "", "【", "", "()", "").Replace(s)
	s = trimMarks(s)
	s = about.ReplaceAllString(s, "")
	if i := strings.LastIndex(s, "关于"); i > 0 { // 某局关于发布…的公告
		s = s[:i]
	}
	s = strings.TrimSuffix(strings.TrimSuffix(trimMarks(s), "年度"), "的")
	switch s {
	case "公告", "公示", "通知", "通告", "更正", "修订", "修订版", "更正版", "说明", "及", "和", "年", "年度", "度", "本年度", "上年度":
		return ""
	}
	return trimMarks(s)
}

func trimMarks(s string) string {
	s = strings.Trim(s, "-—–_:：,，、.。|/·•~ ")
	for _, p := range []string{"()", "[]"} {
		if strings.HasPrefix(s, p[:1]) && strings.HasSuffix(s, p[1:]) {
			s = s[1 : len(s)-1]
		}
		if strings.Count(s, p[:1]) != strings.Count(s, p[1:]) {
			s = strings.Trim(s, p)
		}
	}
	return s
}
