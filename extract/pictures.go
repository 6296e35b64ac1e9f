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

// pictured says that pictures stand where a standard table belongs, under the
// heading of its section; empty if none do. index is that of the table in its
// form: the first stands in section 二.
func (c *Content) pictured(index int) string {
	n, within := 0, 0
	headings := headingsIn(c.Blocks)
	for i := range c.Blocks {
		for _, h := range headings {
			if h.block == i {
				within = h.number
			}
		}
		if within != index+2 {
			continue
		}
		n += c.Blocks[i].Pictures
		if g := c.Blocks[i].Grid; g != nil && onlyPictures(g) {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "; a picture stands under its heading: the table may be in it, to be read with OCR or by eye"
	}
	return fmt.Sprintf("; %d pictures stand under its heading: the table may be in them, to be read with OCR or by eye", n)
}

// onlyPictures holds for a table that only frames pictures.
func onlyPictures(g *Grid) bool {
	shown := false
	for _, row := range g.Rows {
		for i := range row {
			text := strings.TrimSpace(strings.ReplaceAll(row[i].Text, string(picture), ""))
			if text != "" {
				return false
			}
			shown = shown || row[i].Text != ""
		}
	}
	return shown
}

// pictures names the pages that are pictures.
func pictures(c *Content) string {
	pages := make([]string, len(c.Pictures))
	for i, n := range c.Pictures {
		pages[i] = strconv.Itoa(n)
	}
	return "pictures to be read with OCR or by eye: page " + strings.Join(pages, ", ")
}
