package transport

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

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
// tokens that html.Tokenizer sees. Every page passes here, so what is common is
// read at once, and only the rest is left to the tokenizer.
func glanceAt(page []byte) glance {
	e := eye{}
	e.text.Grow(min(len(page), 3*refusalText))
	for hard := 0; e.runes < refusalText && len(page) > 0; {
		n := e.easy(page)
		if n == 0 {
			hard++
			n = e.tokens(page, hard > maxHard)
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
func (e *eye) tag(name string, step int) {
	switch name {
	case "script", "style", "noscript":
		e.hidden = max(0, e.hidden+step)
	case "title":
		e.inTitle = step > 0
	}
}

// see takes in a text as it stands in the page; raw if it has no entities.
func (e *eye) see(t []byte, raw bool) {
	if !e.inTitle && e.hidden > 0 {
		return
	}
	if bytes.IndexByte(t, '\r') >= 0 {
		t = bytes.ReplaceAll(bytes.ReplaceAll(t, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	if !raw && bytes.IndexByte(t, '&') >= 0 {
		t = []byte(html.UnescapeString(string(t)))
	}
	e.read(t)
}

// read takes in a text as it is shown.
func (e *eye) read(t []byte) {
	if e.inTitle {
		e.title.Write(t)
		return
	}
	if e.hidden > 0 {
		return
	}
	e.text.Write(t)
	e.text.WriteByte(' ')
	for i := 0; i < len(t); {
		if c := t[i]; 0xe4 <= c && c <= 0xe9 && i+2 < len(t) && t[i+1]&0xc0 == 0x80 && t[i+2]&0xc0 == 0x80 {
			e.runes++ // a Chinese character
			i += 3
			continue
		}
		r, n := utf8.DecodeRune(t[i:])
		if !unicode.IsSpace(r) {
			e.runes++
		}
		i += n
	}
}

// easy reads a text, a tag, a comment or an element of raw text, and returns
// its length; 0 if it is hard to read.
func (e *eye) easy(b []byte) int {
	n := textEnd(b)
	switch {
	case n > 0:
		e.see(b[:n], false)
		return n
	case len(b) < 2:
		return 0
	case b[1] == '!' || b[1] == '?':
		return markupEnd(b)
	}
	return e.element(b)
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

// markupEnd returns where a comment or declaration ends that is an easy one.
func markupEnd(b []byte) int {
	if !bytes.HasPrefix(b, []byte("<!-")) {
		return bytes.IndexByte(b, '>') + 1
	}
	comment, ok := bytes.CutPrefix(b, []byte("<!--"))
	n := bytes.Index(comment, []byte("-->"))
	if !ok || n < 0 || comment[0] == '>' || bytes.HasPrefix(comment, []byte("->")) || bytes.Contains(comment[:n], []byte("--!")) {
		return 0
	}
	return len("<!--") + n + len("-->")
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// element reads a tag, and the text after it if that is raw.
func (e *eye) element(b []byte) int {
	name := 1
	if b[1] == '/' {
		name = 2
	}
	i := name
	for i < len(b) && !space(b[i]) && b[i] != '/' && b[i] != '>' {
		i++
	}
	if i == name || i == len(b) || !letter(b[name]) {
		return 0
	}
	end := tagEnd(b, i)
	s := special(b[name:i])
	switch {
	case s == "" || end == 0:
		return end
	case name == 2:
		e.tag(s, -1)
		return end
	case s == "input" || s == "plaintext" || b[end-2] == '/':
		return 0
	}
	n := rawEnd(b[end:], s)
	text := b[end:][:max(0, n)]
	if n < 0 || bytes.IndexByte(text, 0) >= 0 || s == "script" && bytes.Contains(text, []byte("<!--")) {
		return 0
	}
	e.tag(s, 1)
	if n > 0 {
		e.see(text, s != "title" && s != "textarea")
	}
	return end + n
}

// special returns the name of an element that matters to the eye or holds raw
// text; empty if it is another.
func special(name []byte) string {
	if len(name) < 3 || len(name) == 4 {
		return ""
	}
	for _, s := range [...]string{"xmp", "input", "style", "title", "iframe", "script", "noembed", "noframes", "noscript", "textarea", "plaintext"} {
		if len(s) == len(name) && strings.EqualFold(s, string(name)) {
			return s
		}
	}
	return ""
}

// rawEnd returns where the end tag of the name begins; -1 if there is none.
func rawEnd(b []byte, name string) int {
	for n := 0; ; n += 2 {
		i := bytes.Index(b[n:], []byte("</"))
		if i < 0 {
			return -1
		}
		n += i
		after := n + 2 + len(name)
		if after >= len(b) {
			return -1
		}
		if c := b[after]; (space(c) || c == '/' || c == '>') && strings.EqualFold(string(b[n+2:after]), name) {
			return n
		}
	}
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

// tokens leaves one thing to the tokenizer, or all, and returns its length; 0
// at the end. An element that holds raw text is one thing with it.
func (e *eye) tokens(b []byte, all bool) (length int) {
	z := html.NewTokenizer(bytes.NewReader(b))
	z.SetMaxBuf(1 << 20)
	for more := true; (more || all) && e.runes < refusalText; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return 0
		}
		length += len(z.Raw())
		more = false
		switch kind {
		case html.TextToken:
			e.read(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, attrs := z.TagName()
			s := special(name)
			more = s != "" && kind != html.EndTagToken // its text comes next
			e.tag(s, map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind])
			e.password = e.password || attrs && s == "input" && hasPasswordType(z)
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
