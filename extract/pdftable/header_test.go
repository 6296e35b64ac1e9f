package pdftable

import (
	"fmt"
	"testing"

	"gongkai"
)

// placed is a line of words, each at its x.
func placed(y float64, words map[float64]string) streamLine {
	l := line{y: y, em: 8}
	for _, x := range []float64{0, 50, 75, 100, 150, 175, 200, 250} {
		for i, r := range []rune(words[x]) {
			at := x + 8*float64(i)
			g := glyph{r: r, x: at, y: y, box: gongkai.Box{X0: at, Y0: y - 8, X1: at + 8, Y1: y}}
			l.glyphs = append(l.glyphs, g)
			l.box = union(l.box, g.box)
		}
	}
	return newStreamLine(l)
}

// TestStackedTables parts a table from another right below it whose columns
// stand between those of the first, and leaves one table whole.
func TestStackedTables(t *testing.T) {
	head := placed(10, map[float64]string{0: "维持", 100: "纠正", 200: "总计"})
	row := placed(26, map[float64]string{0: "1", 100: "2", 200: "3"})
	second := placed(42, map[float64]string{50: "维持", 150: "纠正", 250: "总计"})
	below := placed(58, map[float64]string{50: "4", 150: "5", 250: "9"})
	same := placed(58, map[float64]string{0: "4", 100: "5", 200: "9"})
	for _, tt := range []struct {
		name string
		r    region
		want []int // lines of each part
	}{
		{"stacked", region{head, row, second, below}, []int{2, 2}},
		{"one table", region{head, row, head, same}, []int{4}},
		{"no header between", region{head, row, below}, []int{3}},
	} {
		var got []int
		for _, part := range tt.r.split() {
			got = append(got, len(part))
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: parts of %v lines, want %v", tt.name, got, tt.want)
		}
	}
}

// TestJoinHeaders joins the halves of a word but not a row of headings with
// the row below, though the lines of higher cells stand between them.
func TestJoinHeaders(t *testing.T) {
	head := func(y float64, words ...span) band { return band{from: y, to: y + 8, header: true, words: words} }
	for _, tt := range []struct {
		name string
		all  []band
		want int
	}{
		{"word in two lines", []band{head(0, span{0, 40}), head(10, span{0, 20})}, 1},
		{"word in two lines beside a word in one", []band{head(0, span{0, 40}), head(5, span{50, 90}), head(10, span{0, 20})}, 1},
		{"headings over words", []band{head(0, span{0, 40}), head(16, span{0, 20})}, 2},
		{"headings over words beside a high cell", []band{head(0, span{0, 40}), head(8, span{50, 90}), head(16, span{0, 20})}, 2},
		{"headings beside words", []band{head(0, span{0, 40}), head(8, span{50, 90}), head(16, span{100, 120})}, 1},
	} {
		if got := joinHeaders(tt.all, 8); len(got) != tt.want {
			t.Errorf("%s: %d rows, want %d: %+v", tt.name, len(got), tt.want, got)
		}
	}
}
