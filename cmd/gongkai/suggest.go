package main

import (
	"strings"
	"unicode/utf8"
)

// suggestion returns `, did you mean "x"?` for the known name nearest to a
// mistyped one; nothing if none is near.
func suggestion(typed string, names []string) string {
	best, distance := "", max(2, utf8.RuneCountInString(typed)/3)+1
	for _, n := range names {
		d := edits(typed, n)
		if strings.HasPrefix(n, typed) {
			d = 1
		}
		if d < distance {
			best, distance = n, d
		}
	}
	if best == "" {
		return ""
	}
	return `, did you mean "` + best + `"?`
}

// edits counts the insertions, deletions and replacements between two words.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
