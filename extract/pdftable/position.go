package pdftable

import (
	"cmp"
	"slices"

	"gongkai"
)

// A token is a run of glyphs on one line with no wide gap in it.
type token struct {
	text   string
	box    gongkai.Box
	glyphs []glyph
	y      float64
}

// Gaps, in ems, that part two tokens of a line. Figures of neighbouring columns
// may come close to each other; the digits of one figure do not part.
const (
	tokenGap  = 0.6
	figureGap = 0.15
)

func tokenGapOf(a, b *glyph) float64 {
	if figure(string(a.r)) && figure(string(b.r)) {
		return figureGap
	}
	return tokenGap
}

// tokens splits a line where there are gaps.
func (l *line) tokens() []token {
	var all []token
	for i, g := range l.glyphs {
		if i == 0 || g.box.X0-l.glyphs[i-1].box.X1 > tokenGapOf(&l.glyphs[i-1], &g)*min(g.size(), l.glyphs[i-1].size()) {
			all = append(all, token{y: l.y})
		}
		t := &all[len(all)-1]
		t.glyphs = append(t.glyphs, g)
		t.box = union(t.box, g.box)
	}
	for i := range all {
		part := line{glyphs: all[i].glyphs}
		all[i].text = part.text()
	}
	return all
}

// confirmByPosition reads the figures of a ruled table again by position
// alone: lines by baseline, columns by where figures stand above each other.
// It serves where the second reader fails; only cells on which the two
// readings can be laid over each other without doubt are confirmed.
func (t *table) confirmByPosition() {
	var figures []token
	glyphs := t.glyphs()
	for _, l := range lines(glyphs) {
		for _, tk := range l.tokens() {
			if figure(tk.text) {
				figures = append(figures, tk)
			}
		}
	}
	columns := stack(figures)
	// Which stack each grid column is: the one that holds its figures, always
	// the same, and no other column's.
	of, taken := map[int]int{}, map[int]int{}
	for _, row := range t.rows {
		for c, one := range row {
			if !single(row, c) || !figure(one.text) {
				continue
			}
			x, _ := center(one.inkBox())
			s := columnAt(columns, x)
			if known, ok := of[c]; ok && known != s {
				s = -1
			}
			if other, ok := taken[s]; ok && other != c {
				s = -1
			}
			of[c] = s
			if s >= 0 {
				taken[s] = c
			}
		}
	}
	for _, row := range t.rows {
		if !hasFigures(row) {
			continue
		}
		for c, one := range row {
			s, ok := of[c]
			if !ok || s < 0 || !single(row, c) || one.confirmed {
				continue
			}
			one.second, one.confirmed = readAt(figures, columns[s], one.box), true
			if bare(one.second) == bare(one.text) {
				one.second = one.text
			}
		}
	}
}

// glyphs returns all glyphs in the table.
func (t *table) glyphs() []glyph {
	var all []glyph
	for _, c := range t.cells() {
		all = append(all, c.glyphs...)
	}
	return all
}

// inkBox is the box of what is printed in the cell.
func (c *cell) inkBox() gongkai.Box {
	var b gongkai.Box
	for i := range c.glyphs {
		b = union(b, c.glyphs[i].box)
	}
	return b
}

// single reports whether the cell at column c covers no other column.
func single(row []*cell, c int) bool {
	return (c == 0 || row[c-1] != row[c]) && (c+1 == len(row) || row[c+1] != row[c])
}

// A span is a stretch of the x axis.
type span struct{ from, to float64 }

// stack groups figures that stand above each other and returns the stretches
// they take, from left to right.
func stack(figures []token) []span {
	sorted := slices.Clone(figures)
	slices.SortStableFunc(sorted, func(a, b token) int { return cmp.Compare(a.box.X0, b.box.X0) })
	var all []span
	for _, f := range sorted {
		if n := len(all); n > 0 && f.box.X0 <= all[n-1].to {
			all[n-1].to = max(all[n-1].to, f.box.X1)
			continue
		}
		all = append(all, span{f.box.X0, f.box.X1})
	}
	return all
}

func columnAt(columns []span, x float64) int {
	return slices.IndexFunc(columns, func(s span) bool { return x >= s.from && x <= s.to })
}

// readAt joins the figures in a column of the stack and in the rows that the
// box takes up.
func readAt(figures []token, column span, box gongkai.Box) string {
	text := ""
	for _, f := range figures {
		x, y := center(f.box)
		if y > box.Y0 && y < box.Y1 && x >= column.from && x <= column.to {
			if text != "" {
				text += " "
			}
			text += f.text
		}
	}
	return text
}
