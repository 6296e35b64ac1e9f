package extract

import (
	"regexp"
	"slices"
	"strings"

	"gongkai"
)

var (
	officeName = regexp.MustCompile(`(?:政府)?(?:办公室|办公厅|政府办)$`)
	townName   = regexp.MustCompile(`(?:镇|乡|街道)(?:人民政府|政府|办事处)?$|办事处$`)
	cityName   = regexp.MustCompile(`(?:市|县|区|省|州|盟|旗)(?:人民政府|政府)?$|^(?:人民政府|政府)$`)

	// Words that say the figures hold more than the agency's own.
	scopeSum = regexp.MustCompile(`汇总|(?:含|包括|包含|涵盖)[^,。;]{0,20}(?:各县|各区|各乡|各镇|各街道|各部门|下级|所属(?:行政机关|部门|单位))`)
	scopeAll = regexp.MustCompile(`全(?:市|县|区|省|州|盟|旗|自治区|自治州|系统)(?:各级|各)?(?:税务|行政机关|政府系统|海关|公安)?(?:各级|各部门|行政机关|机关|系统|政府|部门|单位)*(?:全年)?(?:共|累计|总共|合计|主动)*(?:收到|受理|新收|接收|接到|办理|答复|公开)`)
	scopeOwn = regexp.MustCompile(`(?:我局|我办|我委|我厅|我院|我中心|本机关|本局|本办|本单位|我单位)[^,。;]{0,12}(?:收到|受理|新收|办理|接到)`)

	scopeLocal = regexp.MustCompile(`(?:市|县|区|省|州|盟|旗)本级`)
)

// scope says whose figures the report gives. A government's report that does
// not say whether it sums up others stays unknown: a trend that mixes scopes
// is false.
func (id *identity) scope() gongkai.Scope {
	r := id.report
	name := foldAgency(r.Agency)
	full := simplifyProse(r.Agency)
	body := simplifyProse(id.body)
	title := simplifyProse(squeeze(r.Title))
	sums := scopeSum.MatchString(simplifyProse(id.preamble)) || scopeSum.MatchString(title)
	if strings.Contains(full, "海关") && strings.Contains(title+id.preamble, "关区") {
		sums = true // the customs district, not the customs house alone
	}
	all := scopeAll.MatchString(body)
	government := cityName.MatchString(full) && !officeName.MatchString(full)
	switch {
	case r.Agency == "":
		return gongkai.ScopeUnknown
	case id.titleScope() != gongkai.ScopeUnknown && !(government && id.titleScope() == gongkai.ScopeOwn):
		return id.titleScope()
	case government && id.titleScope() == gongkai.ScopeOwn:
		return gongkai.ScopeLocalLevel // 某市人民政府（本级）
	case strings.Contains(title, "本级机关") || strings.Contains(title, "机关本级"):
		return gongkai.ScopeOwn
	case government && scopeLocal.MatchString(title):
		return gongkai.ScopeLocalLevel
	case strings.Contains(title, "本级"):
		return gongkai.ScopeOwn
	case townName.MatchString(name):
		return gongkai.ScopeOwn // has no agencies below it
	case government && (sums || all):
		return gongkai.ScopeConsolidated
	case government && scopeLocal.MatchString(body):
		return gongkai.ScopeLocalLevel
	case government:
		return gongkai.ScopeUnknown
	case sums:
		return gongkai.ScopeConsolidated
	case all && !scopeOwn.MatchString(body):
		return gongkai.ScopeConsolidated
	case all:
		return gongkai.ScopeUnknown
	}
	return gongkai.ScopeOwn
}

// titleScope is the scope that the report's title states, such as （本级）.
func (id *identity) titleScope() gongkai.Scope {
	for _, t := range id.titles {
		if t.name.scope != "" && t.name.scope != gongkai.ScopeUnknown && (t.agency == "" || namesAgree(t.agency, id.report.Agency)) {
			return t.name.scope
		}
	}
	return gongkai.ScopeUnknown
}

// checkSections notes sections that are missing or out of order.
func (id *identity) checkSections() {
	var missing, order []string
	for _, s := range id.report.Sections {
		if !s.Present {
			missing = append(missing, sectionNumber(s.Number))
		}
	}
	for _, h := range id.headings {
		order = append(order, sectionNumber(h.number))
	}
	if len(missing) > 0 {
		id.issue(gongkai.IssueSections, "missing: %s", strings.Join(missing, " "))
	}
	if !slices.IsSortedFunc(id.headings, func(a, b sectionHeading) int { return a.number - b.number }) {
		id.issue(gongkai.IssueSections, "out of order: %s", strings.Join(order, " "))
	}
}

func sectionNumber(n int) string { return string([]rune("一二三四五六")[n-1]) }

var templateText = regexp.MustCompile(`该部分以(?:表格|文字)形式(?:报告|描述)|\(?文字描述\)|此处(?:填写|概述)|请(?:在此)?填写|(?:[X×x]{2,})(?:省|市|县|区|镇|乡|局|委|年|件|条)|\(单位名称\)|简要概述|填写说明`)

var templateHints = []string{"该部分", "該部分", "文字描述", "此处", "此處", "填写", "填寫", "X", "×", "x", "单位名称", "简要概述", "填写说明"}

// checkTemplate notes instructions of the blank form left in the text.
func (id *identity) checkTemplate() {
	seen := map[string]bool{}
	for line := range strings.SplitSeq(id.body, "\n") {
		if !containsAny(line, templateHints) {
			continue
		}
		for _, m := range templateText.FindAllString(simplifyProse(line), 4) {
			if !seen[m] {
				seen[m] = true
				id.issue(gongkai.IssueTemplate, "left in the text: %s", m)
			}
		}
	}
}
