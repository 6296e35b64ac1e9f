package pdftable

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// A flowItem is a line of body text or a table, in reading order.
type flowItem struct {
	page  *page
	line  *line
	table *table
}

func (f *flowItem) top() float64 {
	if f.table != nil {
		return f.table.box.Y0
	}
	return f.line.box.Y0
}

func (f *flowItem) left() float64 {
	if f.table != nil {
		return f.table.box.X0
	}
	return f.line.box.X0
}

// flow puts the lines and tables of all pages in reading order.
func flow(layouts []*layout) []flowItem {
	var items []flowItem
	for _, l := range layouts {
		start := len(items)
		for _, ln := range bodyLines(l.body) {
			ln.track()
			items = append(items, flowItem{page: l.page, line: &ln})
		}
		for _, t := range l.tables {
			items = append(items, flowItem{page: l.page, table: t})
		}
		slices.SortStableFunc(items[start:], func(a, b flowItem) int { return cmp.Or(cmp.Compare(a.top(), b.top()), cmp.Compare(a.left(), b.left())) })
	}
	return items
}

// bodyLines are the lines of glyphs, without empty ones.
func bodyLines(glyphs []glyph) []line {
	return slices.DeleteFunc(lines(glyphs), func(l line) bool { return strings.TrimSpace(l.text()) == "" })
}

const margin = 0.12 // of the page's height, above and below, where page numbers and headers stand

func inMargin(p *page, l *line) bool {
	return l.box.Y1 < margin*p.height || l.box.Y0 > (1-margin)*p.height
}

var pageNumberPattern = regexp.MustCompile(`^[-—–―－~～·. ]*(?:第? ?[\dIVXivx]{1,4} ?页?|[-—–―－ ]*\d{1,3}[-—–―－ ]*)(?:[ /,，]*共? ?\d{1,4} ?页?)?[-—–―－~～·. ]*$`)

func pageNumber(p *page, l *line) bool {
	return inMargin(p, l) && pageNumberPattern.MatchString(l.text())
}

// A lineKey names a line by where it stands and what it says, digits aside but
// for years: the titles of two reports are no running head.
type lineKey struct {
	text string
	y    int
}

func furnitureKey(l *line) lineKey {
	text := digitsPattern.ReplaceAllStringFunc(l.text(), func(digits string) string {
		if len(digits) == 4 && (digits[:2] == "20" || digits[:2] == "19") {
			return digits
		}
		return ""
	})
	return lineKey{text, int(math.Round(l.y / 4))}
}

var digitsPattern = regexp.MustCompile(`[0-9]+`)

// dropFurniture takes page numbers and running headers out of the body.
func dropFurniture(layouts []*layout) {
	repeated := findFurniture(layouts)
	for _, l := range layouts {
		var kept []glyph
		for _, ln := range bodyLines(l.body) {
			if !repeated[furnitureKey(&ln)] && !pageNumber(l.page, &ln) {
				kept = append(kept, ln.glyphs...)
			}
		}
		l.body = kept
	}
}

// findFurniture finds lines that stand at the same place of two pages or more.
func findFurniture(layouts []*layout) map[lineKey]bool {
	counts := map[lineKey]int{}
	for _, l := range layouts {
		for _, ln := range bodyLines(l.body) {
			if inMargin(l.page, &ln) {
				counts[furnitureKey(&ln)]++
			}
		}
	}
	repeated := map[lineKey]bool{}
	for k, n := range counts {
		repeated[k] = n >= 2
	}
	return repeated
}
