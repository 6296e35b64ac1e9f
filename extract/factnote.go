package extract

import (
	"regexp"
	"strings"

	"gongkai"
)

// note takes topic, period, limits and subject from a clause.
func (p *factReader) note(text string, words uint64) {
	about := func(topic string) bool { return words&p.rules.topics[topic] != 0 }
	p.disclosure = p.disclosure || about("disclosure")
	switch {
	case about("reconsideration") && about("suit"):
		p.topic = "both"
	case about("reconsideration"):
		p.topic = "reconsideration"
	case about("suit"):
		p.topic = "suit"
	case about("fee"):
		p.topic = "fee"
	case about("request"):
		p.topic = "request"
	case words&p.rules.other != 0:
		p.topic = "other"
	case p.disclosure && strings.Contains(text, "申请"), p.topic == "" && !p.mixed && (p.disclosure || !p.started) && p.rules.opens.MatchString(text):
		p.topic = "request"
	}
	partial := words&p.rules.partial != 0
	switch {
	case partial && p.rules.whole.MatchString(text):
		p.period = false
	case partial || strings.Contains(text, "他年") || otherYear(text):
		p.period = true
	case strings.Contains(text, "本年") || strings.Contains(text, "全年"):
		p.period = false
	}
	p.limited = p.limited || strings.Contains(text, "其中")
	if own, named := p.subject(text); named {
		p.foreign = !own
	}
}

// otherYear reports whether a clause speaks of the year before or after and
// not of what was carried over or compared.
func otherYear(text string) bool {
	if !strings.Contains(text, "上年") && !strings.Contains(text, "下年") {
		return false
	}
	rest := carryWords.ReplaceAllString(text, "")
	return strings.Contains(rest, "上年") || strings.Contains(rest, "下年")
}

var (
	carryWords = regexp.MustCompile(`上年(?:的)?(?:结转|转结|遗留)|结转(?:的)?上年|(?:结转|转结|顺延|延续|延|转)(?:至|到|入|为)?下年|(?:比|较|同|与)上年`)
	subjectEnd = []string{"全年", "年度", "本年", "累计", "总共", "一共", "合计", "共", "已", "均", "在", "依法", "主动"}
	ownTown    = regexp.MustCompile(`^全(?:镇|乡|街道)`)
	nationwide = regexp.MustCompile(`^(?:国家|国务院|中国)|总局|总署|部$`)
	ownSubject = regexp.MustCompile(`^(?:我|本|全(?:市|县|区|省|州|镇|乡|街道|系统))`)
)

// subject looks at who acts in the clause: whether someone is named, and
// whether it is the agency that reports.
func (p *factReader) subject(text string) (own, named bool) {
	s := text[:firstOf(text, p.rules.Verbs)]
	for _, word := range []string{"其中", "本年", "全年", "年度", "对", "由", "度"} {
		s = strings.TrimPrefix(s, word)
	}
	if len(s) < 6 || len(s) > 120 || len(s) == len(text) {
		return true, false
	}
	for range 3 {
		for _, word := range subjectEnd {
			s = strings.TrimSuffix(s, word)
		}
	}
	if s == "" {
		return true, false
	}
	for name := range strings.SplitSeq(s, "代表") {
		name = strings.ReplaceAll(name, "人民政府", "政府")
		switch {
		case ownSubject.MatchString(name):
			return !strings.HasPrefix(name, "全") || p.scope != gongkai.ScopeOwn || ownTown.MatchString(name), true
		case strings.HasPrefix(name, "全国"):
			return nationwide.MatchString(p.agency), true
		case !endsAsAgency(name):
			return true, false
		case p.agency != "" && !strings.Contains(p.agency, name):
			return false, true
		}
	}
	return true, true
}

// firstOf returns where the first of words or the first digit stands in text,
// or its end.
func firstOf(text string, words []string) int {
	first := len(text)
	for _, w := range words {
		if i := strings.Index(text[:first], w); i >= 0 {
			first = i
		}
	}
	if i := strings.IndexAny(text[:first], "0123456789"); i >= 0 {
		first = i
	}
	return first
}

// limits returns the words of a clause that make its figures parts.
func (p *factReader) limits(text string) []string {
	text = p.rules.unlimited.ReplaceAllString(text, "")
	var found []string
	for _, w := range p.rules.Limit {
		if strings.Contains(text, w) {
			found = append(found, w)
		}
	}
	return found
}
