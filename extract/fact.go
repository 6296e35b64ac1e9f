package extract

import (
	"regexp"
	"slices"
	"strings"

	"gongkai"
)

// readFacts returns the figures that sections 一, 五 and 六 of r state; where a
// report has no section 一, what stands outside the sections is read for it.
// A wrong fact accuses an agency: what can be understood in two ways is left.
func readFacts(r *gongkai.Report, outside string) []gongkai.Fact {
	rules := embeddedFactRules()
	agency := strings.ReplaceAll(simplifyProse(squeeze(r.Agency)), "人民政府", "政府")
	var facts []gongkai.Fact
	read := func(section int, text string) {
		disclosure := false // what a heading such as （二）依申请公开 says of the next paragraph
		for _, paragraph := range joinParagraphs(text) {
			p := factReader{rules: rules, year: r.Year, agency: agency, scope: r.Scope, disclosure: disclosure}
			facts = append(facts, p.paragraph(section, paragraph)...)
			disclosure = p.disclosure && isItemHeading(paragraph)
		}
	}
	if len(r.Sections) > 0 && !r.Sections[0].Present {
		read(0, outside)
	}
	for _, s := range r.Sections {
		if s.Number == 1 || s.Number == 5 || s.Number == 6 {
			read(s.Number, s.Text)
		}
	}
	return facts
}

// A factReader reads one paragraph. Its state is what the clauses so far say
// about the next one.
type factReader struct {
	rules  *factRules
	year   int
	agency string
	scope  gongkai.Scope

	disclosure bool // the paragraph is about disclosure
	started    bool // the paragraph has said something
	begun      bool // the sentence has
	mixed      bool // a part of what the sentence counts is named: 收到申请9件，其中政府信息公开申请2件
	sentenceState
}

type sentenceState struct {
	topic   string // what is being counted: a topic, "both", "other" or ""
	period  bool   // another year or a part of the year is spoken of
	limited bool   // 其中: figures are parts
	foreign bool   // another agency is spoken of
	last    string // the measure read last
}

func (p *factReader) paragraph(section int, text string) []gongkai.Fact {
	var facts []gongkai.Fact
	for _, sentence := range splitSentences(text) {
		found := p.sentence(sentence)
		for i := range found {
			found[i].Section, found[i].Sentence = section, sentence
		}
		facts = append(facts, found...)
	}
	return facts
}

// sentence reads one sentence. The topic of the sentence before stays until
// another one is named; its limits do not.
func (p *factReader) sentence(sentence string) []gongkai.Fact {
	folded := simplifyProse(squeeze(sentence))
	if p.rules.index.scan(folded)&p.rules.hints == 0 {
		p.topic, p.last = "", ""
		p.started = p.started || !p.rules.neutral.MatchString(folded)
		return nil
	}
	clauses := splitClauses(folded, p.year)
	p.limited, p.foreign, p.period, p.begun = false, false, false, false
	_, part, _ := strings.Cut(folded, "其中")
	p.mixed = strings.Contains(part, "公开申请") || strings.Contains(part, "依申请") || p.rules.index.scan(part)&p.rules.other != 0
	var facts []gongkai.Fact
	var outer []sentenceState
	for i := range clauses {
		c := &clauses[i]
		if c.opening {
			outer = append(outer, p.sentenceState)
		}
		for len(outer) > c.depth {
			topic := p.last
			p.sentenceState = outer[len(outer)-1]
			outer, p.last = outer[:len(outer)-1], topic
		}
		if c.breaks {
			p.limited, p.foreign = false, false
		}
		facts = append(facts, p.clause(c)...)
	}
	if len(outer) > 0 {
		p.sentenceState = outer[0]
	}
	return settle(facts)
}

// settle drops repetitions. Two different totals of one measure in one
// sentence cannot both be the total: neither is taken for it.
func settle(facts []gongkai.Fact) []gongkai.Fact {
	var kept []gongkai.Fact
	for _, f := range facts {
		if !slices.Contains(kept, f) {
			kept = append(kept, f)
		}
	}
	for i := range kept {
		for j := range kept {
			if kept[i].Measure == kept[j].Measure && kept[i].Total && i != j && (kept[j].Total || i > j) &&
				(kept[i].Value != kept[j].Value || kept[i].Unit != kept[j].Unit) && kept[j].Total {
				kept[i].Total, kept[j].Total = false, false
			}
		}
	}
	return kept
}

// clause updates the state and reads the figures of one clause.
func (p *factReader) clause(c *factClause) []gongkai.Fact {
	words := p.rules.index.scan(c.text)
	p.note(c.text, words)
	opening := !p.begun
	if !(p.started && p.begun) && !p.rules.neutral.MatchString(c.text) {
		p.started, p.begun = true, true
	}
	if p.period || !strings.ContainsAny(c.text, "0123456789零〇一二两三四五六七八九十百未无没不") {
		return nil
	}
	var facts []gongkai.Fact
	for i := range p.rules.measures {
		m := &p.rules.measures[i]
		if words&m.need == 0 || words&m.notWords != 0 || m.Context && !p.disclosure {
			continue
		}
		topic := p.topic
		if len(m.After) > 0 && !slices.Contains(m.After, p.last) {
			topic = "" // 自然人8件 behind 办结 is no figure of requests received
		}
		f, ok := m.read(c.text, topic)
		for k := 0; opening && !ok && k < len(m.opening); k++ {
			f, ok = m.figure(m.opening[k], c.text)
		}
		if !ok || m.not != nil && m.not.MatchString(c.text) {
			continue
		}
		f.Total = !p.foreign && m.allows(p.limits(c.text)) && (!p.limited || slices.Contains(m.Within, "其中"))
		facts = append(facts, f)
	}
	if len(facts) == 0 || words&p.rules.compare != 0 || p.rules.span.MatchString(c.text) {
		return nil
	}
	p.last = facts[len(facts)-1].Measure
	return facts
}

// allows reports whether all limits belong to the measure itself.
func (m *factRule) allows(limits []string) bool {
	for _, l := range limits {
		if !slices.Contains(m.Within, l) {
			return false
		}
	}
	return true
}

// read looks for the measure in a clause.
func (m *factRule) read(text, topic string) (gongkai.Fact, bool) {
	for _, re := range m.patterns {
		if f, ok := m.figure(re, text); ok {
			return f, true
		}
	}
	if topic == m.Topic && topic != "" {
		for _, re := range m.short {
			if f, ok := m.figure(re, text); ok {
				return f, true
			}
		}
		if factAnyMatch(m.shortZero, text) {
			return m.none(), true
		}
	}
	if factAnyMatch(m.zero, text) {
		return m.none(), true
	}
	return gongkai.Fact{}, false
}

func (m *factRule) none() gongkai.Fact {
	unit := m.Units[0]
	if unit == "元" {
		unit = "yuan"
	}
	return gongkai.Fact{Measure: m.ID, Unit: unit}
}

func factAnyMatch(res []*regexp.Regexp, text string) bool {
	return slices.ContainsFunc(res, func(re *regexp.Regexp) bool { return re.MatchString(text) })
}

// figure takes the figure that re captures in text.
func (m *factRule) figure(re *regexp.Regexp, text string) (gongkai.Fact, bool) {
	at := re.FindStringSubmatchIndex(text)
	if at == nil {
		return gongkai.Fact{}, false
	}
	group := func(name string) string {
		if i := re.SubexpIndex(name); i >= 0 && at[2*i] >= 0 {
			return text[at[2*i]:at[2*i+1]]
		}
		return ""
	}
	n, unit := group("n"), group("u")
	f := gongkai.Fact{Measure: m.ID, Unit: unit}
	switch {
	case unit == "":
		f.Unit = m.none().Unit
	case unit == "元" && strings.HasSuffix(n, "万") && isDigits(strings.ReplaceAll(strings.TrimSuffix(n, "万"), ".", "")):
		n, f.Unit = strings.TrimSuffix(n, "万"), "wan"
	case unit == "元":
		f.Unit = "yuan"
	case unit == "万元":
		f.Unit = "wan"
	}
	var ok bool
	if f.Value, ok = readNumeral(n); !ok {
		return f, false
	}
	if _, whole := f.Value.Whole(); !whole && f.Unit != "yuan" && f.Unit != "wan" {
		return f, false
	}
	rest := text[at[1]:]
	f.Approximate = group("a") != "" || group("m") != "" || strings.HasPrefix(rest, "以上") || strings.HasPrefix(rest, "左右") ||
		f.Unit != "wan" && f.Unit != "yuan" && strings.ContainsAny(n, ".") && strings.ContainsAny(n, "万千亿")
	return f, true
}
