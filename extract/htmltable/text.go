package htmltable

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// brk marks a line break that a reader sees (<br>, the end of a block). White
// space in the source is not one.
const brk = '\u2028'

// fold turns runs of white space into single spaces, trims, drops characters
// that take no room, and shows control characters as U+FFFD: they stand where
// bytes were damaged. White space with a line end of the source
// between two Han characters is dropped: the source was wrapped there, the
// word was not.
func fold(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune // the last character written
	space, wrapped, hard, up := false, false, false, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			wrapped = wrapped || r == '\n' || r == '\r'
			hard = hard || (r > ' ')
		case r == raised:
			up = true
		case invisible(r):
		default:
			if unicode.IsControl(r) {
				r = utf8.RuneError
			}
			if up && unicode.IsDigit(last) && unicode.IsDigit(r) {
				b.WriteByte('^')
			} else if space && last != 0 && !(wrapped && !hard && wide(last) && wide(r)) {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			last, space, wrapped, hard, up = r, false, false, false, false
		}
	}
	return b.String()
}

// plain reports whether fold has nothing to do.
func plain(s string) bool {
	if s == "" {
		return true
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return plainRunes(s)
		}
	}
	return true
}

func plainRunes(s string) bool {
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.IsControl(r) || invisible(r) {
			return false
		}
	}
	return true
}

// invisible reports characters that take no room: zero-width spaces and
// joiners, direction marks, soft hyphens, byte order marks. The mark that turns
// the order of digits around does not pass as nothing.
func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) && r != 0x202E || r == raised }

func wide(r rune) bool { return r >= 0x2E80 }

// blank reports whether s has no visible character.
func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !invisible(r) {
			return false
		}
	}
	return true
}

// squeeze drops all white space: for looking labels up, not for keeping text.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || invisible(r) {
			return -1
		}
		return r
	}, s)
}

// splitLines cuts a paragraph at its line breaks. A break in the middle of a
// sentence, as hard-wrapped text has, joins the two lines instead.
func splitLines(s string) []string {
	var lines []string
	for part := range strings.SplitSeq(s, string(brk)) {
		part = fold(part)
		if part == "" {
			continue
		}
		if n := len(lines); n > 0 && continues(lines[n-1], part) {
			lines[n-1] = join(lines[n-1], part)
			continue
		}
		lines = append(lines, part)
	}
	return lines
}

// continues reports whether next goes on with the sentence of line.
func continues(line, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	first, _ := utf8.DecodeRuneInString(next)
	return utf8.RuneCountInString(line) >= 30 &&
		!strings.ContainsRune("。！？；：.!?;:”」』）)…", last) &&
		!strings.ContainsRune("一二三四五六七八九十（(①②③④⑤⑥⑦⑧⑨第附", first) &&
		!unicode.IsDigit(first)
}

func join(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if wide(last) || wide(first) {
		return a + b
	}
	return a + " " + b
}
