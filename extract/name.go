package extract

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gongkai"

	"github.com/BurntSushi/toml"
)

//go:embed names/names.toml
var nameFiles embed.FS

// A nameFile is what names/names.toml says.
type nameFile struct {
	Ends, Menu, Leads, Subjects []string
	Scopes                      struct{ Own, Consolidated, Local []string }
	Notes                       struct{ Words []string }
	Public                      struct{ Ends, Except []string }
}

// nameWords are the words of names.toml made ready for matching.
type nameWords struct {
	nameFile
	menu    map[string]bool
	scopes  map[string]gongkai.Scope
	notes   map[string]bool
	subject *regexp.Regexp // 法治政府建设暨 at the end
}

var embeddedNames = sync.OnceValue(func() *nameWords {
	w := &nameWords{menu: map[string]bool{}, scopes: map[string]gongkai.Scope{}, notes: map[string]bool{}}
	meta, err := toml.DecodeFS(nameFiles, "names/names.toml", &w.nameFile)
	if err == nil && len(meta.Undecoded()) > 0 {
		err = fmt.Errorf("unknown key %s", meta.Undecoded()[0])
	}
	if err != nil {
		panic(err) // the data is part of the build and tested with it
	}
	for _, s := range w.Menu {
		w.menu[s] = true
	}
	for _, s := range w.Notes.Words {
		w.notes[s] = true
	}
	for scope, words := range map[gongkai.Scope][]string{
		gongkai.ScopeOwn: w.Scopes.Own, gongkai.ScopeConsolidated: w.Scopes.Consolidated, gongkai.ScopeLocalLevel: w.Scopes.Local,
	} {
		for _, s := range words {
			w.scopes[s] = scope
		}
	}
	slices.SortFunc(w.Leads, func(a, b string) int { return len(b) - len(a) })
	w.subject = regexp.MustCompile(`(?:(?:` + strings.Join(w.Subjects, "|") + `)(?:[暨和与及、]|以及|\+))+$`)
	return w
})

// An agencyName is the name of an agency taken out of a title or a line.
type agencyName struct {
	text   string // as printed, in narrow characters, without spaces; empty if there is none
	former string // the name it had before, from （原…）
	scope  gongkai.Scope
	odd    string // why it may be no name, or not all of one; empty if it looks like a name
}

// afterLabel parts 【年报】 from what comes behind it.
var afterLabel = strings.NewReplacer("】", "】 ", "]", "] ")

var (
	dayAndTime  = regexp.MustCompile(`(?:19|20)\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)(?: ?\d{1,2}:\d\d(?::\d\d)?)?(?: ?[至到—~-]+ ?(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日)?`)
	nameYear    = regexp.MustCompile(`[(〔\[]? ?(?:` + yearDigits + `) ?(?:年度?|[)〕\]]年?度?|度)|^(?:20\d\d)|(?:20\d\d) ?$|(?:^|[^\d年]) ?[12]\d ?年(?:度)?`)
	nameNoise   = regexp.MustCompile(`[《〈<》〉「」『』]`)
	nameEnd     = regexp.MustCompile(`(?:关于|对|的|年度|年|度|[-_.,、:·|(\[])+$`)
	nameStart   = regexp.MustCompile(`^(?:[-_.,、:·|>)\]●■◆★☆▪•*]|\d{1,2}[.、)]|\([一二三四五六七八九十]{1,2}\)|附件?\d{0,2}[.、:])+`)
	leadBracket = regexp.MustCompile(`^[(\[【]([^()\[\]【】]{1,20})[)\]】]`)
	tailBracket = regexp.MustCompile(`\(([^()]{1,30})\)$`)
	plainName   = regexp.MustCompile(`^[\p{Han}()·、〇○A-Za-z\d“”‘’"']+$`)
	placed      = regexp.MustCompile(`^\p{Han}{1,9}?(?:省|市|县|区|州|盟|旗|镇|乡|街道|兵团)|^\p{Han}{2,14}?自治[区州县旗]|^(?:国家|中国|中共|全国|中央|中华人民共和国)`)
	national    = regexp.MustCompile(`^(?:国家|中国|中共|全国|中央|中华人民共和国|国网)`)
	purePlace   = regexp.MustCompile(`^[\p{Han}]{1,14}(?:市|县|区|省|州|镇|乡|盟|旗|街道)$`)
	bareKind    = regexp.MustCompile(`^(?:人民政府)?(?:办公室|办公厅|政府|委员会|管委会|管理委员会|管理局|局|委|办|厅|部|处|人民政府|分局|中心|街道办|办事处|政府办)$`)
	ownWord     = regexp.MustCompile(`^(?:我|本)(?:局|办|委|厅|院|中心|单位|机关|部门|市|县|区|镇|乡|街道|省|州|行政机关)?$`)
	disclosers  = regexp.MustCompile(`公开.*(?:办公室|办|中心|局|处|科|室|委员会|组)$`)
)

// readName takes the agency's name out of the words that stand before
// 政府信息公开… in a title: s without what leads to the page, years, labels and
// words about scope or edition.
func readName(s string) agencyName {
	w := embeddedNames()
	s = dayAndTime.ReplaceAllString(spaced(s), " ")
	if i := strings.LastIndexAny(s, ">|:»›→▶;"); i >= 0 {
		if rest := s[i+sizeOfFirst(s[i:]):]; strings.ContainsFunc(nameYear.ReplaceAllString(rest, ""), isHan) {
			s = rest
		}
	}
	s = lastSegment(s, w)
	n := agencyName{scope: gongkai.ScopeUnknown}
	s = n.betweenYears(nameNoise.ReplaceAllString(s, ""), w)
	s = n.trim(s, w)
	n.text = s
	n.judge(w)
	return n
}

func sizeOfFirst(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// spaced folds s as squeeze does, but keeps one space where there are any. Of
// letter-spaced words the spaces go.
func spaced(s string) string {
	words := strings.Fields(afterLabel.Replace(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return foldRune(r)
	}, s)))
	single := func(word string) bool {
		return utf8.RuneCountInString(word) == 1 && !strings.ContainsAny(word, "/\\_-·~&>|:")
	}
	n := 0
	for _, word := range words {
		if single(word) {
			n++
		}
	}
	var b strings.Builder
	for i, word := range words {
		if i > 0 && !(2*n > len(words) && n > 3 && single(word) && single(words[i-1])) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// lastSegment drops what stands before the name on its line: words of a menu or
// path, or another complete name, parted from it by a space or a mark.
func lastSegment(s string, w *nameWords) string {
	const marks = " /\\_-·~&"
	from := 0
	for i, r := range s {
		if !strings.ContainsRune(marks, r) {
			continue
		}
		left := strings.Trim(s[from:i], marks)
		right := strings.Trim(s[i+utf8.RuneLen(r):], marks)
		if right == "" {
			break
		}
		next := strings.ReplaceAll(nameEnd.ReplaceAllString(nameYear.ReplaceAllString(right, ""), ""), " ", "")
		if w.isMenu(left) || r == ' ' && standsAlone(left) && !national.MatchString(left) && (standsAlone(next) || purePlace.MatchString(next)) {
			from = i + utf8.RuneLen(r)
		}
	}
	return s[from:]
}

// standsAlone reports whether s is a name that needs nothing before or behind it.
func standsAlone(s string) bool {
	return utf8.RuneCountInString(s) >= 4 && placed.MatchString(s) && !purePlace.MatchString(s) && endsAsName(s)
}

// isMenu reports whether s is a line of a menu, a part of a path or a label.
func (w *nameWords) isMenu(s string) bool {
	s = strings.Trim(simplifyProse(strings.ReplaceAll(s, " ", "")), `()[]【】<>《》:"“”.·*+-`)
	return s == "" || w.menu[s]
}

// betweenYears returns the part of s beside the year that holds the name. What
// stands between a year and 政府信息公开 may be 法治政府建设暨 or the scope.
func (n *agencyName) betweenYears(s string, w *nameWords) string {
	var parts []string
	at := 0
	for _, m := range nameYear.FindAllStringIndex(s, -1) {
		from := m[0]
		if r, size := utf8.DecodeRuneInString(s[from:]); !strings.ContainsRune("(〔[0123456789二 ", r) {
			from += size // the rune before a year of two digits
		}
		parts = append(parts, s[at:from])
		at = m[1]
	}
	parts = append(parts, s[at:])
	name := ""
	for _, p := range parts {
		p = strings.ReplaceAll(p, " ", "")
		trimmed := n.trim(p, w)
		switch {
		case trimmed == "" || w.isMenu(trimmed):
		case name == "":
			name = trimmed
		case purePlace.MatchString(name) && !strings.HasPrefix(trimmed, name): // 江川县2023年水利局…
			name += trimmed
		case placed.MatchString(trimmed) && !placed.MatchString(name):
			name = trimmed
		}
	}
	return name
}

// trim takes off what is no part of the name at either end of s.
func (n *agencyName) trim(s string, w *nameWords) string {
	for before := ""; before != s; {
		before = s
		s = nameStart.ReplaceAllString(s, "")
		if m := leadBracket.FindStringSubmatch(s); m != nil && len(m[0]) < len(s) && (w.isMenu(m[1]) || !endsAsName(m[1])) {
			s = s[len(m[0]):]
		}
		for _, lead := range w.Leads {
			if rest, ok := strings.CutPrefix(s, lead); ok && rest != "" && !strings.HasPrefix(rest, "办公室") && !strings.HasPrefix(rest, "中心") {
				s = rest
				break
			}
		}
		s = nameEnd.ReplaceAllString(s, "")
		s = w.subject.ReplaceAllString(s, "")
		s = n.tail(s, w)
		s = strings.TrimSuffix(s, "暨")
		s = outerMarks(s)
		if former, ok := cutFormer(s); ok {
			n.former, s = former, ""
		}
		if scope := w.scopes[s]; scope != "" {
			n.scope, s = scope, ""
		}
	}
	return lastOfTwo(s)
}

// outerMarks takes off brackets and quotation marks around all of s, and single ones.
func outerMarks(s string) string {
	for _, p := range []string{"()", "[]", "【】", "“”", "‘’", `""`} {
		open, size := utf8.DecodeRuneInString(p)
		shut := p[size:]
		if inner, ok := strings.CutPrefix(s, string(open)); ok {
			if all, ok := strings.CutSuffix(inner, shut); ok && !strings.Contains(all, shut) {
				return all
			}
			if !strings.Contains(inner, shut) {
				return inner
			}
		}
		if all, ok := strings.CutSuffix(s, shut); ok && !strings.Contains(all, string(open)) {
			return all
		}
	}
	return s
}

// tail takes words about scope, history and edition off the end of s.
func (n *agencyName) tail(s string, w *nameWords) string {
	if m := tailBracket.FindStringSubmatch(s); m != nil {
		head, word := strings.TrimSuffix(s, m[0]), m[1]
		switch former, old := cutFormer(word); {
		case head == "":
		case old && former != "":
			n.former = former
			return head
		case w.scopes[word] != "":
			n.scope = w.scopes[word]
			return head
		case strings.HasPrefix(word, "含") || strings.HasPrefix(word, "包括") || strings.HasPrefix(word, "包含"):
			n.scope = gongkai.ScopeConsolidated
			return head
		case strings.HasPrefix(word, "不含"):
			n.scope = gongkai.ScopeOwn
			return head
		case w.notes[word] || strings.HasPrefix(word, "以下简称") || strings.HasPrefix(word, "简称"):
			return head
		}
		return s
	}
	for _, word := range []string{"机关本级", "本级机关", "本级", "系统汇总", "全系统"} {
		head, ok := strings.CutSuffix(s, word)
		if !ok || head == "" || !endsAsName(head) {
			continue
		}
		n.scope = w.scopes[word]
		if purePlace.MatchString(head) && word == "本级" {
			n.scope = gongkai.ScopeLocalLevel
		}
		return head
	}
	return s
}

// cutFormer reads 原示例市国土资源局.
func cutFormer(s string) (string, bool) {
	for _, p := range []string{"原名称:", "原名:", "原名称", "原名", "原称", "原为", "原:", "原", "曾用名:", "曾用名", "前身为"} {
		if name, ok := strings.CutPrefix(s, p); ok && endsAsName(name) {
			return name, true
		}
	}
	return "", false
}

// lastOfTwo cuts s where its place comes again: 青川市人民政府办公室青川市水务局
// are two names, and the second is that of the title.
func lastOfTwo(s string) string {
	place := placed.FindString(s)
	if utf8.RuneCountInString(place) < 2 {
		return s
	}
	if i := strings.LastIndex(s, place); i > 0 && endsAsName(s[:i]) && endsAsName(s[i:]) && !purePlace.MatchString(s[i:]) {
		return s[i:]
	}
	return s
}

// endsAsName reports whether s ends as names of agencies do, a bracket left aside.
func endsAsName(s string) bool {
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i]
	}
	s = simplifyProse(s)
	return slices.ContainsFunc(embeddedNames().Ends, func(end string) bool { return strings.HasSuffix(s, end) })
}

// judge says why n may be no name. What cannot be one at all is dropped.
func (n *agencyName) judge(w *nameWords) {
	count := utf8.RuneCountInString(n.text)
	simple := simplifyProse(n.text)
	switch {
	case count < 2 || count > 60 || w.isMenu(n.text) || ownWord.MatchString(simple) || !strings.ContainsFunc(n.text, isHan):
		n.text = ""
	case strings.Contains(simple, "信息公开") && !disclosers.MatchString(simple):
		n.text = ""
	case !plainName.MatchString(n.text):
		n.odd = "it holds marks that names do not have"
	case !endsAsName(n.text):
		n.odd = "it does not end as names of agencies do"
	case utf8.RuneCountInString(n.text[:strings.IndexByte(n.text+"(", '(')]) > 40:
		n.odd = "it is longer than names are"
	case bareKind.MatchString(simple):
		n.odd = "it says no place and no work"
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
