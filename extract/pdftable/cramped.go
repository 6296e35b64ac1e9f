package pdftable

import (
	"regexp"
	"slices"
)

// cramped holds for tables that lack rules between their columns: in most rows
// of figures three or more stand side by side in one cell, in several two do,
// or in a frame of one column a label and its figure. A cell that is crowded in
// a table that is not is in doubt.
func (t *table) cramped() bool {
	pairs, crowdedRows, orderlyRows := 0, 0, 0
	seen := map[*cell]bool{}
	var doubtful []*cell
	for _, row := range t.rows {
		crowded, single := false, 0
		for _, c := range row {
			if seen[c] {
				continue
			}
			seen[c] = true
			most := 0
			for _, ln := range lines(c.glyphs) {
				s := newStreamLine(ln)
				if s.seed() && len(t.xs) == 2 && !s.grouped() {
					return true
				}
				n := s.countFigures()
				if n == 2 && len(s.tokens) == 2 {
					pairs++
				}
				most = max(most, n)
			}
			switch {
			case most >= 3:
				crowded = true
				doubtful = append(doubtful, c)
			case most == 1:
				single++
			}
		}
		if crowded {
			crowdedRows++
		} else if single >= 2 {
			orderlyRows++
		}
	}
	if pairs >= 3 || crowdedRows > 0 && crowdedRows >= orderlyRows {
		return true
	}
	for _, c := range doubtful {
		c.doubt = true
	}
	return false
}

// countFigures counts the figures of a line; one whose thousands are parted by
// spaces is one.
func (s *streamLine) countFigures() int {
	if s.grouped() {
		return 1
	}
	return s.figures
}

// groupGap is the widest space, in ems, between the thousands of one figure.
const groupGap = 1.1

// grouped reports whether the line is a figure with spaces between thousands,
// all of one width.
func (s *streamLine) grouped() bool {
	if len(s.tokens) < 2 {
		return false
	}
	var gaps []float64
	for i, t := range s.tokens {
		if i > 0 {
			gaps = append(gaps, t.box.X0-s.tokens[i-1].box.X1)
		}
		switch last := i == len(s.tokens)-1; {
		case i == 0 && !headGroup.MatchString(t.text), i > 0 && !last && !midGroup.MatchString(t.text), i > 0 && last && !endGroup.MatchString(t.text):
			return false
		}
	}
	return slices.Max(gaps) <= groupGap*s.em && slices.Max(gaps)-slices.Min(gaps) <= 0.1*s.em
}

var (
	headGroup = regexp.MustCompile(`^[0-9]{1,3}$`)
	midGroup  = regexp.MustCompile(`^[0-9]{3}$`)
	endGroup  = regexp.MustCompile(`^[0-9]{3}(?:\.[0-9]+)?$`)
)
