package replica

import (
	"strings"
	"unicode"

	"gongkai/internal/testbed/fixture"
)

// copies finds the reports with a section 五 in the words of an earlier year,
// or a section 一 or 五 in those of an agency that published before. It compares
// every text with every other, piece by piece.
func copies(reports []*fixture.Report) []Finding {
	var found []Finding
	for _, r := range reports {
		for _, o := range reports {
			if mayCopy(r, o) && alike(r, o, 4) || mayCopy(r, o) && r.Agency.ID != o.Agency.ID && alike(r, o, 0) {
				found = append(found, Finding{Edition{r.Agency.ID, r.Year}, "TX-DUP"})
				break
			}
		}
	}
	return found
}

// mayCopy reports whether o was there for r to copy from.
func mayCopy(r, o *fixture.Report) bool {
	if r.Agency.ID == o.Agency.ID {
		return o.Year < r.Year
	}
	return o.Year == r.Year && o.Published <= r.Published
}

// alike reports whether nine in ten pieces of five characters of the texts of
// a section are in both. Of less than 60 characters nothing can be said.
func alike(r, o *fixture.Report, section int) bool {
	a, b := pieces(r.Sections[section]), pieces(o.Sections[section])
	if len(a) < 60 || len(b) < 60 {
		return false
	}
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	return 10*both >= 9*(len(a)+len(b)-both)
}

// pieces returns all runs of five characters of a text without figures and marks.
func pieces(paragraphs []string) map[[5]rune]bool {
	set := map[[5]rune]bool{}
	var last [5]rune
	for _, c := range strings.Join(paragraphs, "") {
		if !unicode.Is(unicode.Han, c) || strings.ContainsRune("一二三四五六七八九十", c) {
			continue
		}
		copy(last[:], last[1:])
		last[4] = c
		if last[0] != 0 {
			set[last] = true
		}
	}
	return set
}
