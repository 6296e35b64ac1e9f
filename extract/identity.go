package extract

import (
	"fmt"
	"slices"
	"strings"

	"gongkai"
)

// An identity is what is being found out about one report.
type identity struct {
	doc      *gongkai.Document
	content  *Content
	report   *gongkai.Report
	headings []sectionHeading
	preamble string // squeezed text before the first section, one paragraph a line
	quoting  string // the preamble without lines that are titles
	body     string // squeezed text of all of it
	titles   []reportTitle
	// Of titles, those that stand outside the text: metadata, <title>, link, file name.
	pageTitles []reportTitle
	name       agencyName // of the title that names the agency
}

// readNarrative fills what r says outside its standard tables: agency, year,
// scope, title, dates, citations, sections and facts. Nothing is guessed: what
// is not named stays empty and is an issue.
func readNarrative(r *gongkai.Report, d *gongkai.Document, c *Content) {
	id := &identity{doc: d, content: c, report: r, headings: headingsIn(c.Blocks)}
	limit := len(c.Blocks)
	if len(id.headings) > 0 {
		limit = id.headings[0].block
		id.preamble = id.text(0, limit) + squeeze(c.Blocks[limit].Text[:id.headings[0].at])
	} else {
		id.preamble = id.text(0, min(limit, 12))
	}
	id.quoting = withoutTitles(id.preamble)
	id.body = id.text(0, len(c.Blocks))
	id.titles = titlesIn(c.Blocks, limit)

	id.findTitle()
	id.findPublished()
	r.Period, _ = readPeriod(id.preamble)
	if r.Period[0] == "" {
		r.Period, _ = readPeriod(id.body)
	}
	r.Citations = citations(id.body)
	id.findAgency()
	id.findYear()
	r.Scope = id.scope()
	r.Sections = readSections(c.Blocks, id.headings)
	id.checkSections()
	id.checkTemplate()
	r.Facts = readFacts(r, strings.Join(proseBetween(c.Blocks, 0, 0, limit, 0, false), "\n"))
}

func (id *identity) issue(code, format string, args ...any) {
	id.report.Issues = append(id.report.Issues, gongkai.Issue{Code: code, Detail: fmt.Sprintf(format, args...)})
}

// text returns the squeezed paragraphs of blocks [from, to).
func (id *identity) text(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if id.content.Blocks[i].Grid == nil {
			b.WriteString(squeeze(id.content.Blocks[i].Text))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// withoutTitles drops lines that are titles, such as links to other years.
func withoutTitles(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool {
		_, ok := readTitle(s)
		return ok
	}), "\n")
}

// findTitle takes the fullest title, the one nearest to the text if several
// are alike; titles of the page and of the link come next.
func (id *identity) findTitle() {
	page := pageTitles(id.doc, id.content)
	id.pageTitles = page
	slices.Reverse(id.titles)
	slices.SortStableFunc(id.titles, func(a, b reportTitle) int { return b.strength(page) - a.strength(page) })
	id.titles = append(id.titles, page...)
	if t := id.gridTitle(); len(id.titles) == 0 && t.text != "" {
		id.titles = append(id.titles, t)
	}
	if len(id.titles) > 0 {
		id.report.Title = id.titles[0].text
	}
}

func (t reportTitle) strength(page []reportTitle) int {
	s := 0
	switch {
	case t.agency != "" && !t.beside:
		s += 5
	case t.agency != "":
		s += 4
	}
	if len(t.years) > 0 {
		s += 4
	}
	if slices.ContainsFunc(page, func(p reportTitle) bool { return len(p.years) > 0 && slices.Equal(p.years, t.years) }) {
		s += 3
	}
	if slices.ContainsFunc(page, func(p reportTitle) bool { return p.agency != "" && p.agency == t.agency }) {
		s += 2
	}
	if t.level > 0 {
		s++
	}
	return s
}

// gridTitle looks for the title in a table of metadata above the report.
func (id *identity) gridTitle() reportTitle {
	for i := range id.content.Blocks {
		g := id.content.Blocks[i].Grid
		if g == nil || standardLike(g) {
			continue
		}
		for _, row := range g.Rows {
			for _, cell := range row {
				if t, ok := readTitle(cell.Text); ok {
					return t
				}
			}
		}
	}
	return reportTitle{}
}
