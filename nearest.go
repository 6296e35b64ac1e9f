package gongkai

import (
	"strings"
	"unicode/utf8"
)

// nearest returns the known name that is nearest to a mistyped one; nothing if
// none is near.
func nearest(typed string, known []string) []string {
	var best []string
	least := max(2, utf8.RuneCountInString(typed)/3) + 1
	for _, n := range known {
		d := edits(typed, n)
		if strings.HasPrefix(n, typed) {
			d = 1
		}
		if d < least {
			best, least = []string{n}, d
		}
	}
	return best
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
