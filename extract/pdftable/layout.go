package pdftable

import (
	"cmp"
	"slices"

	"gongkai"
)

// A layout is one page taken apart: its ruled tables and the glyphs outside.
type layout struct {
	page   *page
	rules  []rule // joined
	tables []*table
	body   []glyph
	unread []region // tables without rules that could not be made out

	recognized bool // read from a picture by OCR
}

// layOut finds the ruled tables of a page and puts every glyph into its cell.
func layOut(p *page) *layout {
	l := &layout{page: p}
	l.rules = joinRules(p.rules)
	for _, frame := range frames(l.rules) {
		if t := lattice(p, closeOpen(frame)); t != nil {
			l.tables = append(l.tables, t)
		}
	}
	l.body = l.fill(l.tables, p.glyphs)
	l.tables = parted(l.tables)
	l.tables = slices.DeleteFunc(l.tables, func(t *table) bool {
		if t.cramped() {
			l.body = append(l.body, t.glyphs()...)
			return true
		}
		return t.blank()
	})
	return l
}

// fill puts each glyph into the cell it stands in, of the smallest table there,
// and returns those that stand in none.
func (l *layout) fill(tables []*table, glyphs []glyph) (rest []glyph) {
	inner := slices.Clone(tables)
	slices.SortStableFunc(inner, func(a, b *table) int { return cmp.Compare(area(a.box), area(b.box)) })
	for _, g := range glyphs {
		x, y := center(g.box)
		var at *cell
		for _, t := range inner {
			if at = t.place(x, y); at != nil {
				break
			}
		}
		if at == nil && g.stray == pale {
			l.page.stamp(g)
			continue
		}
		if at == nil {
			rest = append(rest, g)
			continue
		}
		at.glyphs = append(at.glyphs, g)
	}
	for _, t := range tables {
		for _, c := range t.cells() {
			l.page.stamp(c.dropStrays()...)
		}
		t.track()
		for _, c := range t.cells() {
			c.read()
		}
		t.flagCut()
		t.flagOverrun(rest)
	}
	return rest
}

// flagOverrun sets doubt on cells at the edge whose figures run on outside the
// table: what stands there is part of the figure and was not read with it.
func (t *table) flagOverrun(outside []glyph) {
	for i := range outside {
		g := &outside[i]
		if !plain(g.r) || g.box.Y1 < t.box.Y0 || g.box.Y0 > t.box.Y1 || g.box.X0 > t.box.X1+g.size() || g.box.X1 < t.box.X0-g.size() {
			continue
		}
		beyond := &cell{glyphs: outside[i : i+1]}
		for _, row := range t.rows {
			if last := row[len(row)-1]; runsOver(last, beyond) {
				last.doubt = true
			}
			if first := row[0]; runsOver(beyond, first) {
				first.doubt = true
			}
		}
	}
}

func area(b gongkai.Box) float64 { return (b.X1 - b.X0) * (b.Y1 - b.Y0) }

// cells returns the cells of the table, each once.
func (t *table) cells() []*cell {
	seen := map[*cell]bool{}
	var all []*cell
	for _, row := range t.rows {
		for _, c := range row {
			if !seen[c] {
				seen[c] = true
				all = append(all, c)
			}
		}
	}
	return all
}

// blank holds for drawings without a word in them.
func (t *table) blank() bool {
	for _, c := range t.cells() {
		if c.text != "" {
			return false
		}
	}
	return true
}

// flagCut sets doubt on cells whose figures run over a rule into the next cell.
func (t *table) flagCut() {
	for _, row := range t.rows {
		for i := 1; i < len(row); i++ {
			a, b := row[i-1], row[i]
			if a != b && runsOver(a, b) {
				a.doubt, b.doubt = true, true
			}
		}
	}
}

func runsOver(a, b *cell) bool {
	for i := range a.glyphs {
		for j := range b.glyphs {
			l, r := &a.glyphs[i], &b.glyphs[j]
			gap := r.box.X0 - l.box.X1
			if plain(l.r) && plain(r.r) && l.y-r.y < 1 && r.y-l.y < 1 && gap < 0.1*l.size() && gap > -0.5*l.size() {
				return true
			}
		}
	}
	return false
}
