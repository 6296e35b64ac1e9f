package pdftable

import "testing"

func TestReadCodeTable(t *testing.T) {
	table := readCodeTable(`begincmap
1 begincodespacerange
<00> <FF>
endcodespacerange
2 beginbfchar
<11> <0030>
<12> <00660069>
endbfchar
2 beginbfrange
<13> <15> <0032>
<20> <21> [<5E74> <5E9C>]
endbfrange
endcmap`)
	// A code for two characters and a code that is not in the map stay unknown.
	if got, want := table.Decode("\x11\x13\x15\x20\x21\x12\x99"), "024年府\uFFFD\uFFFD"; got != want {
		t.Errorf("decoded %q, want %q", got, want)
	}
}

func TestFlagOverrun(t *testing.T) {
	for _, tt := range []struct {
		name string
		x, y float64 // of the glyph outside
		r    rune
		want bool
	}{
		{"the figure goes on behind the frame", 100.5, 10, '4', true},
		{"a figure in the margin", 115, 10, '4', false},
		{"another line", 101, 24, '4', false},
		{"words in the margin", 101, 10, '注', false},
		{"before the first cell", -9, 10, '4', true},
	} {
		table := &table{rows: [][]*cell{row("12345", "98.58")}}
		table.box.X1, table.box.Y1 = 100, 20
		g := glyph{r: tt.r, x: tt.x, y: tt.y}
		g.box.X0, g.box.X1, g.box.Y0, g.box.Y1 = tt.x, tt.x+9, tt.y-10, tt.y
		table.flagOverrun([]glyph{g})
		if got := table.rows[0][0].doubt || table.rows[0][1].doubt; got != tt.want {
			t.Errorf("%s: doubt %v, want %v", tt.name, got, tt.want)
		}
	}
}
