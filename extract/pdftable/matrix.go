package pdftable

import "gongkai"

// A matrix maps (x, y) to (ax+cy+e, bx+dy+f), as in PDF.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then returns the map that applies m and then n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		a: m.a*n.a + m.b*n.c, b: m.a*n.b + m.b*n.d,
		c: m.c*n.a + m.d*n.c, d: m.c*n.b + m.d*n.d,
		e: m.e*n.a + m.f*n.c + n.e, f: m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) point(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

func (m matrix) box(b gongkai.Box) gongkai.Box {
	x0, y0 := m.point(b.X0, b.Y0)
	x1, y1 := m.point(b.X1, b.Y1)
	return gongkai.Box{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
}

// turn returns the map of a w by h page, y downwards, to the same page turned
// clockwise by quarter turns.
func turn(quarters int, w, h float64) matrix {
	switch quarters & 3 {
	case 1:
		return matrix{b: 1, c: -1, e: h}
	case 2:
		return matrix{a: -1, d: -1, e: w, f: h}
	case 3:
		return matrix{b: -1, c: 1, f: w}
	}
	return identity
}
