package platform

import (
	"regexp"

	"github.com/PuerkitoBio/goquery"

	"gongkai"
	"gongkai/crawler"
)

// A roster (年度报告公布情况) is a table of the obliged units: a name, a link
// to the report, and often whether it was in time. It is the best source there
// is for who should have published.
var (
	unitHead   = regexp.MustCompile(`单位|部门|机关|名称|乡镇|街道|主体`)
	inTime     = regexp.MustCompile(`按时|及时|逾期|超期|是否|时间|日期`)
	serialHead = regexp.MustCompile(`^(?:序号|编号|No\.?)$`)
	saidOut    = regexp.MustCompile(`^已(?:经)?(?:按时|按期|及时)?(?:公布|发布|公开|上网)`)
	saidNot    = regexp.MustCompile(`^(?:尚|还|仍)?未(?:公布|发布|公开|上网|编制)`) // 未按时公布 is late, not missing
	unitLike   = regexp.MustCompile(`局|委|办|厅|政府|镇|乡|街道|院|中心|会|队|处|署|行|所|社|区|县|市`)
)

func (w *walker) rosterList(p *page) int {
	rows := rosterRows(p)
	if len(rows) == 0 {
		return w.emit(p, pageEntries(p))
	}
	return w.emit(p, rows)
}

// rosterRows reads the tables of p whose head names units.
func rosterRows(p *page) []crawler.Link {
	var links []crawler.Link
	p.html().Find("table").Each(func(_ int, t *goquery.Selection) {
		rows := ownRows(t)
		unit, note, body := rosterHead(rows)
		if unit < 0 {
			return
		}
		for _, row := range rows[body:] {
			links = append(links, rosterRow(p, row, unit, note)...)
		}
	})
	return links
}

// ownRows returns the cells of each row of t, without those of nested tables.
func ownRows(t *goquery.Selection) []*goquery.Selection {
	var rows []*goquery.Selection
	t.ChildrenFiltered("tr").AddSelection(t.ChildrenFiltered("tbody, thead").ChildrenFiltered("tr")).
		Each(func(_ int, r *goquery.Selection) {
			rows = append(rows, r.ChildrenFiltered("td, th"))
		})
	return rows
}

// rosterHead finds the columns of the unit and of the note, and the first row
// after the head. unit is -1 if this is no roster.
func rosterHead(rows []*goquery.Selection) (unit, note, body int) {
	for i, cells := range rows[:min(len(rows), 3)] {
		if cells.Length() < 2 {
			continue
		}
		unit, note = -1, -1
		cells.Each(func(j int, c *goquery.Selection) {
			switch name := text(c); {
			case len([]rune(name)) > 12 || serialHead.MatchString(name):
			case inTime.MatchString(name):
				note = j
			case unit < 0 && unitHead.MatchString(name):
				unit = j
			}
		})
		if unit >= 0 && len(rows) > i+1 {
			return unit, note, i + 1
		}
	}
	return -1, -1, 0
}

func rosterRow(p *page, cells *goquery.Selection, unit, note int) []crawler.Link {
	if unit >= cells.Length() {
		return nil
	}
	name := text(cells.Eq(unit))
	if name == "" || !unitLike.MatchString(name) {
		return nil
	}
	beside := ""
	if note >= 0 {
		beside = text(cells.Eq(note))
	}
	var links []crawler.Link
	cells.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		if address := p.resolve(a.AttrOr("href", "")); address != "" {
			title := titleOf(a)
			if crawler.ParseTitle(title).Kind == crawler.KindUnknown {
				title = name
			}
			links = append(links, crawler.Link{URL: address, Title: title, Unit: name, Published: day(text(cells)), Note: beside})
		}
	})
	if len(links) == 0 {
		links = []crawler.Link{{Title: name, Unit: name, Entry: crawler.EntryUnlinked, Note: beside}}
	}
	for i := range links {
		links[i].Obliged, links[i].Said = true, rowSays(cells, unit, links[i].Entry == crawler.EntryReport)
	}
	return links
}

// rowSays returns what a row says of the report. A link says that it is out; a
// row that says both, or neither, says nothing.
func rowSays(cells *goquery.Selection, unit int, linked bool) gongkai.Said {
	out, not := linked, false
	cells.Each(func(i int, c *goquery.Selection) {
		if i != unit {
			out = out || saidOut.MatchString(text(c))
			not = not || saidNot.MatchString(text(c))
		}
	})
	switch {
	case out && !not:
		return gongkai.SaidPublished
	case not && !out:
		return gongkai.SaidMissing
	}
	return gongkai.SaidNothing
}
