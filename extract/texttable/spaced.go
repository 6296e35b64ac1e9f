package texttable

import (
	"regexp"
	"strings"
	"unicode"
)

// A spacedLine is a line of a table whose cells are divided by spaces.
type spacedLine struct {
	words, figures []string
}

var (
	spacedFigure = regexp.MustCompile(`^(?:[+\-－]?[\d０-９][\d０-９,，.．]*|/|／|-|－|—+|无)$`)
	dateEnd      = regexp.MustCompile(`[年月号第]$`)
)

// spaced reads a run of lines of words and figures divided by spaces, from the
// words of its header to its last figure. Empty cells leave no trace there, so
// the places of figures are never certain.
func (p *parser) spaced() bool {
	lines, end := p.spacedRun()
	if len(lines) == 0 {
		return false
	}
	rows := make([][]cell, len(lines))
	for i, l := range lines {
		for _, w := range l.words {
			rows[i] = append(rows[i], cell{text: w})
		}
		for _, f := range l.figures {
			rows[i] = append(rows[i], cell{text: f, uncertain: true})
		}
	}
	p.add(rows)
	p.at = end
	return true
}

// spacedRun returns the lines of the table that begins at the line at hand, up
// to the last with figures, and where it ends. Between them may stand one empty
// line each. One figure behind words makes no table by itself: sentences and
// addresses end so too.
func (p *parser) spacedRun() (lines []spacedLine, end int) {
	if p.at < p.looked {
		return nil, p.at
	}
	var run []spacedLine
	many, single, wide := 0, 0, false
	i := p.at
	for i < len(p.lines) {
		s := fold(p.lines[i])
		if s == "" {
			next, at := p.peek(i)
			if at != i+1 || len(run) == 0 || next == "" {
				break
			}
			i = at
			continue
		}
		l, ok := spacedCells(s)
		if !ok || section(s) || strings.ContainsAny(p.lines[i], "\t|") || len(run) == 0 && len(l.figures) < 2 && !heads(l.words) {
			break
		}
		wide = wide || len(l.words) > 2 || len(l.words) > 1 && startsRow(l.words[0], nil)
		if len(l.words) == 0 && len(l.figures) == 1 && !wide {
			break // one cell on a line
		}
		run = append(run, l)
		switch len(l.figures) {
		case 0:
		case 1:
			single++
		default:
			many++
		}
		i++
		if len(l.figures) > 0 {
			lines, end = run, i
		}
	}
	if many == 0 && (single < 3 && !wide || single == 0) {
		p.looked = i
		return nil, p.at
	}
	return lines, end
}

// heads reports whether a line of words begins a table: with several names of
// columns, or with what begins a row of the header in every form.
func heads(words []string) bool {
	return len(words) > 2 || len(words) > 0 && (startsRow(words[0], nil) || tall(words[0]))
}

// spacedCells cuts a line into its words and the figures behind them. It
// reports false for sentences.
func spacedCells(s string) (spacedLine, bool) {
	if strings.ContainsAny(s, "。；") || strings.HasPrefix(s, "#") {
		return spacedLine{}, false
	}
	fields := strings.Fields(s)
	k := len(fields)
	for k > 0 && spacedFigure.MatchString(fields[k-1]) {
		k--
	}
	words := fields[:k]
	if k > 0 && dateEnd.MatchString(fields[k-1]) || len(words) > 0 && !strings.ContainsFunc(fields[k-1], isHan) {
		k, words = len(fields), fields
	}
	if k == len(fields) {
		l := spacedLine{words: columnNames(fields)}
		return l, len(l.words) > 0
	}
	if count(strings.Join(words, " ")) > 60 {
		return spacedLine{}, false
	}
	l := spacedLine{figures: fields[k:]}
	for _, w := range words {
		if n := len(l.words); n > 0 && rank(w) == 0 {
			l.words[n-1] += " " + w // a label has spaces of its own; a new one has its number
			continue
		}
		l.words = append(l.words, w)
	}
	return l, true
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// columnNames joins single characters to one name (总 计). It returns nil if a
// name is too long for one.
func columnNames(fields []string) []string {
	var names []string
	single := false
	for _, f := range fields {
		switch n := count(f); {
		case n > 40:
			return nil
		case n == 1 && single:
			names[len(names)-1] += f
		default:
			names = append(names, f)
			single = n == 1
		}
	}
	return names
}
