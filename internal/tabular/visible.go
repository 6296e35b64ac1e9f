package tabular

import (
	"fmt"
	"strings"
	"unicode"
)

// OneLine makes any text fit for one line of a terminal: control characters,
// which file names and documents may hold, become visible.
func OneLine(s string) string {
	return Visible(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s))
}

// Visible writes control characters, but for line breaks and tabs, and what
// changes the direction of text as \x1b or \u202e: neither a terminal nor an
// editor obeys what a document says.
func Visible(s string) string {
	if !strings.ContainsFunc(s, unprintable) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || !unprintable(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// unprintable reports control characters and those that change the direction
// of text.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
