package pdftable

import (
	"image"
	"image/draw"
	"math"
	"testing"
)

// drawnGrid is a scan of a table of four columns and three rows, 60 by 30
// points each, with one cell over the first two columns.
func drawnGrid() *image.Gray {
	g := image.NewGray(image.Rect(0, 0, 1400, 900))
	draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
	bar := func(x0, y0, x1, y1 int) {
		draw.Draw(g, image.Rect(x0, y0, x1, y1), image.Black, image.Point{}, draw.Src)
	}
	for r := range 4 {
		bar(200, 200+125*r, 1203, 203+125*r)
	}
	for c := range 5 {
		top := 200
		if c == 1 {
			top = 325
		}
		bar(200+250*c, top, 203+250*c, 578)
	}
	bar(300, 250, 340, 256) // a short stroke, as of a character
	return g
}

func TestRasterRules(t *testing.T) {
	for _, degrees := range []float64{0, 0.6, -1.1} {
		g := drawnGrid()
		if degrees != 0 {
			g = straighten(rotate(g, degrees))
		}
		all := frames(joinRules(rasterRules(g)))
		if len(all) != 1 {
			t.Fatalf("%v degrees: %d frames, want 1", degrees, len(all))
		}
		table := lattice(&page{number: 1}, closeOpen(all[0]))
		if table == nil || len(table.rows) != 3 || len(table.xs) != 5 {
			t.Fatalf("%v degrees: table %v, want 3 rows of 4", degrees, table)
		}
		if n := len(table.cells()); n != 11 {
			t.Errorf("%v degrees: %d cells, want 11", degrees, n)
		}
		if x := table.xs[1] - table.xs[0]; math.Abs(x-60) > 1 {
			t.Errorf("%v degrees: first column %.1f points wide, want 60", degrees, x)
		}
	}
}

func TestElected(t *testing.T) {
	for _, tt := range []struct {
		votes map[string]int
		want  string
	}{
		{map[string]int{"5": 3}, "5"},
		{map[string]int{"447": 2, "147": 1}, "447"},
		{map[string]int{"447": 1, "147": 1}, unreadable},
		{nil, unreadable},
	} {
		if got := elected(tt.votes); got != tt.want {
			t.Errorf("elected(%v) = %q, want %q", tt.votes, got, tt.want)
		}
	}
}

func TestInkAtTheBorderIsNoText(t *testing.T) {
	g := drawnGrid()
	if crop(g, image.Rect(455, 330, 700, 452)) != nil {
		t.Error("the rules around an empty cell count as ink")
	}
	if crop(g, image.Rect(210, 210, 440, 310)) == nil {
		t.Error("a stroke in a cell does not count as ink")
	}
}
