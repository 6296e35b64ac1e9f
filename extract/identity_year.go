package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongkai"
)

// findYear takes the fiscal year from the title, then from the other titles,
// then from the period. Sources that differ are an issue; a publication date
// alone gives no year.
func (id *identity) findYear() {
	r := id.report
	var sources []string // "title 2023"
	all := map[int]bool{}
	note := func(name string, year int) {
		if year != 0 && !all[year] {
			all[year] = true
			sources = append(sources, fmt.Sprintf("%s %d", name, year))
		}
	}
	for _, t := range id.titles {
		if r.Year == 0 && len(t.years) > 0 {
			r.Year = t.years[len(t.years)-1]
		}
		if t.text == r.Title || t.to == 0 {
			for _, y := range t.years {
				note("title", y)
			}
		}
	}
	start, end := periodYear(r.Period[0]), periodYear(r.Period[1])
	if r.Year == 0 && start == end {
		r.Year = start
	}
	note("period", start)
	note("period", end)
	quoted := id.quotedYear()
	if r.Year == 0 {
		r.Year = quoted
	}
	note("text", quoted)
	body, count := id.bodyYear()
	if r.Year != 0 && count >= 2 && !strings.Contains(id.body, strconv.Itoa(r.Year)+"年") {
		note("text", body)
	}
	note("list", id.doc.Year)
	for _, t := range id.titles {
		if len(all) == 1 && len(sources) == 1 && strings.HasPrefix(sources[0], "title") && !id.confirmed() && len(t.years) == 1 {
			note("another title", t.years[0])
		}
	}
	switch {
	case r.Year == 0:
		id.issue(gongkai.IssueNoYear, "neither title, period nor text names the fiscal year")
	case len(sources) > 1:
		id.issue(gongkai.IssueYears, "years differ: %s", strings.Join(sources, ", "))
	}
}

// confirmed reports whether anything besides the titles in the text names the
// year; if not, a link to another year's report may have been taken for the title.
func (id *identity) confirmed() bool {
	return id.report.Period[0] != "" || id.quotedYear() != 0 || id.doc.Year != 0 ||
		slices.ContainsFunc(id.titles, func(t reportTitle) bool { return t.to == 0 && len(t.years) > 0 })
}

func periodYear(date string) int {
	if date == "" {
		return 0
	}
	return plainInt(date[:4])
}

// quotedYear is the year of a title that the preamble quotes, such as 现发布
// 《…2023年政府信息公开工作年度报告》.
func (id *identity) quotedYear() int {
	text := simplifyProse(id.quoting)
	for _, m := range titleCore.FindAllStringSubmatchIndex(text, 8) {
		around := lastRunes(text[:m[0]], 12) + "," + text[m[2]:m[3]]
		if ys := yearsNamed(around); len(ys) == 1 {
			return ys[0]
		}
	}
	return 0
}

// bodyYear returns the year that the text names most often, and how often.
func (id *identity) bodyYear() (int, int) {
	counts := map[int]int{}
	best := 0
	for rest := id.body; ; {
		i := strings.Index(rest, "年")
		if i < 0 {
			break
		}
		if i >= 4 && isDigits(rest[i-4:i]) && (i == 4 || !isDigits(rest[i-5:i-4])) {
			if y := readYear(rest[i-4 : i]); y != 0 {
				if counts[y]++; best == 0 || counts[y] > counts[best] {
					best = y
				}
			}
		}
		rest = rest[i+len("年"):]
	}
	return best, counts[best]
}

// findPublished takes the date that the page states: metadata, a line such as
// 发布日期：2020-01-31, a cell of a metadata table; then the list page's.
func (id *identity) findPublished() {
	r := id.report
	if s, ok := readDate(squeeze(id.content.Meta["PubDate"])); ok {
		r.Published = s
		return
	}
	for i := range id.content.Blocks {
		b := &id.content.Blocks[i]
		if b.Grid != nil && !standardLike(b.Grid) {
			if s, ok := gridPublished(b.Grid); ok {
				r.Published = s
				return
			}
		}
		if b.Grid == nil && len(b.Text) < 300 && containsAny(b.Text, publishHints) {
			if s, ok := readPublished(squeeze(b.Text)); ok {
				r.Published = s
				return
			}
		}
	}
	r.Published, _ = readDate(id.doc.Published)
}

var publishHints = []string{"日期", "时间", "時間"}

func gridPublished(g *Grid) (string, bool) {
	for _, row := range g.Rows {
		for i := range row {
			text := squeeze(row[i].Text)
			if i+1 < len(row) && len(text) < 40 {
				text += squeeze(row[i+1].Text)
			}
			if s, ok := readPublished(text); ok {
				return s, true
			}
		}
	}
	return "", false
}

var citationPattern = regexp.MustCompile(`(国办公开办函|国办公开办|国办函|国办发)[\[(〔【﹝「『<〈《{]?((?:20)\d\d)[-—\])〕】﹞」』>〉》}]?第?(\d{1,3})号`)

// citations returns the notices that text cites, in one spelling, each once.
func citations(text string) []string {
	var found []string
	for _, m := range citationPattern.FindAllStringSubmatch(simplifyProse(text), -1) {
		if s := m[1] + "〔" + m[2] + "〕" + m[3] + "号"; !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}
