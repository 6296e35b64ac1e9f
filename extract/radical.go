package extract

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed radicals.txt
var radicalFile string

// radicals maps each radical to the character that it looks like.
var radicals = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(radicalFile) {
		if !strings.HasPrefix(line, "#") {
			maps.Copy(m, pairs(strings.ReplaceAll(strings.TrimSpace(line), " ", "")))
		}
	}
	return m
})

// PlainRune returns the character that r stands for where some printers write
// another that looks the same: a radical (⽔ for 水, ⺠ for 民), a compatibility
// ideograph, or the upright or small form of a mark (︵ for （). All others are
// returned as they are.
func PlainRune(r rune) rune {
	switch {
	case r < 0x2E80, r > 0x2FDF && r < 0xF900:
		return r
	case r <= 0x2FDF:
		if to, ok := radicals()[r]; ok {
			return to
		}
	case r <= 0xFAFF, r >= 0xFE10 && r <= 0xFE6F, r >= 0x2F800 && r <= 0x2FA1F:
		plain := norm.NFKC.String(string(r))
		if to, n := utf8.DecodeRuneInString(plain); n == len(plain) {
			return to
		}
	}
	return r
}

// plainText is PlainRune for all of s; most strings hold nothing to change.
func plainText(s string) string {
	if !hasOddForm(s) {
		return s
	}
	return strings.Map(PlainRune, s)
}

// hasOddForm finds the first two bytes of the characters that PlainRune changes.
func hasOddForm(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		next := s[i+1]
		switch s[i] {
		case 0xE2:
			if next >= 0xBA {
				return true
			}
		case 0xEF:
			if next >= 0xA4 && next <= 0xAB || next == 0xB8 || next == 0xB9 {
				return true
			}
		case 0xF0:
			if next == 0xAF {
				return true
			}
		}
	}
	return false
}

// plainContent returns c with every text made plain: titles, prose, labels and
// cells. It is the one place where this is done for all readers; c itself, and
// all of it that is plain already, stays as it is.
func plainContent(c *Content) *Content {
	plain := *c
	plain.Title = plainText(c.Title)
	plain.Meta = maps.Clone(c.Meta)
	for key, value := range plain.Meta {
		plain.Meta[key] = plainText(value)
	}
	plain.Blocks = slices.Clone(c.Blocks)
	for i := range plain.Blocks {
		b := &plain.Blocks[i]
		b.Text = plainText(b.Text)
		if b.Grid != nil {
			b.Grid = plainGrid(b.Grid)
		}
	}
	return &plain
}

func plainGrid(g *Grid) *Grid {
	odd := func(c GridCell) bool { return hasOddForm(c.Text) || hasOddForm(c.Second) }
	if !slices.ContainsFunc(g.Rows, func(row []GridCell) bool { return slices.ContainsFunc(row, odd) }) {
		return g
	}
	plain := *g
	plain.Rows = make([][]GridCell, len(g.Rows))
	for r, row := range g.Rows {
		plain.Rows[r] = slices.Clone(row)
		for i := range row {
			cell := &plain.Rows[r][i]
			cell.Text, cell.Second = plainText(cell.Text), plainText(cell.Second)
		}
	}
	return &plain
}
