package pdftable

import (
	"math"
	"slices"
)

// maxLabelLines is the most lines that one label is broken into.
const maxLabelLines = 16

// An anchor is the part of a label that its figures stand level with.
type anchor int

const (
	middle anchor = iota
	top           // the first line
	bottom        // the last
)

// deal gives each row of figures the lines of its label so that both are level
// as far as can be, by the anchor that serves best. A label that is level with
// none is a row without figures. All stay in order.
func deal(rows, labels []band, em float64) ([]band, anchor) {
	all, cost := dealBy(rows, labels, em, middle)
	best := middle
	for _, at := range []anchor{top, bottom} {
		if other, c := dealBy(rows, labels, em, at); c < 0.8*cost-em/2 {
			all, cost, best = other, c, at
		}
	}
	return all, best
}

// of returns the height of a label's anchor.
func (a anchor) of(lines []band) float64 {
	switch a {
	case top:
		return lines[0].middle()
	case bottom:
		return lines[len(lines)-1].middle()
	}
	return (lines[0].from + lines[len(lines)-1].to) / 2
}

// edge is the height of the anchor of one block.
func (a anchor) edge(b band) float64 {
	switch a {
	case top:
		return b.from + 1
	case bottom:
		return b.to - 1
	}
	return b.middle()
}

// apart is the distance between the anchors of two blocks.
func (a anchor) apart(b, c band) float64 { return math.Abs(a.edge(b) - a.edge(c)) }

// insideLabel is the cost, in ems, of a line with an ordinal that does not
// begin its label.
const insideLabel = 3

// mostSlip is the distance, in ems, between a row of figures and its label from
// on which it is not sure that they belong together.
const mostSlip = 0.9

// dealBy returns the best deal by one anchor and what it costs: the distances
// between rows and their labels.
func dealBy(rows, labels []band, em float64, at anchor) ([]band, float64) {
	n, m := len(rows), len(labels)
	type step struct {
		cost  float64
		lines int
		row   bool
	}
	best := make([][]step, n+1)
	for i := range best {
		best[i] = make([]step, m+1)
	}
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			if i == n && j == m {
				continue
			}
			here := step{cost: math.Inf(1)}
			spread := 0.0
			for k := 0; k <= min(maxLabelLines, m-j); k++ {
				if k > 0 {
					if k > 1 && labels[j+k-1].from-labels[j+k-2].to > em {
						spread += 2 * em
					}
					if k > 1 && labels[j+k-1].begins {
						spread += insideLabel * em
					}
				}
				if i < n {
					off := em / 2
					if k > 0 {
						off = math.Abs(at.of(labels[j:j+k]) - rows[i].middle())
					}
					if c := off + spread + best[i+1][j+k].cost; c < here.cost {
						here = step{c, k, true}
					}
				}
				if k > 0 && labels[j].begins {
					if c := 2*em + spread + best[i][j+k].cost; c < here.cost {
						here = step{c, k, false}
					}
				}
			}
			best[i][j] = here
		}
	}
	if math.IsInf(best[0][0].cost, 1) {
		return append(slices.Clone(rows), labels...), math.Inf(1) // no way: it will be seen to be out of order
	}
	var all []band
	for i, j := 0, 0; i < n || j < m; {
		s := best[i][j]
		var b band
		for k := range s.lines {
			b = b.with(labels[j+k])
		}
		if s.row {
			off := em / 2
			if s.lines > 0 {
				off = math.Abs(at.of(labels[j:j+s.lines]) - rows[i].middle())
			}
			b = b.with(rows[i])
			b.slipped = off > mostSlip*em
			i++
		}
		j += s.lines
		all = append(all, b)
	}
	return all, best[0][0].cost
}
