package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A label is a printed label made ready for comparison.
type label struct {
	text    string // letters, digits and Han characters only, without ordinal
	bare    string // the same without what stands in brackets
	ordinal string // "1", "（一）" as "(一)", "一"; empty if none
	runes   int    // the number of characters of text
}

var (
	ordinalPattern = regexp.MustCompile(`^(?:(\([一二三四五六七八九十]{1,2}\))[、.,:]?|([一二三四五六七八九十]{1,2})[、.,:]|\(?(\d{1,2})\)?[、.,:)]|([①-⑩])|(\d{1,2})\p{Han})`)
	bracketPattern = regexp.MustCompile(`\([^()]*\)|【[^】]*】`)
)

// readLabel folds width, drops white space and punctuation, turns traditional
// characters into simplified ones and takes the ordinal off.
func readLabel(s string) label {
	s = strings.ReplaceAll(foldText(s), " ", "")
	s = simplify(s)
	var l label
	if m := readOrdinal(s); m != nil {
		cut := len(m[0])
		l.ordinal = m[1] + m[2] + m[3] + circled(m[4]) + m[5]
		if m[5] != "" {
			cut = len(m[5])
		}
		s = s[cut:]
	}
	l.text = lettersOnly(s)
	l.bare = l.text
	if strings.ContainsAny(s, "(【") {
		l.bare = lettersOnly(bracketPattern.ReplaceAllString(s, ""))
	}
	l.runes = utf8.RuneCountInString(l.text)
	return l
}

// readOrdinal matches ordinalPattern where the first character allows it.
func readOrdinal(s string) []string {
	r, _ := utf8.DecodeRuneInString(s)
	if r != '(' && (r < '0' || r > '9') && (r < '①' || r > '⑩') && !strings.ContainsRune("一二三四五六七八九十", r) {
		return nil
	}
	return ordinalPattern.FindStringSubmatch(s)
}

func circled(s string) string {
	if s == "" {
		return ""
	}
	n := int([]rune(s)[0]-'①') + 1
	if n == 10 {
		return "10"
	}
	return string(rune('0' + n))
}

func lettersOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// similarity says how alike a printed label is to a label of the form, from 0
// to 1. Short labels must be equal: 其他 and 总计 occur everywhere.
func similarity(printed, form label) float64 {
	if printed.text == "" || form.text == "" {
		return 0
	}
	score := 0.0
	short := min(printed.runes, form.runes) <= 2
	switch {
	case printed.text == form.text:
		score = 1
	case printed.bare != "" && (printed.bare == form.bare || printed.bare == form.text):
		score = 0.97
	case short:
		return 0
	case strings.HasPrefix(printed.text, form.text):
		score = 0.9
	case strings.HasPrefix(form.text, printed.text) && printed.runes >= 4:
		score = 0.85
	case 2*min(printed.runes, form.runes) < max(printed.runes, form.runes):
		return 0 // at most 2/3 alike, and far from that in practice
	default:
		score = dice(printed.text, form.text)
	}
	return max(0, score+ordinalBonus(printed.ordinal, form.ordinal))
}

// ordinalBonus weighs agreement of ordinals: small, since restarted and
// mistyped numbers are common; but （六）其他 and 3.其他 are different rows.
func ordinalBonus(a, b string) float64 {
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 0.02
	case strings.HasPrefix(a, "(") != strings.HasPrefix(b, "("):
		return -0.2
	}
	return -0.03
}

// dice is the Sørensen–Dice coefficient over character bigrams.
func dice(a, b string) float64 {
	var ab, bb [64]bigram
	ga, gb := bigrams(a, ab[:0]), bigrams(b, bb[:0])
	if len(ga) == 0 || len(gb) == 0 {
		return 0
	}
	common := 0
	for _, g := range ga {
		if i := slices.Index(gb, g); i >= 0 {
			gb[i] = bigram{}
			common++
		}
	}
	return 2 * float64(common) / float64(len(ga)+len(gb))
}

type bigram [2]rune

// bigrams appends the pairs of neighbouring characters of s to list.
func bigrams(s string, list []bigram) []bigram {
	last := rune(-1)
	for _, r := range s {
		if last >= 0 {
			list = append(list, bigram{last, r})
		}
		last = r
	}
	return list
}
