package pdftable

import (
	"cmp"
	"slices"

	"gongkai"
)

// A rule may be drawn as many small pieces, each too short to say which way it
// runs: the dots of a dotted border. A dot is kept by its box; a row of dots at
// small distances on one line is a rule.

const (
	dotGap   = 4.0 // from the middle of a dot to that of the next
	dotDrift = 0.6 // off the line
	dotsRule = 6   // fewer dots make no rule
)

// dot returns the middle of a box that may be a dot of a rule: small, and not
// longer one way than the other.
func dot(b gongkai.Box) (point, bool) {
	long, short := max(b.X1-b.X0, b.Y1-b.Y0), min(b.X1-b.X0, b.Y1-b.Y0)
	if long > thickest || long >= shortest && long >= 2*short {
		return point{}, false
	}
	x, y := center(b)
	return point{x, y}, true
}

// dot is dot for a path, its curves included: dots may be round.
func (s *subpath) dot() (point, bool) {
	if len(s.points) < 2 {
		return point{}, false
	}
	return dot(s.bounds())
}

// dotted returns the rules that the dots make up.
func dotted(dots []point) []rule {
	if len(dots) < dotsRule {
		return nil
	}
	turned := make([]point, len(dots))
	for i, d := range dots {
		turned[i] = point{d.y, d.x}
	}
	return append(dotRows(dots, false), dotRows(turned, true)...)
}

// dotRows finds the runs of dots with the same y; turned says that x and y
// were exchanged.
func dotRows(dots []point, turned bool) []rule {
	dots = slices.Clone(dots)
	slices.SortFunc(dots, func(a, b point) int { return cmp.Compare(a.y, b.y) })
	var rules []rule
	for start := 0; start < len(dots); {
		end := start + 1
		for end < len(dots) && dots[end].y-dots[start].y <= dotDrift {
			end++
		}
		rules = append(rules, dotRuns(dots[start:end], turned)...)
		start = end
	}
	return rules
}

// dotRuns parts the dots of one line where they are too far apart. Dots drawn
// twice, by two cells that share a border, count once.
func dotRuns(line []point, turned bool) []rule {
	slices.SortFunc(line, func(a, b point) int { return cmp.Compare(a.x, b.x) })
	var rules []rule
	for start := 0; start < len(line); {
		end, places := start+1, 1
		for end < len(line) && line[end].x-line[end-1].x <= dotGap {
			if line[end].x-line[end-1].x > dotDrift {
				places++
			}
			end++
		}
		if places >= dotsRule {
			rules = append(rules, rule{vertical: turned, at: line[start].y, from: line[start].x, to: line[end-1].x})
		}
		start = end
	}
	return rules
}
