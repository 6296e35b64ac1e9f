package htmltable

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"
)

// Limits on page text kept in scripts and attributes.
const (
	maxFragments    = 8
	maxFragmentSize = 4 << 20
)

// fragments returns the pieces of HTML with a table that a script would put
// into the page: text areas, templates, attribute values (hidden inputs,
// data-*, srcdoc) and strings of scripts.
func fragments(doc *goquery.Document) []string {
	var found []string
	add := func(s string) {
		if !hasTable(s) {
			s = html.UnescapeString(s) // escaped twice
		}
		if hasTable(s) && len(s) <= maxFragmentSize && len(found) < maxFragments {
			found = append(found, s)
		}
	}
	doc.Find("textarea, noscript, xmp").Each(func(_ int, s *goquery.Selection) { add(s.Text()) })
	for n := range doc.Nodes[0].Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if len(a.Val) > 20 && !strings.HasPrefix(a.Key, "on") {
				if hasTable(a.Val) || strings.Contains(a.Val, "&lt;table") {
					add(a.Val)
				}
			}
		}
	}
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		text := s.Text()
		if strings.Contains(strings.ToLower(s.AttrOr("type", "")), "htm") || strings.Contains(s.AttrOr("type", ""), "template") {
			add(text)
			return
		}
		for _, v := range scriptStrings(text) {
			add(v)
		}
	})
	return found
}

func hasTable(s string) bool {
	return strings.Contains(s, "<table") || strings.Contains(s, "<TABLE") || strings.Contains(s, "<Table")
}

var scriptTable = regexp.MustCompile(`(?i)(?:<|\\u003c|\\x3c)table`)

// scriptStrings returns the string literals of a script, or of JSON, that hold
// a table, with their escapes undone.
func scriptStrings(script string) []string {
	var found []string
	for len(found) < maxFragments {
		at := scriptTable.FindStringIndex(script)
		if at == nil {
			break
		}
		start, end := literal(script, at[0])
		found = append(found, unescape(script[start:end]))
		script = script[max(end, at[1]):]
	}
	return found
}

// literal returns the bounds of the string literal around position at. Quotes
// of the other kind inside it do not end it: the nearest quote to the left
// that follows a character a literal can follow is taken as its beginning.
func literal(script string, at int) (start, end int) {
	start = at
	quote := byte('"')
	for i := at - 1; i >= 0; i-- {
		c := script[i]
		if (c == '"' || c == '\'' || c == '`') && (i == 0 || strings.IndexByte(":=([,+ \t\n\r{", script[i-1]) >= 0) && !inTag(script[i:at]) {
			start, quote = i+1, c
			break
		}
	}
	for end = at; end < len(script); end++ {
		switch script[end] {
		case '\\':
			end++
		case quote:
			return start, end
		}
	}
	return start, len(script)
}

// inTag reports whether s starts inside a tag: class="x"> before any "<".
func inTag(s string) bool {
	gt := strings.IndexByte(s, '>')
	lt := strings.IndexByte(s, '<')
	return gt >= 0 && (lt < 0 || gt < lt)
}

var escapePattern = regexp.MustCompile(`\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])`)

// unescape undoes the escapes of JavaScript and JSON strings.
func unescape(s string) string {
	return escapePattern.ReplaceAllStringFunc(s, func(e string) string {
		switch e[1] {
		case 'u', 'x':
			if v, err := strconv.ParseUint(e[2:], 16, 32); err == nil && len(e) > 2 {
				return string(rune(v))
			}
		case 'n', 'r', 't':
			return " "
		case '\n':
			return ""
		}
		return e[1:]
	})
}

var titlePattern = regexp.MustCompile(`"(?:title|Title|TITLE|bt)"\s*:\s*"((?:[^"\\]|\\.){4,200}(?:年度报告|年报)(?:[^"\\]|\\.){0,40})"`)

// dataTitle returns the title of a report in data; empty if there is none or
// more than one.
func dataTitle(data string) string {
	title := ""
	for _, m := range titlePattern.FindAllStringSubmatch(data, 3) {
		t := fold(unescape(m[1]))
		if title != "" && title != t {
			return ""
		}
		title = t
	}
	return title
}

// dataTitle returns the title of a report in the data of the page's scripts.
func (v *inventory) dataTitle() string {
	title := ""
	for _, n := range v.scripts {
		if text := nodeText(n); strings.Contains(text, "年") {
			if t := dataTitle(text); t != "" && title == "" {
				title = t
			} else if t != "" && t != title {
				return ""
			}
		}
	}
	return title
}
