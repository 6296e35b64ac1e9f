package pdftable

import (
	"cmp"
	"slices"
	"sort"

	"gongkai"
)

// Where a line runs that strikes characters out: between these shares of their
// size above the baseline, over this share of their width.
const (
	strikeLow  = 0.12
	strikeHigh = 0.62
	strikeWide = 0.6
)

// strike takes characters out that a line of their own runs through. The lines
// of a table that stand in the way of its text run on far to both sides.
func (p *page) strike() {
	if p.pictured {
		return
	}
	strokes := p.strokes()
	if len(strokes) == 0 {
		return
	}
	slices.SortFunc(strokes, func(a, b rule) int { return cmp.Compare(a.at, b.at) })
	glyphs := p.glyphs[:0:0]
	for i := range p.glyphs {
		g := &p.glyphs[i]
		if g.struckBy(strokes) {
			p.lost = append(p.lost, lostGlyph{*g, struck})
			continue
		}
		glyphs = append(glyphs, *g)
	}
	p.glyphs = glyphs
}

// strokes are the horizontal rules that touch no vertical one.
func (p *page) strokes() []rule {
	var strokes []rule
	var upright []rule
	for _, r := range p.rules {
		if r.vertical {
			upright = append(upright, r)
		}
	}
	slices.SortFunc(upright, func(a, b rule) int { return cmp.Compare(a.at, b.at) })
	for _, r := range p.rules {
		if !r.vertical && !r.meets(upright) {
			strokes = append(strokes, r)
		}
	}
	return strokes
}

// reach is how near two rules come that meet, in points.
const reach = 1.5

// meets takes the vertical rules from left to right.
func (r rule) meets(upright []rule) bool {
	for _, u := range upright[below(upright, r.from-reach):] {
		if u.at >= r.to+reach {
			return false
		}
		if r.at > u.from-reach && r.at < u.to+reach {
			return true
		}
	}
	return false
}

// below counts the rules, sorted by their place, that lie before at.
func below(rules []rule, at float64) int {
	return sort.Search(len(rules), func(i int) bool { return rules[i].at > at })
}

// struckBy takes the strokes from top to bottom.
func (g *glyph) struckBy(strokes []rule) bool {
	if g.turned || !plain(g.r) && han(string(g.r)) == 0 {
		return false
	}
	low, high := g.y-strikeLow*g.size(), g.y-strikeHigh*g.size()
	w := g.box.X1 - g.box.X0
	for _, r := range strokes[below(strokes, high):] {
		if r.at >= low {
			return false
		}
		if min(r.to, g.box.X1)-max(r.from, g.box.X0) > strikeWide*w {
			return true
		}
	}
	return false
}

// lostIn returns the lost characters that stand in the box.
func (p *page) lostIn(b gongkai.Box) []lostGlyph {
	var found []lostGlyph
	for _, g := range p.lost {
		if x, y := center(g.box); within(b, x, y) {
			found = append(found, g)
		}
	}
	return found
}
