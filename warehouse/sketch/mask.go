package sketch

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

//go:embed phrases.txt
var phrasesText string

// mark stands for what was masked. It keeps the words before and behind it
// apart, so that masking can never join two halves to a new phrase.
const mark = '#'

// standard matches runs of numerals, marks and prescribed wording.
var standard = func() *regexp.Regexp {
	var phrases []string
	for line := range strings.Lines(phrasesText) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			phrases = append(phrases, fold(line))
		}
	}
	slices.SortFunc(phrases, longerFirst)
	return regexp.MustCompile(`(?:[#\pN〇○零一二两三四五六七八九十百千万亿]|` + strings.Join(phrases, "|") + `)+`)
}()

// Mask returns what a text says in its own words: letters only, with a # in
// place of every run of numerals, names and prescribed wording. Mask of what
// it returned is the same again.
func Mask(text string, names []string) string {
	text = fold(text)
	for _, n := range names {
		if n = fold(n); n != "" {
			text = strings.ReplaceAll(text, n, string(mark))
		}
	}
	return standard.ReplaceAllLiteralString(text, string(mark))
}

// fold keeps letters, digits and marks, the full-width ones narrow.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if r == mark || unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, s)
}

// place matches a place at the start of an agency's name.
var place = regexp.MustCompile(`^\p{Han}{1,7}?(?:自治区|自治州|自治县|街道|省|市|县|区|州|盟|旗|镇|乡)`)

// Names returns the names that an agency's text uses for it and its places,
// the longer ones first: 示例市样县教育局 gives itself, 样县教育局, 教育局, 示例市样县, …
// A rest of one character, or the bare word 人民政府, is no name.
func Names(agency string) []string {
	agency = fold(agency)
	var ends []int // where places end
	for at := 0; ; {
		m := place.FindString(agency[at:])
		if m == "" {
			break
		}
		at += len(m)
		ends = append(ends, at)
	}
	starts := append([]int{0}, ends...)
	var names []string
	for i, from := range starts {
		for _, to := range append(slices.Clone(ends[i:]), len(agency)) {
			n := agency[from:to]
			if len([]rune(n)) > 1 && n != "人民政府" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	slices.SortFunc(names, longerFirst)
	return names
}

// longerFirst orders texts so that none hides a longer one; ties by content.
func longerFirst(a, b string) int {
	if len(a) != len(b) {
		return len(b) - len(a)
	}
	return strings.Compare(a, b)
}
