package pdftable

import (
	"math"

	"gongkai"
)

const (
	thickest = 3.5 // a filled box thinner than this is a rule, not shading
	shortest = 0.8 // shorter lines are dots
	slope    = 0.6 // a line may lean this far over its length and be straight
)

type point struct{ x, y float64 }

// A subpath is a run of connected lines.
type subpath struct {
	points []point
	curved bool
}

// rules appends the rules that the subpath draws. Curves and shading are none.
func (s *subpath) rules(to []rule, fill, stroke bool) []rule {
	if len(s.points) < 2 {
		return to
	}
	if fill && !s.curved {
		box := s.bounds()
		if r, ok := thin(box); ok {
			return append(to, r)
		}
	}
	if !stroke || s.curved {
		return to
	}
	for i := 1; i < len(s.points); i++ {
		if r, ok := straight(s.points[i-1], s.points[i]); ok {
			to = append(to, r)
		}
	}
	return to
}

func (s *subpath) bounds() gongkai.Box {
	p := s.points[0]
	box := gongkai.Box{X0: p.x, Y0: p.y, X1: p.x, Y1: p.y}
	for _, p := range s.points[1:] {
		box = gongkai.Box{X0: min(box.X0, p.x), Y0: min(box.Y0, p.y), X1: max(box.X1, p.x), Y1: max(box.Y1, p.y)}
	}
	return box
}

// thin returns the middle line of a box that is thin enough to be a rule.
func thin(b gongkai.Box) (rule, bool) {
	w, h := b.X1-b.X0, b.Y1-b.Y0
	x, y := center(b)
	switch {
	case max(w, h) < shortest:
		return rule{}, false
	case h <= thickest && w > h:
		return rule{at: y, from: b.X0, to: b.X1}, true
	case w <= thickest && h > w:
		return rule{vertical: true, at: x, from: b.Y0, to: b.Y1}, true
	}
	return rule{}, false
}

// straight returns the line from a to b if it runs along an axis.
func straight(a, b point) (rule, bool) {
	dx, dy := math.Abs(a.x-b.x), math.Abs(a.y-b.y)
	switch {
	case max(dx, dy) < shortest:
		return rule{}, false
	case dy <= slope && dx > dy:
		return rule{at: (a.y + b.y) / 2, from: min(a.x, b.x), to: max(a.x, b.x)}, true
	case dx <= slope && dy > dx:
		return rule{vertical: true, at: (a.x + b.x) / 2, from: min(a.y, b.y), to: max(a.y, b.y)}, true
	}
	return rule{}, false
}
