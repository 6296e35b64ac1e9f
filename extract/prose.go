package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldProse makes s ready for matching: full-width characters narrow, dashes
// alike, traditional characters simplified, all white space and the marks of
// Markdown dropped. offsets says where in s each byte of the result comes
// from; its last entry is len(s). It is foldText and simplify in one pass,
// with the way back.
func foldProse(s string) (folded string, offsets []int) {
	b := make([]byte, 0, len(s))
	offsets = make([]int, 0, len(s)+1)
	for i, r := range s {
		if r = foldRune(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
		for len(offsets) < len(b) {
			offsets = append(offsets, i)
		}
	}
	return simplifyProse(string(b)), append(offsets, len(s))
}

// simplifyProse is simplify for folded prose, left out where no sign of
// traditional characters stands. Offsets keep their meaning.
func simplifyProse(folded string) string {
	if !containsAny(folded, traditionalSigns) {
		return folded
	}
	return simplify(folded)
}

// squeeze folds s as foldProse does but leaves traditional characters, for
// what is kept as printed.
func squeeze(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r = foldRune(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// traditionalSigns occur in every report in traditional characters.
var traditionalSigns = []string{"開", "報", "請", "辦", "處", "訴", "況"}

// foldRune returns r as it is matched, or -1 if it does not count.
func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		if r <= ' ' || r == '*' || r == '#' {
			return -1
		}
		return r
	case r >= 0x4e00 && r <= 0x9fff:
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return foldRune(r - 0xfee0)
	case strings.ContainsRune("—–‐‑−﹣―─", r):
		return '-'
	case strings.ContainsRune("\u200b\u200c\u200d\u2060\ufeff\u00ad", r) || unicode.IsSpace(r):
		return -1
	}
	return r
}

// foldSpace makes all white space single spaces, trims, and drops invisible
// characters.
func foldSpace(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for _, r := range s {
		switch {
		case r != ' ' && foldRune(r) < 0 && r != '*' && r != '#' && !unicode.IsSpace(r):
		case unicode.IsSpace(r):
			space = len(b) > 0
		default:
			if space {
				b, space = append(b, ' '), false
			}
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// lastRune returns the last character of s, or "".
func lastRune(s string) string {
	if s == "" {
		return ""
	}
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
