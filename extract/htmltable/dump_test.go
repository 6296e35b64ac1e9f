package htmltable

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gongkai/extract"
)

// dump prints a content for comparison. Merged cells are printed once, with
// their extent; places that no cell covers as "~"; a second reading that is
// absent or different is shown.
func dump(c *extract.Content) string {
	var b strings.Builder
	if c.Title != "" {
		fmt.Fprintf(&b, "title %s\n", c.Title)
	}
	for _, k := range slices.Sorted(maps.Keys(c.Meta)) {
		fmt.Fprintf(&b, "meta %s = %q\n", k, c.Meta[k])
	}
	for _, i := range c.Issues {
		fmt.Fprintf(&b, "issue %s: %s\n", i.Code, i.Detail)
	}
	for _, block := range c.Blocks {
		if block.Grid == nil {
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat("#", block.Level), block.Text)
			continue
		}
		dumpGrid(&b, block.Grid, block.Place.Table)
	}
	return b.String()
}

func dumpGrid(b *strings.Builder, g *extract.Grid, table int) {
	fmt.Fprintf(b, "[table %d: %d x %d]\n", table, len(g.Rows), len(g.Rows[0]))
	for r, row := range g.Rows {
		for c := range row {
			cell := &row[c]
			switch {
			case cell.Row != r:
				b.WriteString("| ^ ")
			case cell.Column != c:
				b.WriteString("| < ")
			case cell.Place.Row == 0:
				b.WriteString("| ~ ")
			default:
				fmt.Fprintf(b, "| %s ", cell.Text)
				if !cell.Confirmed {
					b.WriteString("(unconfirmed) ")
				} else if cell.Second != cell.Text {
					fmt.Fprintf(b, "(second: %s) ", cell.Second)
				}
			}
		}
		b.WriteString("|\n")
	}
}
