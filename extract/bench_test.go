package extract

import (
	"testing"
)

// BenchmarkReadTables reads table 三 of one report from its grid.
func BenchmarkReadTables(b *testing.B) {
	t := &testing.T{}
	g := grid(t, header10[1:]+body2019[1:])
	c := &Content{Reader: "html", Blocks: []Block{{Grid: g}}}
	for b.Loop() {
		if readRequests(printedRows(c, 0), formHint{}) == nil {
			b.Fatal("no table")
		}
	}
}
