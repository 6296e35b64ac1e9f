package htmltable

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxScript bounds the bytes of scripts that are searched.
const maxScript = 1 << 20

// leastFilled is the number of blank cells that make a table look like one
// which waits for its figures.
const leastFilled = 5

// A scriptText is what the scripts in a page say.
type scriptText struct {
	text   string
	any    bool // there is a script, here or elsewhere
	writes bool // it changes what the page shows
	cells  bool // it does so to the rows or cells of tables
	looks  bool // it finds elements by an id that it makes up
}

var (
	writePattern = regexp.MustCompile(`\.(?:innerHTML|outerHTML|innerText|textContent|nodeValue)\s*=|\.(?:html|text|append|val|replaceWith)\(\s*[^)\s]|insertAdjacentHTML|document\.write|insertCell|insertRow|createTextNode`)
	cellPattern  = regexp.MustCompile(`\.cells\b|insertCell|insertRow|["'][^"'<\n]{0,40}\btd\b[^"'<\n]{0,20}["']|TagName\(["']t[dr]["']\)`)
	looksPattern = regexp.MustCompile(`getElementById\(\s*(?:[^"'\s)]|["'][^"']*["']\s*\+)|["']#["']\s*\+|\$\{|\["']#[^"']*["']\s*\+`)
	bindPattern  = regexp.MustCompile(`^(?:v-(?:text|html|for|model)|ng-(?:bind|repeat|model)|x-(?:text|html|for)|data-bind|:textcontent|\[innertext\]|\[innerhtml\]|th:text|wx:for)`)
)

// script returns what the scripts of the page say; it is read once.
func (w *walker) script(n *html.Node) *scriptText {
	if w.scripts != nil {
		return w.scripts
	}
	s := &scriptText{}
	var b strings.Builder
	for n := range root(n).Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" {
			s.any = true
			if n.FirstChild != nil && b.Len() < maxScript {
				b.WriteString(n.FirstChild.Data[:min(len(n.FirstChild.Data), maxScript)])
				b.WriteByte('\n')
			}
		}
	}
	s.text = b.String()
	s.writes = writePattern.MatchString(s.text)
	s.cells = s.writes && cellPattern.MatchString(s.text)
	s.looks = s.writes && looksPattern.MatchString(s.text)
	w.scripts = s
	return s
}

// scripted reports whether a script fills the figures of a table: it writes
// into the page and names or can find the cells, or the cells are bound to
// data or wait, empty and with an id each, for something that the page does
// not hold.
func (w *walker) scripted(table *html.Node, rows []row) bool {
	var blank, filled, waiting, found, called int
	named := false
	s := w.script(table)
	switch {
	case !s.any:
		return false
	case s.writes && writesInside(table):
		return true
	}
	for r := range rows {
		for i := range rows[r].cells {
			c := &rows[r].cells[i]
			if strings.ContainsFunc(c.text, wide) && !strings.Contains(c.text, "{{") {
				continue // a label
			}
			names, classes, bound := handles(c.node)
			switch {
			case bound || strings.Contains(c.text, "{{") || strings.Contains(c.text, "<%"):
				return true
			case c.text == "":
				blank++
			default:
				filled++
			}
			if len(names) > 0 && c.text == "" {
				waiting++
			}
			if s.looks && len(names) > 0 {
				found++
			}
			if s.writes && c.text == "" && slices.ContainsFunc(classes, s.names) {
				called++
			}
			named = named || s.writes && slices.ContainsFunc(names, s.names)
		}
	}
	switch {
	case named, found >= leastFilled, called >= leastFilled, s.any && waiting >= leastFilled && waiting*2 > blank:
		return true
	}
	return s.cells && blank >= leastFilled && blank > filled
}

// names reports whether the scripts say an id or a class in quotes.
func (s *scriptText) names(name string) bool {
	for text := s.text; ; {
		i := strings.Index(text, name)
		if i < 0 {
			return false
		}
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = text[i-1]
		}
		if i+len(name) < len(text) {
			after = text[i+len(name)]
		}
		if strings.IndexByte(`"'#.`+"`", before) >= 0 && !word(after) {
			return true
		}
		text = text[i+len(name):]
	}
}

func word(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// handles returns the ids of a cell and of what it holds, by which a script may
// find them, with their classes; bound says that one is bound to data.
func handles(cell *html.Node) (names, classes []string, bound bool) {
	look := func(n *html.Node) {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id" && a.Val != "" && n.Data != "a" && !strings.HasPrefix(a.Val, "_"):
				names = append(names, a.Val)
			case a.Key == "class" && len(classes) < 8:
				classes = append(classes, strings.Fields(a.Val)...)
			case binds(a.Key):
				bound = true
			}
		}
	}
	look(cell)
	for n := range cell.Descendants() {
		if n.Type == html.ElementNode && len(names) < 8 {
			look(n)
		}
	}
	if cell.Parent != nil {
		for _, a := range cell.Parent.Attr {
			bound = bound || binds(a.Key)
		}
	}
	return names, classes, bound
}

// binds reports whether an attribute binds its element to data.
func binds(key string) bool { return strings.ContainsAny(key, "-:[") && bindPattern.MatchString(key) }

// writesInside reports whether a script in a table and in none of its cells
// writes into the page. One in a cell stands for what that cell shows.
func writesInside(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode || c.Data == "td" || c.Data == "th":
		case c.Data == "script" && c.FirstChild != nil && writePattern.MatchString(c.FirstChild.Data), writesInside(c):
			return true
		}
	}
	return false
}

// unfinished marks the cells of a table that a script fills: a blank there is
// none.
func unfinished(rows []spanRow) {
	for r := range rows {
		for i := range rows[r].cells {
			c := &rows[r].cells[i]
			c.unfinished = true
			if c.text == "" {
				c.text = string(picture)
			}
		}
	}
}
