package texttable

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/extract"
)

// wrapped is the least length of a line that may have been cut by wrapping.
const wrapped = 30

var (
	emphasis     = strings.NewReplacer("**", "", "__", "", `\*`, "*", `\_`, "_", `\#`, "#", `\.`, ".", `\-`, "-", `\(`, "(", `\)`, ")")
	imagePattern = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`)
	linkPattern  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// prose reads one paragraph or heading. A line that stops in the middle of a
// sentence is joined with the next, also over an empty line: flattened PDFs
// break paragraphs where the page ended.
func (p *parser) prose() {
	last, level := plain(p.line())
	p.at++
	var text strings.Builder
	text.WriteString(last)
	for level == 0 {
		next, at := p.peek(p.at)
		if next == "" || !continues(last, next) {
			break
		}
		more, heading := plain(next)
		if heading > 0 {
			break
		}
		text.WriteString(gap(last, more) + more)
		last = more
		p.at = at + 1
	}
	if text.Len() > 0 {
		p.c.Blocks = append(p.c.Blocks, extract.Block{Text: text.String(), Level: level})
	}
}

// plain takes the Markdown off a line and returns its heading level.
func plain(s string) (string, int) {
	level := 0
	for level < len(s) && s[level] == '#' {
		level++
	}
	if level > 6 || (level > 0 && level < len(s) && s[level] != ' ') {
		level = 0
	}
	s = strings.TrimLeft(s[level:], " >")
	if level > 0 {
		s = strings.TrimRight(s, "# ")
	}
	if strings.ContainsAny(s, "[") {
		s = linkPattern.ReplaceAllString(imagePattern.ReplaceAllString(s, ""), "$1")
	}
	return fold(emphasis.Replace(s)), level
}

// title reports whether a line ends as titles of reports do. It may be long and
// has no full stop.
func title(line string) bool {
	s := strings.Join(strings.Fields(line), "")
	return strings.Contains(s, "信息公开") && titleEnd.MatchString(s) && !strings.ContainsAny(s, "，。；")
}

var titleEnd = regexp.MustCompile(`(?:年度报告|年报|工作报告|情况报告)$`)

// continues reports whether next goes on with the sentence that the line text
// leaves open.
func continues(text, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case count(text) < wrapped || section(text) || title(text):
		return false
	case strings.ContainsRune("。！？；：.!?;:”’」』）)】》…|", last):
		return false
	case strings.HasPrefix(next, "#") || strings.HasPrefix(next, "**") || rank(next) > 0 || strings.Contains(next, "|"):
		return false
	}
	return !unicode.IsSpace(first) && !strings.ContainsRune("-*+①②③④⑤⑥⑦⑧⑨第附", first)
}

// gap is what stands between two lines that are joined: nothing beside a
// Chinese character.
func gap(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if a == "" || b == "" || last >= 0x2E80 || first >= 0x2E80 {
		return ""
	}
	return " "
}
