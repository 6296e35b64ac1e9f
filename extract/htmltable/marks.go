package htmltable

import (
	"regexp"
	"strconv"
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
func (w *walker) mark(n *html.Node) string {
	switch n.DataAtom {
	case atom.Sup, atom.Sub, atom.Small:
		return string(raised)
	case atom.S, atom.Strike, atom.Del, atom.Bdo:
		return strike(n)
	}
	style := attr(n, "style")
	if style == "" && n.DataAtom != atom.Font {
		return ""
	}
	style = compact(style)
	switch {
	case strings.Contains(style, "vertical-align:super"), strings.Contains(style, "vertical-align:sub"):
		return string(raised)
	case strings.Contains(style, "line-through"), isFaint(style), w.blended(n, style):
		return strike(n)
	case strings.Contains(style, "font-size:") && smaller(n, style):
		return string(raised)
	}
	return ""
}

// veiled reports whether text in n is struck or too faint to see because an
// element around n is.
func (w *walker) veiled(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if style := attr(n, "style"); style != "" {
			if s := compact(style); strings.Contains(s, "line-through") || isFaint(s) {
				return true
			}
		}
	}
	return false
}

// rowFaint is veiled for a row alone.
func rowFaint(tr *html.Node) bool {
	s := compact(attr(tr, "style"))
	return s != "" && (strings.Contains(s, "line-through") || isFaint(s))
}

// isFaint reports whether a compact style makes text too faint or too small to
// see.
func isFaint(style string) bool {
	if strings.Contains(style, "opacity:") {
		if v, err := strconv.ParseFloat(strings.TrimSuffix(declared(style, "opacity"), "%"), 64); err == nil && v < 0.1 {
			return true
		}
	}
	if strings.Contains(style, "font-size:") {
		if v := declared(style, "font-size"); strings.Trim(v, "0123456789.pxtremvw%") == "" && v != "" && pixels(v) <= 2 && !strings.HasSuffix(v, "em") || strings.Trim(v, "0.pxtrem%") == "" && v != "" {
			return true
		}
	}
	return strings.Contains(style, "color:transparent") && !strings.Contains(style, "-color:transparent") || strings.Contains(style, "text-fill-color:transparent")
}

// smaller reports whether a style sets its text much smaller than the text
// around it, as notes are set.
func smaller(n *html.Node, style string) bool {
	size := declared(style, "font-size")
	switch size {
	case "smaller", "xx-small":
		return true
	}
	if strings.HasSuffix(size, "%") || strings.HasSuffix(size, "em") && !strings.HasSuffix(size, "rem") {
		v, err := strconv.ParseFloat(strings.TrimRight(size, "%em"), 64)
		return err == nil && (strings.HasSuffix(size, "%") && v <= 75 || strings.HasSuffix(size, "em") && v <= 0.75)
	}
	own := pixels(size)
	for p := n.Parent; p != nil && own > 0; p = p.Parent {
		if around := declared(compact(attr(p, "style")), "font-size"); around != "" {
			return pixels(around) > 0 && own <= 0.75*pixels(around)
		}
	}
	return own > 0 && own <= 9
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
