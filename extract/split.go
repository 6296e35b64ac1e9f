package extract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gongkai"
)

// splitReports cuts a page that holds several reports (years or agencies) into
// one Content each, at their titles. A document with one report is returned as
// it is: page heads, running heads, links to other years and titles quoted in
// sentences cut nothing.
func splitReports(c *Content) []*Content {
	titles := titlesIn(c.Blocks, len(c.Blocks))
	if len(titles) < 2 {
		return []*Content{c}
	}
	type part struct {
		title reportTitle
		from  int
	}
	parts := []part{{titles[0], 0}}
	for i, t := range titles[1:] {
		current := &parts[len(parts)-1]
		end := len(c.Blocks)
		if i+2 < len(titles) {
			end = titles[i+2].from
		}
		switch before := headingsIn(c.Blocks[current.from:t.from]); {
		case !holdsReport(c.Blocks[current.from:t.from], before):
			current.title = t // a link or page head; this title stands nearer to the text
		case !startsReport(c.Blocks[t.to:end]) || !startsReport(c.Blocks[t.to:]):
		case current.title.same(t) && !restarts(before, headingsIn(c.Blocks[t.to:end])):
		default:
			parts = append(parts, part{t, t.from})
		}
	}
	if len(parts) == 1 {
		return []*Content{c}
	}
	contents := make([]*Content, len(parts))
	for i, p := range parts {
		end := len(c.Blocks)
		if i+1 < len(parts) {
			end = parts[i+1].from
		}
		contents[i] = c.part(p.from, end, fmt.Sprintf("report %d of %d in one document: %s", i+1, len(parts), p.title.text))
	}
	return contents
}

// part returns a Content of blocks [from, to). What names the page as a whole
// does not name the part.
func (c *Content) part(from, to int, detail string) *Content {
	meta := maps.Clone(c.Meta)
	delete(meta, "ArticleTitle")
	issue := gongkai.Issue{Code: gongkai.IssueMixedReports, Detail: detail}
	return &Content{
		Reader: c.Reader, Meta: meta, Blocks: c.Blocks[from:to],
		Issues: append(slices.Clone(c.Issues), issue),
	}
}

// nameSecond says of a document that no title parts, but whose standard tables
// are printed again with other figures, that another report may be in it.
func nameSecond(r *gongkai.Report) {
	again, cells := map[string]bool{}, 0
	for _, i := range r.Issues {
		if i.Code == gongkai.IssueDuplicateRow && i.Column != "" {
			again[i.Table] = true
			cells++
		}
	}
	if len(again) < 2 && cells < 3 {
		return
	}
	r.Issues = append(r.Issues, gongkai.Issue{
		Code:   gongkai.IssueMixedReports,
		Detail: fmt.Sprintf("standard tables are printed again and differ in %d cells: another report without a title of its own may follow; it was not read", cells),
	})
}

// same reports whether two titles can name the same report.
func (t reportTitle) same(u reportTitle) bool {
	return (t.agency == "" || u.agency == "" || namesAgree(t.agency, u.agency)) &&
		(len(t.years) == 0 || len(u.years) == 0 || slices.Equal(t.years, u.years))
}

// holdsReport reports whether blocks have the beginning of a report's body.
func holdsReport(blocks []Block, headings []sectionHeading) bool {
	if len(headings) > 0 {
		return slices.ContainsFunc(headings, func(h sectionHeading) bool { return h.number <= 3 })
	}
	return slices.ContainsFunc(blocks, func(b Block) bool { return standardLike(b.Grid) })
}

// startsReport is holdsReport for what follows a title: a report begins with
// its first sections, the rest of another one does not.
func startsReport(blocks []Block) bool {
	headings := headingsIn(blocks)
	if len(headings) > 0 {
		return headings[0].number <= 2
	}
	return holdsReport(blocks, nil)
}

// restarts reports whether a section comes again.
func restarts(before, after []sectionHeading) bool {
	for _, h := range after {
		if slices.ContainsFunc(before, func(b sectionHeading) bool { return b.number == h.number }) {
			return true
		}
	}
	return false
}

var standardWords = []string{
	"本年新收", "上年结转", "结转下年度", "制发件数", "制作数量", "行政许可", "行政处罚", "行政强制", "规范性文件", "未经复议", "复议后起诉", "主动公开政府信息数", "收到申请数",
}

// standardLike reports whether g looks like one of the standard tables.
func standardLike(g *Grid) bool {
	if g == nil {
		return false
	}
	for _, row := range g.Rows {
		for i := range row {
			if containsAny(simplifyProse(strings.ReplaceAll(row[i].Text, " ", "")), standardWords) {
				return true
			}
		}
	}
	return false
}
