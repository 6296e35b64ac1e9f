package pdftable

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"gongkai"
)

// A streamLine is a line of body text cut into tokens.
type streamLine struct {
	line
	tokens  []token
	figures int // tokens that are figures
}

// A region is a run of lines that hold a table without rules.
type region []streamLine

var headingPattern = regexp.MustCompile(`^(?:[一二三四五六七八九]、|第[一二三四五六七八九]部分)`)

// regions finds runs of lines with figures in columns. Prose, section headings
// and ruled tables end a run.
func (l *layout) regions() []region {
	all := l.streamLines()
	var found []region
	for start := 0; start < len(all); {
		if l.breaks(all, start) {
			start++
			continue
		}
		end, seeds := start, 0
		for end < len(all) && !l.breaks(all, end) && (end == start || !l.tableBetween(&all[end-1], &all[end])) {
			if all[end].seed() {
				seeds++
			}
			end++
		}
		if seeds > 0 {
			r := trimRegion(all[start:end])
			r.track()
			r.level()
			found = append(found, r.split()...)
		}
		start = end
	}
	return found
}

func (l *layout) streamLines() []streamLine {
	var all []streamLine
	for _, ln := range bodyLines(l.body) {
		all = append(all, newStreamLine(ln))
	}
	return all
}

func newStreamLine(l line) streamLine {
	s := streamLine{line: l, tokens: l.tokens()}
	s.count()
	if s.figures >= 3 {
		s.tokens = partLabels(s.tokens)
		s.count()
	}
	return s
}

func (s *streamLine) count() {
	s.figures = 0
	for _, t := range s.tokens {
		if figure(t.text) {
			s.figures++
		}
	}
}

// labelGap is the gap, in ems, that parts a label from the figure right behind
// it in a row of figures.
const labelGap = 0.12

// partLabels cuts tokens where a figure follows a word closely.
func partLabels(tokens []token) []token {
	var all []token
	for _, t := range tokens {
		start := 0
		for i := 1; i < len(t.glyphs); i++ {
			a, b := &t.glyphs[i-1], &t.glyphs[i]
			if !plain(a.r) && unicode.IsDigit(b.r) && b.box.X0-a.box.X1 > labelGap*min(a.size(), b.size()) {
				all = append(all, newToken(t.glyphs[start:i], t.y))
				start = i
			}
		}
		all = append(all, newToken(t.glyphs[start:], t.y))
	}
	return all
}

func newToken(glyphs []glyph, y float64) token {
	part := line{glyphs: glyphs}
	t := token{glyphs: glyphs, y: y, text: part.text()}
	for i := range glyphs {
		t.box = union(t.box, glyphs[i].box)
	}
	return t
}

// level gives all glyphs of a line the same height: fonts that stand in for
// others have boxes of their own, which would reach into the next row.
func (r region) level() {
	for i := range r {
		l := r[i].line
		l.glyphs = slices.Clone(l.glyphs)
		l.box = gongkai.Box{}
		for k := range l.glyphs {
			g := &l.glyphs[k]
			g.box.Y0, g.box.Y1 = l.y-0.86*l.em, l.y+0.14*l.em
			l.box = union(l.box, g.box)
		}
		r[i] = newStreamLine(l)
	}
}

// seed holds for lines that only a table has: three figures apart, or a label
// and a figure far to the right of it.
func (s *streamLine) seed() bool {
	if s.figures >= 3 {
		return true
	}
	n := len(s.tokens)
	return s.figures >= 1 && n >= 2 && n <= 4 && figure(s.tokens[n-1].text) &&
		s.tokens[n-1].box.X0-s.tokens[n-2].box.X1 > 2*s.em
}

// breaks reports whether line i is prose or a section heading.
func (l *layout) breaks(all []streamLine, i int) bool {
	s := &all[i]
	if s.figures > 1 {
		return false
	}
	text := s.text()
	if s.longestWord() > 0.6*l.page.width || strings.HasSuffix(text, "。") {
		return true
	}
	return len(s.tokens) == 1 && headingPattern.MatchString(text) && !besideFigures(all, i)
}

// longestWord is the width of the longest run without a gap.
func (s *streamLine) longestWord() float64 {
	longest := 0.0
	for _, w := range (region{*s}).words() {
		longest = max(longest, w.to-w.from)
	}
	return longest
}

// besideFigures reports whether figures stand level with line i or with the
// next line of the same label: then it is a row's label, not a heading.
func besideFigures(all []streamLine, i int) bool {
	for j := max(0, i-2); j <= min(len(all)-1, i+2); j++ {
		d := all[j].y - all[i].y
		if j != i && all[j].figures > 0 && d < 1.6*all[i].em && d > -1.6*all[i].em {
			return true
		}
	}
	return false
}

func (l *layout) tableBetween(a, b *streamLine) bool {
	for _, t := range l.tables {
		if t.box.Y0 >= a.box.Y0 && t.box.Y1 <= b.box.Y1 {
			return true
		}
	}
	return false
}

// trimRegion drops single words above the table, such as its title, as far as
// they stand apart from it.
func trimRegion(r region) region {
	for len(r) > 1 && len(r[0].tokens) == 1 && r[1].y-r[0].y > 2.2*r[0].em {
		r = r[1:]
	}
	return r
}

func (r region) box() gongkai.Box {
	var b gongkai.Box
	for i := range r {
		b = union(b, r[i].box)
	}
	return b
}
