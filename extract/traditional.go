package extract

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed traditional.txt
var traditionalFile string

// The characters that simplify changes, and those that it changes them to, lie
// between these two; all take three bytes, so that no text changes its length.
const firstHan, lastHan = '一', '\u9fff'

// simpleHan holds for each character from firstHan on the simplified one to
// match in its place, or 0 where that is itself.
var simpleHan = sync.OnceValue(func() *[lastHan - firstHan + 1]rune {
	var simple [lastHan - firstHan + 1]rune
	for line := range strings.Lines(traditionalFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for from, to := range pairs(strings.ReplaceAll(strings.TrimSpace(line), " ", "")) {
			simple[from-firstHan] = to
		}
	}
	return &simple
})

// simplify maps traditional characters to simplified ones. It serves matching
// only: raw text is kept as printed.
func simplify(s string) string {
	simple := simpleHan()
	return strings.Map(func(r rune) rune {
		if r >= firstHan && r <= lastHan {
			if to := simple[r-firstHan]; to != 0 {
				return to
			}
		}
		return r
	}, s)
}

// pairs reads "從从…": from, to, from, to.
func pairs(s string) map[rune]rune {
	m := map[rune]rune{}
	runes := []rune(s)
	for i := 0; i+1 < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}
