package extract

import (
	"fmt"
	"testing"
	"time"

	"gongkai"
)

// merged makes a grid whose cell i begins in row i and stands in all rows
// below it: a page of 50 KB can print 80,000 places so.
func merged(rows, columns int, text func(i int) string) *Grid {
	g := &Grid{Method: "html"}
	for r := range rows {
		row := make([]GridCell, columns)
		for c := range row {
			row[c] = GridCell{Row: r, Column: c}
			if c <= r {
				row[c] = GridCell{Text: text(c), Row: c, Column: c, Place: gongkai.Place{Table: 1, Row: c + 1, Column: c + 1}}
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// TestMergedCellsAreReadOnce reads labels that are merged over hundreds of
// rows. Reading each place of them takes ten times the time allowed here.
func TestMergedCellsAreReadOnce(t *testing.T) {
	for name, text := range map[string]func(i int) string{
		"the same": func(int) string {
			return "三、收到和处理政府信息公开申请情况 本年新收政府信息公开申请数量 自然人"
		},
		"distinct": func(i int) string {
			return fmt.Sprintf("收到和处理的政府公开信息申请第%d种情况与本年新收的数量", i)
		},
	} {
		c := &Content{Reader: "html", Blocks: []Block{{Grid: merged(400, 200, text)}}}
		begun := time.Now()
		if _, err := Extract(&gongkai.Document{Name: "merged.html"}, c); err == nil {
			t.Errorf("%s: a table was found", name)
		}
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
	all := printedRows(&Content{Blocks: []Block{{Grid: merged(3, 2, func(i int) string { return []string{"行政许可", "5"}[i] })}}}, 0)
	for i, want := range []int{1, 1, 1} {
		if p := all[i]; len(p.labels) != want || p.label().text != "行政许可" {
			t.Errorf("row %d: labels %v", i, p.labels)
		}
	}
}
