package extract

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai"
)

// namePictures says of a report with cells that are missing, or without any
// table, which pages are pictures that nothing was read from: there they may be.
func namePictures(r *gongkai.Report, c *Content) {
	if len(c.Pictures) == 0 {
		return
	}
	missing := map[string]int{}
	for _, cell := range r.Cells {
		if cell.State == gongkai.Missing {
			missing[cell.Table]++
		}
	}
	var lost []string
	for _, t := range r.Tables {
		switch n := missing[t.ID]; {
		case !t.Found:
			lost = append(lost, "table "+t.ID)
		case n > 0:
			lost = append(lost, fmt.Sprintf("%d cells of table %s", n, t.ID))
		}
	}
	if len(lost) == 0 {
		return
	}
	r.Issues = append(r.Issues, gongkai.Issue{
		Code: gongkai.IssueNoTextLayer, Place: gongkai.Place{Page: c.Pictures[0]},
		Detail: fmt.Sprintf("not on the pages with text: %s; %s", strings.Join(lost, ", "), pictures(c)),
	})
}

// pictures names the pages that are pictures.
func pictures(c *Content) string {
	pages := make([]string, len(c.Pictures))
	for i, n := range c.Pictures {
		pages[i] = strconv.Itoa(n)
	}
	return "pictures to be read with OCR or by eye: page " + strings.Join(pages, ", ")
}
