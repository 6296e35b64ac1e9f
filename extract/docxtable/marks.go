package docxtable

import (
	"regexp"
	"strings"
	"unicode"
)

// Text alone does not say all that a reader sees. These marks keep a figure
// from being taken for another one: none of them stands in a number.
const (
	raised  = '\uFDD1' // raised or lowered text begins or ends; fold shows it as "^" between two digits
	struck  = "~"      // text that is struck out begins or ends
	picture = '\uFFFC' // a picture, a formula, a field without a result
)

// A look is what the properties of a run say about how its text is shown.
type look struct {
	hidden, raised, struck bool
	invisible              bool    // too small to see, or of the colour of its ground
	size                   float64 // in half points; 0 if not known
	colour, fill           string
}

// show returns text as marked by its look.
func (l look) show(text string) string {
	switch {
	case l.hidden:
		return ""
	case (l.struck || l.invisible) && strings.TrimSpace(text) != "":
		return struck + text + struck
	case l.raised:
		return string(raised) + text + string(raised)
	}
	return text
}

// withPictures settles what the pictures in a cell are: beside words an
// ornament, otherwise perhaps a figure or a part of one.
func withPictures(text string) string {
	if !strings.ContainsRune(text, picture) || !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return text
	}
	return withoutPictures(text)
}

func withoutPictures(text string) string { return fold(strings.ReplaceAll(text, string(picture), "")) }

// brokenPattern matches digits on two lines: one figure that was broken, or two.
var brokenPattern = regexp.MustCompile(`[\d０-９]\s*\x{2028}[\s\x{2028}]*[\d０-９]`)

// fold turns runs of white space into single spaces, trims, drops characters
// that take no room, and shows control characters as U+FFFD: they stand where
// bytes were damaged.
func fold(s string) string {
	var b strings.Builder
	var last rune // the last character written
	space, up := false, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == raised:
			up = true
			continue
		case unicode.Is(unicode.Cf, r) && r != '\u202E': // that one turns the order of digits around
			continue
		case unicode.IsControl(r):
			r = '\uFFFD'
		}
		if up && unicode.IsDigit(last) && unicode.IsDigit(r) {
			b.WriteByte('^')
		} else if space && last != 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, space, up = r, false, false
	}
	return b.String()
}
