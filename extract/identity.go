package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai"
)

// An identity is what is being found out about one report.
type identity struct {
	doc      *gongkai.Document
	content  *Content
	report   *gongkai.Report
	headings []sectionHeading
	preamble string // squeezed text before the first section, one paragraph a line
	quoting  string // the preamble without lines that are titles
	body     string // squeezed text of all of it
	titles   []reportTitle
}

// readNarrative fills what r says outside its standard tables: agency, year,
// scope, title, dates, citations, sections and facts. Nothing is guessed: what
// is not named stays empty and is an issue.
func readNarrative(r *gongkai.Report, d *gongkai.Document, c *Content) {
	id := &identity{doc: d, content: c, report: r, headings: headingsIn(c.Blocks)}
	limit := len(c.Blocks)
	if len(id.headings) > 0 {
		limit = id.headings[0].block
		id.preamble = id.text(0, limit) + squeeze(c.Blocks[limit].Text[:id.headings[0].at])
	} else {
		id.preamble = id.text(0, min(limit, 12))
	}
	id.quoting = withoutTitles(id.preamble)
	id.body = id.text(0, len(c.Blocks))
	id.titles = titlesIn(c.Blocks, limit)

	id.findTitle()
	id.findPublished()
	r.Period, _ = readPeriod(id.preamble)
	if r.Period[0] == "" {
		r.Period, _ = readPeriod(id.body)
	}
	r.Citations = citations(id.body)
	id.findAgency()
	id.findYear()
	r.Scope = id.scope()
	r.Sections = readSections(c.Blocks, id.headings)
	id.checkSections()
	id.checkTemplate()
	r.Facts = readFacts(r, strings.Join(proseBetween(c.Blocks, 0, 0, limit, 0, false), "\n"))
}

func (id *identity) issue(code, format string, args ...any) {
	id.report.Issues = append(id.report.Issues, gongkai.Issue{Code: code, Detail: fmt.Sprintf(format, args...)})
}

// text returns the squeezed paragraphs of blocks [from, to).
func (id *identity) text(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if id.content.Blocks[i].Grid == nil {
			b.WriteString(squeeze(id.content.Blocks[i].Text))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// withoutTitles drops lines that are titles, such as links to other years.
func withoutTitles(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool {
		_, ok := readTitle(s)
		return ok
	}), "\n")
}

// findTitle takes the fullest title, the one nearest to the text if several
// are alike; titles of the page and of the link come next.
func (id *identity) findTitle() {
	page := pageTitles(id.doc, id.content)
	slices.Reverse(id.titles)
	slices.SortStableFunc(id.titles, func(a, b reportTitle) int { return b.strength(page) - a.strength(page) })
	id.titles = append(id.titles, page...)
	if t := id.gridTitle(); len(id.titles) == 0 && t.text != "" {
		id.titles = append(id.titles, t)
	}
	if len(id.titles) > 0 {
		id.report.Title = id.titles[0].text
	}
}

func (t reportTitle) strength(page []reportTitle) int {
	s := 0
	if t.agency != "" {
		s += 4
	}
	if len(t.years) > 0 {
		s += 4
	}
	if slices.ContainsFunc(page, func(p reportTitle) bool { return len(p.years) > 0 && slices.Equal(p.years, t.years) }) {
		s += 3
	}
	if slices.ContainsFunc(page, func(p reportTitle) bool { return p.agency != "" && p.agency == t.agency }) {
		s += 2
	}
	if t.level > 0 {
		s++
	}
	return s
}

// gridTitle looks for the title in a table of metadata above the report.
func (id *identity) gridTitle() reportTitle {
	for i := range id.content.Blocks {
		g := id.content.Blocks[i].Grid
		if g == nil || standardLike(g) {
			continue
		}
		for _, row := range g.Rows {
			for _, cell := range row {
				if t, ok := readTitle(cell.Text); ok {
					return t
				}
			}
		}
	}
	return reportTitle{}
}

var (
	agencyBody = regexp.MustCompile(`本(?:年度)?(?:年报|报告|年度报告)(?:是)?由([\p{Han}()·、]{2,40}?)(?:按照|依据|依照|根据|编制|编写|负责|组织|汇总|结合|牵头|撰写|形成|于)`)
	agencyMade = regexp.MustCompile(`^由([\p{Han}()·、]{2,40}?)(?:编制|编写)`)
	agencyTell = regexp.MustCompile(`与([\p{Han}()·]{3,40})联系`)
	quoteStart = regexp.MustCompile(`.*(?:公布|发布|公开|编制|通报|形成|撰写|编写|制作|[《〈<"“「,。;:\n将布由是])`)
)

// findAgency prefers the title, then whoever the text says has written the
// report, then the signature; a contact or the source named by the page only
// where nothing else is, and then says so.
func (id *identity) findAgency() {
	r := id.report
	stated := id.statedAgencies()
	for _, t := range id.titles {
		if t.agency != "" {
			r.Agency = t.agency
			break
		}
	}
	switch weak := id.weakAgency(); {
	case r.Agency == "" && len(stated) > 0:
		r.Agency = stated[0]
	case r.Agency == "" && weak != "":
		r.Agency = weak
		id.issue(gongkai.IssueNoAgency, "no title or text names the agency; %s is the contact or source given", weak)
	case r.Agency == "":
		id.issue(gongkai.IssueNoAgency, "neither title nor text names the agency")
	}
	if r.Agency == "" {
		return
	}
	titled := r.Agency
	for _, s := range stated {
		if !namesAgree(titled, s) {
			id.issue(gongkai.IssueAgencies, "the title names %s, the text %s", titled, s)
			break
		}
	}
	r.Agency = id.longerName(titled, stated)
}

// statedAgencies are the agencies that the text names as author, surest first.
func (id *identity) statedAgencies() []string {
	var found []string
	add := func(s string) {
		if head, _, ok := strings.Cut(s, "政府信息公开"); ok { // 某市人民政府信息公开工作领导小组办公室
			s = head + "政府"
		}
		if agencyLike(s) && !slices.Contains(found, s) && !strings.HasPrefix(s, "我") && !strings.HasPrefix(s, "本") {
			found = append(found, s)
		}
	}
	for _, m := range agencyBody.FindAllStringSubmatch(id.preamble, 2) {
		add(m[1])
	}
	for _, line := range strings.Split(id.preamble, "\n") {
		if m := agencyMade.FindStringSubmatch(line); m != nil {
			add(m[1])
		}
	}
	for _, m := range titleCore.FindAllStringIndex(id.quoting, 8) {
		rest := id.quoting[m[1]:]
		if strings.HasPrefix(rest, "格式") || strings.HasPrefix(rest, "编制") || strings.HasPrefix(rest, "有关") {
			continue
		}
		add(titleAgency(quoteStart.ReplaceAllString(lastRunes(id.quoting[:m[0]], 40), "")))
	}
	add(id.signature())
	return found
}

// signature returns the agency that stands on a line of its own beside a date
// at the end.
func (id *identity) signature() string {
	var lines []string
	for i := len(id.content.Blocks) - 1; i >= 0 && len(lines) < 10; i-- {
		if b := &id.content.Blocks[i]; b.Grid == nil && b.Text != "" {
			lines = append(lines, squeeze(b.Text))
		}
	}
	for i, line := range lines {
		date := func(j int) bool {
			return j >= 0 && j < len(lines) && utf8.RuneCountInString(lines[j]) <= 14 && signDate.MatchString(lines[j])
		}
		if agencyLike(line) && (date(i-1) || date(i+1)) {
			return line
		}
	}
	return ""
}

var signDate = regexp.MustCompile(`^[(]?` + yearDigits + `年.{1,6}月.{1,4}日[)]?$`)

func (id *identity) weakAgency() string {
	if m := agencyTell.FindStringSubmatch(id.preamble); m != nil {
		s := m[1]
		if head, tail, ok := strings.Cut(s, "人民政府"); ok {
			s = head + "人民政府"
			for _, office := range []string{"办公室", "办公厅"} {
				if strings.HasPrefix(tail, office) {
					s += office
				}
			}
		}
		if agencyLike(s) && !strings.HasPrefix(s, "我") && !strings.HasPrefix(s, "本") {
			return s
		}
	}
	if s := squeeze(id.content.Meta["ContentSource"]); agencyLike(s) {
		return s
	}
	return ""
}

// longerName returns the full name of an agency that the title shortens: 区统
// 计局 where the text writes 杨凌示范区统计局, 淮安市 where it writes 淮安市人民政府.
func (id *identity) longerName(name string, stated []string) string {
	if government := name + "人民政府"; placeName.MatchString(name) && strings.Contains(id.body, government) {
		return government
	}
	for _, s := range stated {
		if len(s) > len(name) && strings.HasSuffix(s, name) {
			return s
		}
	}
	return name
}

var placeName = regexp.MustCompile(`^[\p{Han}]{1,14}(?:市|县|区|省|州|镇|乡|盟|旗)$`)

// namesAgree reports whether two names can be of one agency: one contains the
// other, or shortens it (吴忠市科技局 for 吴忠市科学技术局).
func namesAgree(a, b string) bool {
	short, long := foldAgency(a), foldAgency(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if strings.Contains(long, short) {
		return true
	}
	rest := long
	for _, r := range short {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+utf8.RuneLen(r):]
	}
	return true
}

func foldAgency(s string) string {
	s = strings.ReplaceAll(simplifyProse(s), "人民政府", "政府")
	return strings.TrimSuffix(strings.TrimSuffix(s, "办公室"), "办公厅")
}

func lastRunes(s string, n int) string {
	rs := []rune(s[max(0, len(s)-4*n):])
	return string(rs[max(0, len(rs)-n):])
}
