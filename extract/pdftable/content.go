package pdftable

import (
	"math"

	"gongkai"
	"gongkai/extract"
)

// block spells the table out as a grid.
func (t *table) block() extract.Block {
	corner := map[*cell][2]int{}
	for r, row := range t.rows {
		for c, one := range row {
			if _, seen := corner[one]; !seen {
				corner[one] = [2]int{r, c}
			}
		}
	}
	g := &extract.Grid{Method: t.method}
	for _, row := range t.rows {
		cells := make([]extract.GridCell, len(row))
		for c, one := range row {
			at := corner[one]
			if one.slipped {
				one.second, one.confirmed = "", true // by its place alone it may not be there
			}
			cells[c] = extract.GridCell{
				Text: one.text, Row: at[0], Column: at[1], Second: one.second, Confirmed: one.confirmed, Uncertain: one.doubt,
				Why: one.why, Source: one.source,
				Place: gongkai.Place{Page: one.page.number, Box: rounded(one.page.shown.box(one.box))},
			}
		}
		g.Rows = append(g.Rows, cells)
	}
	return extract.Block{Grid: g, Place: gongkai.Place{Page: t.first, Box: rounded(t.rows[0][0].page.shown.box(t.box))}}
}

// rounded drops what is finer than a hundredth of a point: noise of floats.
func rounded(b gongkai.Box) gongkai.Box {
	r := func(x float64) float64 { return math.Round(x*100) / 100 }
	return gongkai.Box{X0: r(b.X0), Y0: r(b.Y0), X1: r(b.X1), Y1: r(b.Y1)}
}
