package transport

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// A glance is what a reader would see of a page at first.
type glance struct {
	title    string
	text     string // visible text; up to refusalText characters
	runes    int    // of text, white space left out
	password bool   // there is a field for a password
}

// glanceAt reads a page up to refusalText visible characters. It sees the
// tokens that html.Tokenizer sees. Every page passes here, so text and plain
// tags are read at once, and only the rest is left to the tokenizer.
func glanceAt(page []byte) glance {
	e := eye{}
	e.text.Grow(min(len(page), 4*refusalText))
	for hard := 0; e.runes < refusalText && len(page) > 0; {
		n := textEnd(page)
		if n > 0 {
			e.see(page[:n], true)
		} else if n = e.plainTag(page); n == 0 {
			if hard++; hard > maxHard {
				n = e.tokens(page, -1)
			} else {
				n = e.tokens(page, 1)
			}
		}
		if n == 0 {
			break
		}
		page = page[n:]
	}
	return glance{title: strings.TrimSpace(e.title.String()), text: e.text.String(), runes: e.runes, password: e.password}
}

// maxHard is how often the tokenizer is called for one thing. To begin with it
// costs more than to go on, so it gets the rest of a page that needs it more.
const maxHard = 64

// An eye goes over a page and remembers what it has seen.
type eye struct {
	title, text strings.Builder
	runes       int
	hidden      int // scripts and the like that it is inside of
	inTitle     bool
	password    bool
}

// tag notes that an element begins or, with a step of -1, ends.
func (e *eye) tag(name []byte, step int) {
	switch string(name) {
	case "script", "style", "noscript":
		e.hidden = max(0, e.hidden+step)
	case "title":
		e.inTitle = step > 0
	}
}

// see takes in a text, as it stands in the page or with entities undone.
func (e *eye) see(t []byte, escaped bool) {
	if !e.inTitle && e.hidden > 0 {
		return
	}
	if escaped {
		if bytes.IndexByte(t, '\r') >= 0 {
			t = bytes.ReplaceAll(bytes.ReplaceAll(t, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
		}
		if bytes.IndexByte(t, '&') >= 0 {
			t = []byte(html.UnescapeString(string(t)))
		}
	}
	if e.inTitle {
		e.title.Write(t)
		return
	}
	e.text.Write(t)
	e.text.WriteByte(' ')
	for _, r := range string(t) {
		if r > '\u3000' || !unicode.IsSpace(r) { // the ideographic space is the last
			e.runes++
		}
	}
}

// textEnd returns how much of b is text before the next tag, comment or end.
func textEnd(b []byte) int {
	for n := 0; ; {
		i := bytes.IndexByte(b[n:], '<')
		if i < 0 || n+i+1 == len(b) {
			return len(b)
		}
		if c := b[n+i+1]; letter(c) || c == '/' || c == '!' || c == '?' {
			return n + i
		}
		n += i + 1
	}
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// plainTag reads a tag after which text is text again, and returns its length;
// 0 if b begins with something else.
func (e *eye) plainTag(b []byte) int {
	name := 1
	if len(b) > 1 && b[1] == '/' {
		name = 2
	}
	i := name
	for i < len(b) && !space(b[i]) && b[i] != '/' && b[i] != '>' {
		i++
	}
	if i == name || i == len(b) || !letter(b[name]) {
		return 0
	}
	if !special(b[name:i]) {
		return tagEnd(b, i)
	}
	if name == 1 {
		return 0
	}
	n := tagEnd(b, i)
	if n > 0 {
		e.tag(bytes.ToLower(b[name:i]), -1)
	}
	return n
}

// special reports whether an element matters to the eye or holds text that is
// not made of tokens.
func special(name []byte) bool {
	if len(name) < 3 || len(name) == 4 {
		return false
	}
	for _, s := range [...]string{"xmp", "input", "style", "title", "iframe", "script", "noembed", "noframes", "noscript", "textarea", "plaintext"} {
		if len(s) == len(name) && strings.EqualFold(s, string(name)) {
			return true
		}
	}
	return false
}

// tagEnd returns where the tag ends whose name ends at i; 0 if it does not.
func tagEnd(b []byte, i int) int {
	for {
		if i = skipSpace(b, i); i == len(b) {
			return 0
		}
		if b[i] == '>' {
			return i + 1
		}
		key := i
		for i < len(b) && !space(b[i]) && b[i] != '/' && b[i] != '>' && (b[i] != '=' || i == key) {
			i++
		}
		if i = skipSpace(b, i); i == len(b) {
			return 0
		}
		switch b[i] {
		case '/':
			i++
		case '=':
			if i = valueEnd(b, skipSpace(b, i+1)); i < 0 {
				return 0
			}
		}
	}
}

// valueEnd returns where the attribute's value ends that begins at i; -1 if it
// does not.
func valueEnd(b []byte, i int) int {
	if i == len(b) {
		return -1
	}
	if b[i] == '"' || b[i] == '\'' {
		n := bytes.IndexByte(b[i+1:], b[i])
		if n < 0 {
			return -1
		}
		return i + 1 + n + 1
	}
	for i < len(b) && !space(b[i]) && b[i] != '>' {
		i++
	}
	return i
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }

func skipSpace(b []byte, i int) int {
	for i < len(b) && space(b[i]) {
		i++
	}
	return i
}

// tokens leaves so many tokens to the tokenizer, all if n is below zero, and
// returns their length; 0 at the end. An element that holds raw text is one
// token with it.
func (e *eye) tokens(b []byte, n int) (length int) {
	z := html.NewTokenizer(bytes.NewReader(b))
	z.SetMaxBuf(1 << 20)
	for ; n != 0 && e.runes < refusalText; n-- {
		kind := z.Next()
		if kind == html.ErrorToken {
			return 0
		}
		length += len(z.Raw())
		switch kind {
		case html.TextToken:
			e.see(z.Text(), false)
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, attrs := z.TagName()
			if kind != html.EndTagToken && special(name) {
				n++ // its text comes next
			}
			e.tag(name, map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind])
			e.password = e.password || attrs && string(name) == "input" && hasPasswordType(z)
		}
	}
	return length
}

func hasPasswordType(z *html.Tokenizer) bool {
	for {
		key, value, more := z.TagAttr()
		if string(key) == "type" && strings.EqualFold(string(value), "password") {
			return true
		}
		if !more {
			return false
		}
	}
}
