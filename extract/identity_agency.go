package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai"
)

var (
	agencyBody = regexp.MustCompile(`本(?:年度)?(?:年报|报告|年度报告)(?:是)?由([\p{Han}()·、A-Za-z\d“”]{2,40}?)(?:按照|依据|依照|根据|编制|编写|负责|组织|汇总|结合|牵头|撰写|形成|于)`)
	agencyMade = regexp.MustCompile(`^由([\p{Han}()·、A-Za-z\d“”]{2,40}?)(?:编制|编写)`)
	agencyTell = regexp.MustCompile(`与([\p{Han}()·A-Za-z\d“”]{3,40})联系`)
	quoteVerb  = regexp.MustCompile(`^(?:现|特|特此|现予|予以|已|拟|并)*(?:公布|发布|公开|编制|通报|形成|撰写|编写|制作|制定|印发|转发|报送|上报|呈报|提交|将|由)`)
	quoteStart = regexp.MustCompile(`(?:公布|发布|公开|编制|通报|形成|撰写|编写|制作|制定|印发|转发|报送|上报|呈报|提交|现将|[《〈<"“「,。;:\n将由是])了?`)
)

// A witness is one place that names the agency.
type witness struct {
	from  string // "title", "page", "link", "file", "text"
	name  string
	title reportTitle // where it is one
}

// findAgency lets the places that name the agency vote: the title in the text,
// the titles of the page, of the link that led here and of the file, and whom
// the text says to have written the report. The name that most agree with is
// taken, of equals the title's; that not all agree is an issue. A contact or the
// source named by the page counts only where nothing else is, and then says so.
func (id *identity) findAgency() {
	r := id.report
	witnesses := id.witnesses()
	if len(witnesses) == 0 {
		id.findWeakAgency()
		return
	}
	best, votes := 0, 0
	for i, w := range witnesses {
		n := 0
		for _, other := range witnesses {
			if namesAgree(w.name, other.name) {
				n++
			}
		}
		if n > votes {
			best, votes = i, n
		}
	}
	chosen := witnesses[best]
	r.Agency, r.AgencyFrom, id.name = chosen.name, chosen.from, chosen.title.name
	for _, w := range witnesses {
		if !namesAgree(chosen.name, w.name) {
			id.issue(gongkai.IssueAgencies, "the %s names %s, the %s %s", chosen.from, chosen.name, w.from, w.name)
			break
		}
	}
	id.fullName(chosen, witnesses)
	id.doubtName(chosen, witnesses)
	r.Formerly = id.former()
}

// witnesses lists who names the agency, surest first, one of a kind.
func (id *identity) witnesses() []witness {
	var all []witness
	kinds := []string{"title", "page", "link", "file"}
	for k, from := range kinds {
		for _, t := range id.titles {
			if t.agency != "" && id.kindOf(t) == from && (k > 0 || t.text == id.report.Title || !id.titleNames()) {
				all = append(all, witness{from, t.agency, t})
				break
			}
		}
	}
	if len(all) > 1 && all[0].from == "title" && all[0].title.beside && all[1].from == "page" {
		all[0], all[1] = all[1], all[0] // the line above may be the head of the site
		if !namesAgree(all[0].name, all[1].name) {
			all = slices.Delete(all, 1, 2)
		}
	}
	for _, s := range id.statedAgencies() {
		all = append(all, witness{from: "text", name: s})
		break
	}
	return all
}

// titleNames reports whether the report's title names an agency.
func (id *identity) titleNames() bool {
	return slices.ContainsFunc(id.titles, func(t reportTitle) bool { return t.text == id.report.Title && t.agency != "" && t.to > 0 })
}

func (id *identity) kindOf(t reportTitle) string {
	if t.source != "" {
		return t.source
	}
	return "title"
}

// findWeakAgency takes a contact or source for want of a title.
func (id *identity) findWeakAgency() {
	r := id.report
	weak := id.weakAgency()
	if weak == "" || bareKind.MatchString(weak) {
		id.issue(gongkai.IssueNoAgency, "neither title nor text names the agency")
		return
	}
	r.Agency, r.AgencyFrom = weak, gongkai.FromContact
	id.issue(gongkai.IssueNoAgency, "no title or text names the agency; %s is the contact or source given", weak)
}

// fullName gives the report the full name of an agency that the chosen place
// shortens, and cuts off what others show to be no part of the name.
func (id *identity) fullName(chosen witness, witnesses []witness) {
	r := id.report
	var names []string
	shorter := map[string]int{}
	for _, w := range witnesses {
		names = append(names, w.name)
		if lead, ok := strings.CutSuffix(chosen.name, w.name); ok && lead != "" && placed.MatchString(w.name) && !purePlace.MatchString(lead) && !placed.MatchString(lead) {
			shorter[w.name]++
		}
	}
	for name := range shorter {
		r.Agency = name
	}
	r.Agency = id.longerName(r.Agency, names)
}

// doubtName says so where the name does not look like one, or stands in another
// title than that of the report, such as a link or a menu, and no second place
// has the same.
func (id *identity) doubtName(chosen witness, witnesses []witness) {
	name := id.report.Agency
	why := ""
	switch {
	case id.name.odd != "" && id.name.text == name:
		why = id.name.odd
	case chosen.from == "title" && len(chosen.title.years) == 0:
		why = "a heading without a year names it"
	case chosen.from == "title" && id.nearestTitle().agency == "":
		why = "the title over the text does not name it"
	}
	if why == "" || id.seconded(name, witnesses) {
		return
	}
	id.issue(gongkai.IssueNoAgency, "%s: %s, and nothing else names the agency so", name, why)
	id.report.AgencyFrom = gongkai.FromUnsure
}

// seconded reports whether a second place has the name.
func (id *identity) seconded(name string, witnesses []witness) bool {
	same := 0
	for _, w := range witnesses {
		if w.name == name {
			same++
		}
	}
	return same >= 2 || squeeze(id.content.Meta["ContentSource"]) == name || strings.Count(id.body, name) >= 2
}

// nearestTitle is the title in the text that stands next to the report.
func (id *identity) nearestTitle() reportTitle {
	var nearest reportTitle
	for _, t := range id.titles {
		if t.to > nearest.to {
			nearest = t
		}
	}
	return nearest
}

// former is the name that the agency had before, as a title says.
func (id *identity) former() string {
	for _, t := range id.titles {
		if t.name.former != "" && (t.agency == "" || namesAgree(t.agency, id.report.Agency)) {
			return t.name.former
		}
	}
	return ""
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
	for line := range strings.SplitSeq(id.preamble, "\n") {
		if m := agencyMade.FindStringSubmatch(line); m != nil {
			add(m[1])
		}
	}
	for _, m := range titleCore.FindAllStringIndex(id.quoting, 8) {
		rest := id.quoting[m[1]:]
		if strings.HasPrefix(rest, "格式") || strings.HasPrefix(rest, "编制") || strings.HasPrefix(rest, "有关") {
			continue
		}
		add(quotedName(lastRunes(id.quoting[:m[0]], 60)))
	}
	add(id.signature())
	return found
}

// quotedName reads the name at the end of a sentence that quotes a title. A word
// such as 公布 leads to it, or is part of it: 政务公开办公室.
func quotedName(s string) string {
	if i := strings.LastIndexAny(s, "。;\n"); i >= 0 {
		s = s[i+sizeOfFirst(s[i:]):]
	}
	cuts := append([][]int{{0, 0}}, quoteStart.FindAllStringIndex(s, -1)...)
	name := ""
	for i := len(cuts) - 1; i >= 0; i-- {
		n := readName(s[cuts[i][1]:])
		if n.text == "" || n.odd != "" || quoteVerb.MatchString(n.text) {
			continue
		}
		if placed.MatchString(n.text) && agencyLike(n.text) {
			return n.text
		}
		if name == "" {
			name = n.text
		}
	}
	return name
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
		if lead, ok := strings.CutSuffix(s, name); ok && lead != "" && leadsToName(lead, name) {
			return s
		}
	}
	return name
}

// leadsToName reports whether lead is what a title leaves away before name: its
// place, or whose branch it is. A verb, 报送, or another agency is not.
func leadsToName(lead, name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return purePlace.MatchString(lead) || strings.ContainsRune("省市县区州盟旗镇乡", r) && purePlace.MatchString(lead+string(r)) || national.MatchString(lead) && !strings.Contains(lead, "政府")
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
