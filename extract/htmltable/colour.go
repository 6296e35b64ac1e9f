package htmltable

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// A colour is red, green, blue, each 0 to 255.
type colour [3]int

var (
	white  = colour{255, 255, 255}
	named  = map[string]colour{"white": white, "snow": {255, 250, 250}, "ivory": {255, 255, 240}, "whitesmoke": {245, 245, 245}, "black": {}, "red": {255}, "blue": {0, 0, 255}, "green": {0, 128, 0}, "yellow": {255, 255, 0}, "gray": {128, 128, 128}, "silver": {192, 192, 192}}
	absent = "transparent"
)

// readColour reads a CSS or HTML colour; ok is false if it is not known.
func readColour(s string) (c colour, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok = named[s]; ok {
		return c, true
	}
	hex := strings.TrimPrefix(s, "#")
	if len(hex) == 3 && hex != s {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	if len(hex) == 6 || len(hex) == 8 && hex != s {
		n, err := strconv.ParseUint(hex[:6], 16, 32)
		return colour{int(n >> 16), int(n >> 8 & 255), int(n & 255)}, err == nil
	}
	inner, ok := strings.CutPrefix(s, "rgb")
	if !ok {
		return c, false
	}
	inner = strings.Trim(strings.TrimPrefix(inner, "a"), "()")
	parts := strings.FieldsFunc(inner, func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
	if len(parts) < 3 {
		return c, false
	}
	for i := range c {
		n, err := strconv.ParseFloat(strings.TrimSuffix(parts[i], "%"), 64)
		if err != nil {
			return c, false
		}
		if strings.HasSuffix(parts[i], "%") {
			n = n * 255 / 100
		}
		c[i] = int(n)
	}
	return c, true
}

// near reports whether a reader cannot tell two colours apart.
func (c colour) near(d colour) bool {
	for i := range c {
		if c[i]-d[i] > 24 || d[i]-c[i] > 24 {
			return false
		}
	}
	return true
}

// pale reports whether a colour of text may be that of an empty page, or is no
// colour at all.
func pale(s string) bool {
	if seeThrough(s) {
		return true
	}
	c, ok := readColour(s)
	return ok && c.near(white)
}

// seeThrough reports colours that paint nothing: transparent, rgba(…,0).
func seeThrough(s string) bool {
	if s == absent {
		return true
	}
	if !strings.HasPrefix(s, "rgba(") && !strings.HasPrefix(s, "hsla(") {
		return false
	}
	i := strings.LastIndexAny(s, ",/")
	n, err := strconv.ParseFloat(strings.Trim(s[i+1:], ")"), 64)
	return err == nil && n < 0.1
}

// blended reports whether the text that n sets a colour for has the colour of
// what is behind it. A picture or an unknown colour behind it says nothing.
func (w *walker) blended(n *html.Node, style string) bool {
	text := declared(style, "color")
	if text == "" && n.Data == "font" {
		text = attr(n, "color")
	}
	if text == "" {
		return false
	}
	if seeThrough(text) {
		return true
	}
	c, ok := readColour(text)
	if !ok {
		return false
	}
	for at := n; at != nil; at = at.Parent {
		switch back := w.background(at); {
		case back == "" || seeThrough(back):
		case strings.Contains(back, "url("), strings.Contains(back, "gradient("):
			return false
		default:
			b, known := readColour(back)
			return known && c.near(b)
		}
	}
	return c.near(white)
}

// background returns what an element is painted with; empty if it says nothing.
func (w *walker) background(n *html.Node) string {
	style := compact(attr(n, "style"))
	if strings.Contains(style, "background") {
		if v := declared(style, "background-color"); v != "" {
			return v
		}
		if v := declared(style, "background"); v != "" && v != "none" {
			for _, word := range []string{"no-repeat", "repeat", "scroll", "center", "none"} {
				v = strings.ReplaceAll(v, word, "")
			}
			return v
		}
	}
	if w.sheet != nil {
		if v := w.sheet.value(n, "background-color"); v != "" {
			return v
		}
		if v := w.sheet.value(n, "background"); v != "" {
			return v
		}
	}
	return attr(n, "bgcolor")
}
