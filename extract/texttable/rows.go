package texttable

import (
	"regexp"
	"strings"
)

// tabs reads a run of lines with tabs. Lines that are only indented are not a
// table: some line must have two cells.
func (p *parser) tabs() bool {
	end, table := p.at, false
	for end < len(p.lines) && strings.Contains(p.lines[end], "\t") {
		filled := 0
		for f := range strings.SplitSeq(p.lines[end], "\t") {
			if fold(f) != "" {
				filled++
			}
		}
		table = table || filled > 1
		end++
	}
	if !table {
		return false
	}
	var rows [][]cell
	for _, line := range p.lines[p.at:end] {
		rows = append(rows, twice(split(line, "\t"), splitFromRight(line, "\t")))
	}
	p.add(rows)
	p.at = end
	return true
}

func split(line, sep string) []string {
	parts := strings.Split(line, sep)
	for i := range parts {
		parts[i] = fold(parts[i])
	}
	return parts
}

// splitFromRight reads the cells of a line from its end: the figures first.
func splitFromRight(line, sep string) []string {
	var parts []string
	for {
		i := strings.LastIndex(line, sep)
		parts = append(parts, fold(line[i+1:]))
		if i < 0 {
			break
		}
		line = line[:i]
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return parts
}

// twice makes cells of the first reading with the second beside it, matched
// from the right.
func twice(first, second []string) []cell {
	cells := make([]cell, len(first))
	for i := range first {
		cells[i].text = first[i]
		if j := len(second) - len(first) + i; j >= 0 {
			cells[i].second, cells[i].confirmed = second[j], true
		}
	}
	return cells
}

var (
	barReplacer   = strings.NewReplacer("｜", "|", "│", "|", "┃", "|", "║", "|")
	borderPattern = regexp.MustCompile(`^[\s|+:=_\-─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝]*[\-─━═=_]{2,}[\s|+:=_\-─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝]*$`)
	escapedBar    = "\uFDD0" // no character of any text
)

// barLine returns a line with all kinds of bars as "|"; escaped bars are kept
// out of the way.
func barLine(line string) string {
	return strings.ReplaceAll(barReplacer.Replace(fold(line)), `\|`, escapedBar)
}

func unescape(s string) string { return strings.ReplaceAll(s, escapedBar, "|") }

// filled counts the cells of a line of bars that hold text.
func filled(line string) int {
	n := 0
	for f := range strings.SplitSeq(line, "|") {
		if fold(f) != "" {
			n++
		}
	}
	return n
}

// bars reads a table drawn with bars: one row on a line, or one cell.
func (p *parser) bars() bool {
	lines, end := p.barRegion()
	if len(lines) == 0 {
		return false
	}
	rows, figures := 0, 0
	for _, line := range lines {
		if filled(line) > 1 || borderPattern.MatchString(line) {
			rows++
		}
		for f := range strings.SplitSeq(line, "|") {
			if f = fold(f); f != "" && figure(f) {
				figures++
			}
		}
	}
	if len(lines) == 1 && figures == 0 {
		return false // 首页 | 政务公开 | 年报
	}
	if rows*4 >= len(lines) {
		p.add(barRows(lines))
	} else {
		p.add(rebuild(cellTokens(lines)))
	}
	p.at = end
	return true
}

// barRegion returns the lines of the table that begins at the line at hand,
// and where it ends. Inside tables with a cell on each line there are empty
// lines and lines without a bar; a section heading ends any table.
func (p *parser) barRegion() (lines []string, end int) {
	i, byRow := p.at, false
	for i < len(p.lines) {
		line := barLine(p.lines[i])
		next, at := p.peek(i + 1)
		next = barLine(next)
		switch {
		case line == "":
			if byRow || len(lines) == 0 || !(strings.Contains(next, "|") || p.bareBar(at+1)) {
				return lines, i
			}
			i = at - 1
		case strings.Contains(line, "|"):
			byRow = byRow || filled(line) > 1
			lines = append(lines, line)
		case section(line) || count(line) > 80:
			return lines, i
		case borderPattern.MatchString(line) && (len(lines) > 0 || strings.Contains(next, "|")):
			lines = append(lines, line)
		case bareBars(next) && (len(lines) > 0 || next == "|"):
			lines = append(lines, line)
		case len(lines) > 0 && at == i+1 && strings.Contains(next, "|") && !strings.ContainsAny(line, "。；"):
			lines = append(lines, line) // a cell of two lines
		default:
			return lines, i
		}
		i++
	}
	return lines, i
}

// bareBar reports whether the first line from i on is nothing but bars.
func (p *parser) bareBar(i int) bool {
	next, _ := p.peek(i)
	return bareBars(barLine(next))
}

func bareBars(line string) bool { return line != "" && strings.Trim(line, "| ") == "" }

// barRows reads lines with one row each.
func barRows(lines []string) [][]cell {
	lines = wholeRows(lines)
	leading := true // every row begins with a bar: it is the border
	for _, line := range lines {
		leading = leading && strings.HasPrefix(line, "|")
	}
	rows := make([][]cell, 0, len(lines))
	for _, line := range lines {
		if leading {
			line = line[1:]
		}
		line, _ = trimCovered(line)
		rows = append(rows, unescaped(twice(split(line, "|"), splitFromRight(line, "|"))))
	}
	return rows
}

func unescaped(cells []cell) []cell {
	for i := range cells {
		cells[i].text, cells[i].second = unescape(cells[i].text), unescape(cells[i].second)
	}
	return cells
}

// wholeRows drops borders and joins rows that were broken inside a cell: where
// rows end with a bar, a line without one goes on.
func wholeRows(lines []string) []string {
	closed := 0
	for _, line := range lines {
		if strings.HasSuffix(line, "|") {
			closed++
		}
	}
	var rows []string
	open := false
	for _, line := range lines {
		if borderPattern.MatchString(line) {
			open = false
			continue
		}
		if open {
			rows[len(rows)-1] += " " + line
		} else {
			rows = append(rows, line)
		}
		open = closed*5 >= len(lines)*4 && !strings.HasSuffix(line, "|")
	}
	return rows
}

// coveredPattern matches what flattening writes for the places that a merged
// cell covers: bars without anything between them behind the bar that ends the
// last cell. They stand at the end of the row, wherever the merged cell was.
var coveredPattern = regexp.MustCompile(`\|(?: (\|+)|(\|{2,}))$`)

// trimCovered takes the closing bar and the covered places off a row. A single
// bar behind a blank is a cell that is empty.
func trimCovered(line string) (string, int) {
	if m := coveredPattern.FindStringSubmatchIndex(line); m != nil {
		n := m[1] - m[0] - 1
		if m[2] >= 0 {
			n = m[3] - m[2]
		}
		if n > 1 {
			return line[:m[0]], n
		}
	}
	return strings.TrimSuffix(line, "|"), 0
}
