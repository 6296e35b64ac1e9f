package pdftable

import (
	"math"
	"slices"
	"strings"
)

// Measures of notes, as shares of the size of the figure's digits.
const (
	noteSize  = 0.85 // they are no larger
	noteShift = 0.12 // and raised or lowered by as much
	sameLine  = 0.5  // digits of one line do not differ more in height
	lineAbove = 0.9  // from there on they stand on the line above
	lineBelow = 0.6
)

// isDigit holds for the digits that figures are printed with.
func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// withNotes parts the glyphs of a cell into its figure and what stands beside
// it smaller and higher or lower: notes, whose digits are spelled as such.
// mixed is set where digits differ in size or height and nothing tells them
// apart.
func withNotes(glyphs []glyph) (all []glyph, mixed bool) {
	base := baseDigit(glyphs)
	if base == nil {
		return glyphs, false
	}
	all = glyphs
	for i := range glyphs {
		g := &glyphs[i]
		shift := (base.y - g.y) / base.size() // upwards
		small := g.size() <= noteSize*base.size()
		switch {
		case !small:
			mixed = mixed || isDigit(g.r) && math.Abs(shift) > noteShift && math.Abs(shift) < sameLine
		case shift > lineAbove || shift < -lineBelow:
		case math.Abs(shift) < noteShift:
			mixed = mixed || isDigit(g.r)
		default:
			if &all[0] == &glyphs[0] {
				all = slices.Clone(glyphs)
			}
			all[i].y, all[i].note = base.y, true
			if isDigit(g.r) {
				all[i].r = noteDigit(g.r, shift > 0)
			}
		}
	}
	return all, mixed
}

// baseDigit is the largest digit; nil if there is none or text is turned.
func baseDigit(glyphs []glyph) *glyph {
	var base *glyph
	for i := range glyphs {
		g := &glyphs[i]
		if g.turned {
			return nil
		}
		if isDigit(g.r) && (base == nil || g.size() > base.size()) {
			base = g
		}
	}
	return base
}

// noteDigit is the raised or lowered form of a digit.
func noteDigit(r rune, up bool) rune {
	if r >= '０' {
		r -= '０' - '0'
	}
	forms := []rune(noteDigits)
	if up {
		return forms[r-'0']
	}
	return forms[10+r-'0']
}

// noteDigits are the raised digits, then the lowered ones.
const noteDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"

// isNote holds for raised and lowered digits.
func isNote(r rune) bool { return strings.ContainsRune(noteDigits, r) }
