package pdftable

import (
	"testing"

	"gongkai"
)

// row makes a row of cells 50 points wide; "<" continues the cell before.
func row(texts ...string) []*cell {
	var cells []*cell
	for i, s := range texts {
		if s == "<" {
			cells = append(cells, cells[i-1])
			continue
		}
		x := float64(50 * i)
		c := &cell{page: &page{number: 1}, text: s, box: gongkai.Box{X0: x, X1: x + 50, Y1: 20}}
		for j, r := range []rune(s) {
			g := glyph{r: r, x: x + 10*float64(j), y: 10, box: gongkai.Box{X0: x + 10*float64(j), X1: x + 10*float64(j+1), Y1: 10}}
			c.glyphs = append(c.glyphs, g)
		}
		cells = append(cells, c)
	}
	return cells
}

func TestSeam(t *testing.T) {
	for _, tt := range []struct {
		name         string
		above, below []string
		rest         int    // rows left below
		label        string // of the last row above
		group        string // first cell of the first row below, if one is left
	}{
		{"row cut in its label", []string{"（一）部分公", "3", "4"}, []string{"开的数量", "", ""}, 0, "（一）部分公开的数量", ""},
		{"row with its figures below", []string{"（一）部分公", "", ""}, []string{"开的数量", "3", "4"}, 0, "（一）部分公开的数量", ""},
		{"a new row", []string{"（一）部分公", "3", "4"}, []string{"（二）其他", "", ""}, 1, "（一）部分公", "（二）其他"},
		{"a short label is whole", []string{"规章", "3", "4"}, []string{"文件", "", ""}, 1, "规章", "文件"},
		{"group label goes on", []string{"（四）无", "1.本机", "3"}, []string{"法提供", "2.没有", "4"}, 1, "（四）无法提供", "（四）无法提供"},
		{"group label above an empty cell", []string{"三、办理", "1.本机", "3"}, []string{"", "2.没有", "4"}, 1, "三、办理", "三、办理"},
		{"another group", []string{"（四）无", "1.本机", "3"}, []string{"（五）不", "2.没有", "4"}, 1, "（四）无", "（五）不"},
		{"a blank figure inherits nothing", []string{"规章", "3", "4"}, []string{"文件", "", "5"}, 1, "规章", "文件"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			above := row(tt.above...)
			table := &table{rows: [][]*cell{above}}
			rest := table.seam([][]*cell{row(tt.below...)})
			if len(rest) != tt.rest {
				t.Fatalf("%d rows below, want %d", len(rest), tt.rest)
			}
			if above[0].text != tt.label {
				t.Errorf("label above %q, want %q", above[0].text, tt.label)
			}
			if tt.rest == 1 && rest[0][0].text != tt.group {
				t.Errorf("label below %q, want %q", rest[0][0].text, tt.group)
			}
			if tt.rest == 1 && rest[0][1].text != tt.below[1] {
				t.Errorf("second cell below %q, want %q", rest[0][1].text, tt.below[1])
			}
		})
	}
}

func TestFigure(t *testing.T) {
	for s, want := range map[string]bool{
		"0": true, "1,466": true, "96171.6": true, "-8": true, "/": true, "—": true, "１２": true, "12%": true,
		"1.": false, "": false, "12件": false, "（一）": false, "2024年": false, ".": false,
	} {
		if figure(s) != want {
			t.Errorf("figure(%q) = %v", s, !want)
		}
	}
}
