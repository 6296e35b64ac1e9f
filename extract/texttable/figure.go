package texttable

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	figurePattern  = regexp.MustCompile(`^[+\-−－]?[\d０-９][\d０-９,，.．]*\s*(?:元|万元|件|个|%|％)?\s*(?:[（(].*[）)])?$|^[增减][加少]?\s*[\d０-９]+$`)
	ordinalPattern = regexp.MustCompile(`^(?:([一二三四五六七八九十]{1,2}\s*[、.．,，])|([（(]\s*[一二三四五六七八九十]{1,2}\s*[）)])|(\d{1,2}\s*[.．、,，)）]\s*[^\d\s]))`)
	sectionPattern = regexp.MustCompile(`^[一二三四五六]\s*[、.．].*(?:情况|事项|措施)$`)
)

// figure reports whether a cell is a figure, or stands for one: nothing, a
// slash, a dash, 无.
func figure(s string) bool {
	switch s {
	case "", "/", "／", "-", "－", "—", "——", "–", "−", "无", "\\":
		return true
	}
	return figurePattern.MatchString(s)
}

// rank returns the level of the ordinal that a label begins with: 1 for 一、,
// 2 for （一）, 3 for 1.; 0 without one.
func rank(s string) int {
	m := ordinalPattern.FindStringSubmatch(s)
	for i := 1; i < len(m); i++ {
		if m[i] != "" {
			return i
		}
	}
	return 0
}

// section reports whether a line is the heading of one of the six sections.
func section(s string) bool { return strings.HasPrefix(s, "#") || sectionPattern.MatchString(s) }

// fold turns runs of white space into single spaces, trims, drops characters
// that take no room, and shows control characters as U+FFFD: they stand where
// bytes were damaged.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return utf8.RuneError
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// squeeze drops all white space.
func squeeze(s string) string { return strings.ReplaceAll(fold(s), " ", "") }

func count(s string) int { return utf8.RuneCountInString(s) }
