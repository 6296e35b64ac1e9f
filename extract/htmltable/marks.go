package htmltable

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Text alone does not say all that a reader sees. These marks keep a figure
// from being taken for another one: none of them stands in a number.
const (
	raised  = '\uFDD1' // raised or lowered text begins or ends; fold shows it as "^" between two digits
	struck  = "~"      // text that is struck out, or too faint to see, begins or ends
	picture = '\uFFFC' // a picture, or something that a script fills
)

// mark returns what is to be written before and after the text of an element;
// empty for nearly all.
func mark(n *html.Node) string {
	switch n.DataAtom {
	case atom.Sup, atom.Sub:
		return string(raised)
	case atom.S, atom.Strike, atom.Del, atom.Bdo:
		return strike(n)
	}
	style := attr(n, "style")
	if len(style) < len("opacity:0") {
		return ""
	}
	style = compact(style)
	switch {
	case strings.Contains(style, "vertical-align:super"), strings.Contains(style, "vertical-align:sub"):
		return string(raised)
	case strings.Contains(style, "line-through"), isFaint(style):
		return strike(n)
	}
	return ""
}

var faint = regexp.MustCompile(`(?:opacity|font-size):0(?:\.0*)?(?:px|pt|em|rem|%)?(?:;|!|$)|(?:^|;)color:transparent`)

// isFaint matches faint where the style may hold it, which is nearly nowhere.
func isFaint(style string) bool {
	return (strings.Contains(style, "opacity:0") || strings.Contains(style, "font-size:0") || strings.Contains(style, "color:transparent")) &&
		faint.MatchString(style)
}

func strike(n *html.Node) string {
	if blank(nodeText(n)) {
		return ""
	}
	return struck
}

// breaks reports whether an element that is inline by its name stands on lines
// of its own.
func breaks(n *html.Node) bool {
	style := attr(n, "style")
	if len(style) < len("display:flex") {
		return false
	}
	_, v, ok := strings.Cut(compact(style), "display:")
	return ok && (strings.HasPrefix(v, "block") || strings.HasPrefix(v, "flex") || strings.HasPrefix(v, "grid") || strings.HasPrefix(v, "list-item"))
}

// pictured reports whether an element shows something that is not read.
func pictured(n *html.Node) bool {
	switch n.Data {
	case "img":
		return !hidden(n) && !tiny(attr(n, "width")) && !tiny(attr(n, "height"))
	case "svg", "canvas", "object", "embed", "iframe", "textarea", "select":
		return !hidden(n)
	case "script":
		return strings.Contains(nodeText(n), "write")
	}
	return false
}

func tiny(size string) bool { return size == "0" || size == "1" || size == "1px" }

// withPictures settles what the pictures in a cell are: beside words an
// ornament, otherwise perhaps a figure or a part of one.
func withPictures(text string) string {
	if !strings.ContainsRune(text, picture) || !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return text
	}
	return fold(strings.ReplaceAll(text, string(picture), ""))
}

// brokenPattern matches digits on two lines: one figure that was broken, or two.
var brokenPattern = regexp.MustCompile(`[\d０-９]\s*[\n\r\x{2028}][\s\x{2028}]*[\d０-９]`)
