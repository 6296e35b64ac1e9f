package texttable

import (
	"strings"
)

// A token is a cell of a flattened table, or the end of a row.
type token struct {
	text string
	end  bool
}

// cellTokens reads lines with one cell each. A bar ends a cell; a bar with no
// cell before it is an empty cell; bars without anything between them stand
// for covered places and end the row.
func cellTokens(lines []string) []token {
	var tokens []token
	pending, open := "", false
	put := func() {
		tokens = append(tokens, token{text: unescape(fold(pending))})
		pending, open = "", false
	}
	for _, line := range lines {
		if !strings.Contains(line, "|") {
			pending, open = pending+" "+line, true
			continue
		}
		rest, covered := trimCovered(line)
		switch {
		case covered == 0 && strings.Trim(line, "|") == "" && len(line) > 1:
			covered, rest = len(line), "" // "|||" on a line of its own
			if open {
				put()
			}
		case rest == "" && covered > 0 && line[0] == '|' && line[1] == '|':
			if open {
				put()
			}
		default:
			for f := range strings.SplitSeq(rest, "|") {
				pending, open = pending+" "+f, true
				put()
			}
		}
		if covered > 0 {
			tokens = append(tokens, token{end: true})
		}
	}
	if open {
		put()
	}
	return tokens
}

// bare reads a table with one cell on each line and no bars at all: short
// lines, many of which are figures.
func (p *parser) bare() bool {
	if p.at < p.tried {
		return false
	}
	var texts []string
	var at []int
	i := p.at
	for ; i < len(p.lines); i++ {
		s := fold(p.lines[i])
		if s == "" {
			continue
		}
		if section(s) || count(s) > 60 || strings.ContainsAny(s, "。；|#") || strings.Contains(p.lines[i], "\t") {
			break
		}
		texts, at = append(texts, s), append(at, i)
	}
	p.tried = i
	figures, first, last := 0, -1, -1
	for k, s := range texts {
		if figure(s) {
			figures++
			last = k
			if first < 0 {
				first = k
			}
		}
	}
	if figures < 4 || figures*3 < last-max(first, 0)+1 {
		return false
	}
	start := max(first-1, 0)
	for k := range start {
		if startsRow(texts[k], nil) || tall(texts[k]) {
			start = k
			break
		}
	}
	for _, s := range texts[:start] {
		p.lines[p.at] = s
		p.prose()
	}
	tokens := make([]token, 0, last-start+1)
	for _, s := range texts[start : last+1] {
		tokens = append(tokens, token{text: s})
	}
	p.add(rebuild(tokens))
	p.at = at[last] + 1
	return true
}

// rebuild puts cells in rows again. A row begins with a label: where a label
// follows figures, or where its wording begins a row in every form.
func rebuild(tokens []token) [][]cell {
	var rows [][]string
	var row []string
	end := func() {
		if len(row) > 0 {
			rows = append(rows, parts(row)...)
		}
		row = nil
	}
	for _, t := range tokens {
		if t.end {
			end()
			continue
		}
		if !figure(t.text) && len(row) > 0 && (figure(row[len(row)-1]) || startsRow(t.text, row)) {
			end()
		}
		row = append(row, t.text)
	}
	end()
	return judged(rows)
}

// startsRow reports whether a label begins a row although no figure stands
// before it; row holds the labels before it.
func startsRow(text string, row []string) bool {
	s := squeeze(text)
	last := ""
	if len(row) > 0 {
		last = squeeze(row[len(row)-1])
	}
	for _, head := range [...]string{"第二十条", "信息内容", "行政复议", "（本列", "(本列"} {
		if strings.HasPrefix(s, head) {
			return true
		}
	}
	switch {
	case strings.HasPrefix(s, "结果维持"):
		return last != "总计"
	case strings.HasPrefix(s, "自然人"):
		return !tall(last)
	case strings.HasPrefix(s, "商业"):
		return last == "总计" // else the header has an order of its own: one row shows that
	}
	if r := rank(s); r > 0 {
		above := rank(last)
		return above == 0 || above >= r
	}
	return false
}

// tall reports whether a label stands in the first of the two lines of the
// header of applicants.
func tall(s string) bool {
	return s == "总计" || strings.HasPrefix(s, "自然人") || strings.HasPrefix(s, "法人")
}

// parts cuts a header off the row that was joined to it because no figure
// stands between them.
func parts(row []string) [][]string {
	labels := 0
	for labels < len(row) && !figure(row[labels]) {
		labels++
	}
	if labels == len(row) || labels < 2 {
		return [][]string{row}
	}
	figures := strings.Join(row[labels:], "")
	switch {
	case squeeze(row[0]) == "信息内容" && (figures != "" || len(row) == 2*labels-2):
		return [][]string{row[:labels-1], row[labels-1:]}
	case squeeze(row[labels-1]) == "总计" && rank(row[0]) == 0:
		return [][]string{row[:labels], row[labels:]}
	}
	return [][]string{row}
}

// judged makes cells. Figures are certain only where their number is the one
// that the header above asks for.
func judged(rows [][]string) [][]cell {
	out := make([][]cell, len(rows))
	want := 0 // figures in a row; 0 if unknown
	for r, row := range rows {
		labels, all := 0, strings.Join(row, "")
		for labels < len(row) && !figure(row[labels]) {
			labels++
		}
		figures := len(row) - labels
		switch {
		case labels > 0 && squeeze(row[0]) == "信息内容":
			want = len(row) - 1
		case strings.Contains(all, "自然人"):
			want = 7
		case strings.Contains(all, "结果维持"):
			want = 15
		}
		for figures > want && figures > 0 && row[labels+figures-1] == "" {
			figures-- // an empty column at the end
		}
		for i, text := range row {
			out[r] = append(out[r], cell{text: text, uncertain: i >= labels && figures != want})
		}
	}
	return out
}
