package extract

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestPlainRune(t *testing.T) {
	t.Parallel()
	for r := rune(0x2F00); r <= 0x2FD5; r++ { // Kangxi radicals: the standard has them all
		if got := string(PlainRune(r)); got != norm.NFKC.String(string(r)) {
			t.Errorf("PlainRune(%c) = %s, want %s", r, got, norm.NFKC.String(string(r)))
		}
	}
	for r := rune(0x2E81); r <= 0x2EF3; r++ {
		if r != 0x2E9A && PlainRune(r) == r { // 2E9A is not assigned
			t.Errorf("PlainRune(%c) is itself", r)
		}
	}
	for from, to := range map[rune]rune{'⺠': '民', '⻓': '长', '\uF9F4': '林', '︵': '(', '水': '水', '１': '１', '①': '①', '⺀': '⺀', '年': '年'} {
		if got := PlainRune(from); got != to {
			t.Errorf("PlainRune(%c) = %c, want %c", from, got, to)
		}
	}
}

// TestPlainContent changes nothing of what the reader made, and reaches every
// text; what looks odd byte by byte but is not stays.
func TestPlainContent(t *testing.T) {
	t.Parallel()
	grid := &Grid{Rows: [][]GridCell{{{Text: "⾏政许可", Second: "⾏政许可"}, {Text: "３，０"}}}}
	c := &Content{Title: "⽔利局", Meta: map[string]string{"ContentSource": "⺠政局"}, Blocks: []Block{{Text: "⼯作年度报告"}, {Grid: grid}}}
	got := plainContent(c)
	cell := got.Blocks[1].Grid.Rows[0]
	if got.Title != "水利局" || got.Meta["ContentSource"] != "民政局" || got.Blocks[0].Text != "工作年度报告" ||
		cell[0].Text != "行政许可" || cell[0].Second != "行政许可" || cell[1].Text != "３，０" {
		t.Errorf("plainContent: %+v %+v", got, cell)
	}
	if c.Title != "⽔利局" || grid.Rows[0][0].Text != "⾏政许可" || c.Meta["ContentSource"] != "⺠政局" || c.Blocks[0].Text != "⼯作年度报告" {
		t.Error("plainContent changed what it was given")
	}
}
