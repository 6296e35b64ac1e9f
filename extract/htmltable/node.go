package htmltable

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A kind is the part that an element plays in the page.
type kind int

const (
	inlineKind kind = iota
	blockKind
	skipKind // never shown
	breakKind
	tableKind
	groupKind // thead, tbody, tfoot
	rowKind
	cellKind
	captionKind
)

// kinds is by tag name, so that the tree and the scan agree on it.
func kindOf(name string) kind {
	switch name {
	case "script", "style", "template", "noscript", "textarea", "select", "title", "iframe", "object", "xml", "svg", "rt", "rp", "head":
		return skipKind
	case "br", "hr":
		return breakKind
	case "table":
		return tableKind
	case "thead", "tbody", "tfoot":
		return groupKind
	case "tr":
		return rowKind
	case "td", "th":
		return cellKind
	case "caption":
		return captionKind
	case "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure",
		"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "nav", "ol", "p", "pre", "section", "ul":
		return blockKind
	}
	return inlineKind
}

// drawn returns the kind of n as drawn: tables may be made of any element by
// an ARIA role or a display style.
func drawn(n *html.Node) kind {
	k := kindOf(n.Data)
	if k != blockKind && k != inlineKind {
		return k
	}
	for _, a := range n.Attr {
		var v kind
		switch a.Key {
		case "role":
			v = roleKind(a.Val)
		case "style":
			v = displayKind(a.Val)
		}
		if v != inlineKind {
			return v
		}
	}
	return k
}

func roleKind(role string) kind {
	switch strings.ToLower(strings.TrimSpace(role)) {
	case "table", "grid":
		return tableKind
	case "rowgroup":
		return groupKind
	case "row":
		return rowKind
	case "cell", "gridcell", "columnheader", "rowheader":
		return cellKind
	}
	return inlineKind
}

func displayKind(style string) kind {
	if len(style) < len("display:table") {
		return inlineKind
	}
	_, v, ok := strings.Cut(compact(style), "display:table")
	if !ok {
		return inlineKind
	}
	v, _, _ = strings.Cut(v, ";")
	switch strings.TrimSuffix(v, "!important") {
	case "":
		return tableKind
	case "-row-group", "-header-group", "-footer-group":
		return groupKind
	case "-row":
		return rowKind
	case "-cell":
		return cellKind
	}
	return inlineKind
}

// compact drops white space from a style and lowers its case.
func compact(style string) string {
	for i := range len(style) {
		switch c := style[i]; {
		case c >= utf8.RuneSelf:
			return squeeze(strings.ToLower(style))
		case c <= ' ' || c >= 'A' && c <= 'Z' || c == 0x7F:
			return compactASCII(style, i)
		}
	}
	return style
}

// compactASCII is compact where nothing before from changes and all is ASCII,
// as in nearly every style.
func compactASCII(style string, from int) string {
	b := append(make([]byte, 0, len(style)), style[:from]...)
	for _, c := range []byte(style[from:]) {
		switch {
		case c >= utf8.RuneSelf:
			return squeeze(strings.ToLower(style))
		case c == ' ' || c >= '\t' && c <= '\r':
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return string(b)
}

// hides reports whether one attribute makes its element invisible.
func hides(key, value string) bool {
	switch key {
	case "hidden":
		return !strings.EqualFold(value, "until-found")
	case "style":
		if len(value) < len("display:none") {
			return false
		}
		s := compact(value)
		return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") ||
			strings.Contains(s, "visibility:collapse") || strings.Contains(s, "mso-hide:all") || removed(s)
	}
	return false
}

// removed reports whether a compact style takes text out of sight: far beside
// the page, cut away, or in a box without room.
func removed(s string) bool {
	if strings.Contains(s, "text-indent:-") && pixels(declared(s, "text-indent")) <= -200 {
		return true
	}
	if strings.Contains(s, "position:absolute") || strings.Contains(s, "position:fixed") {
		if pixels(declared(s, "left")) <= -200 || pixels(declared(s, "top")) <= -200 || zeroClip(declared(s, "clip")) {
			return true
		}
	}
	if strings.Contains(s, "overflow:hidden") {
		for _, side := range [...]string{"width", "height", "max-width", "max-height"} {
			if v := declared(s, side); v != "" && v != "auto" && strings.Trim(v, "0123456789.pxtem%") == "" && pixels(v) < 1 {
				return true
			}
		}
	}
	return strings.Contains(s, "clip-path:inset(50%") || strings.Contains(s, "clip-path:inset(100%") || strings.Contains(s, "transform:scale(0)") ||
		strings.Contains(s, "content-visibility:hidden")
}

// zeroClip holds for clip:rect(0,0,0,0) and rect(1px,1px,1px,1px).
func zeroClip(v string) bool {
	return strings.HasPrefix(v, "rect(") && strings.Trim(v, "rect(01px,)") == ""
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if hides(a.Key, a.Val) {
			return true
		}
	}
	return false
}

// inputValue returns the text that an <input> shows.
func inputValue(n *html.Node) string {
	if n.DataAtom != atom.Input || !shownInput(attr(n, "type")) {
		return ""
	}
	return attr(n, "value")
}

func shownInput(typ string) bool {
	t := strings.ToLower(typ)
	return t == "" || t == "text" || t == "number"
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
