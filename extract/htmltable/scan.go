package htmltable

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai"
)

// A scan is the second reading of a page: its tags in sequence, without a
// tree, without spans and without repairs. It also measures what the parser
// is going to meet.
type scan struct {
	tables   []scanTable // in the order of their start tags, nested ones too
	tags     int
	copies   int  // formatting elements that a parser would have to copy
	strayRow bool // a <tr> outside any table
	loose    []looseText
	cut      int  // number of the table that the page ends in; 0 if none
	opened   bool // <html> or <body> was met
	closed   bool // and its end
	tail     bool // text outside tables stands behind the last tag of a block
}

// A looseText stands in a table but in none of its cells. Browsers show it
// above the table.
type looseText struct {
	table int
	text  string
}

const maxLoose = 20

// issues names the texts that stand in the given tables but not in cells, and
// a page without its end.
func (s *scan) issues(tables map[int]bool) []gongkai.Issue {
	var list []gongkai.Issue
	switch {
	case tables[s.cut]:
		list = append(list, gongkai.Issue{
			Code: gongkai.IssueLayout, Place: gongkai.Place{Table: s.cut},
			Detail: fmt.Sprintf("the page ends inside table %d: it may have been cut", s.cut),
		})
	case s.opened && !s.closed:
		list = append(list, gongkai.Issue{
			Code: gongkai.IssueLayout, Detail: "the page ends without </body> and </html>: it may have been cut",
		})
	}
	for _, l := range s.loose {
		if tables[l.table] {
			list = append(list, gongkai.Issue{
				Code: gongkai.IssueLayout, Place: gongkai.Place{Table: l.table},
				Detail: fmt.Sprintf("%q stands in table %d but in none of its cells", l.text, l.table),
			})
		}
	}
	return list
}

// A scanTable holds the texts of the cells of each row, as far as shown.
type scanTable struct{ rows [][]string }

// heavy reports whether unclosed formatting would swamp the parser.
func (s *scan) heavy() bool { return s.copies > 100_000 }

// An openTable is a table whose end tag was not met yet.
type openTable struct {
	index                 int
	inRow, inCell         bool
	rowHidden, cellHidden bool
	text                  strings.Builder
	all                   strings.Builder // the texts of its cells, for the cell it stands in
	formats               int             // formatting elements open where the cell began
}

type scanner struct {
	scan
	z       *html.Tokenizer
	show    bool // show what is hidden
	lower   []byte
	open    []*openTable
	formats int
	pre     int
	caption bool
	mute    string // name of the hidden element we are in
	muted   int    // its depth
	muteAt  int    // tables open where it began
}

// scanPage reads a page; with showHidden as if nothing were hidden.
func scanPage(text string, showHidden bool) *scan {
	s := &scanner{z: html.NewTokenizer(strings.NewReader(text)), show: showHidden}
	for {
		switch s.z.Next() {
		case html.ErrorToken:
			s.ends()
			return &s.scan
		case html.TextToken:
			s.text()
		case html.StartTagToken, html.SelfClosingTagToken:
			s.start()
		case html.EndTagToken:
			name, _ := s.z.TagName()
			s.end(tagName(name))
		}
	}
}

// cutMark stands for what may be missing where a page ends inside a cell. It
// makes the two readings of the cell differ.
const cutMark = '\uFFFD'

// cutText reports whether the page ends in the middle of a paragraph.
func (s *scan) cutText() bool { return s.opened && !s.closed && s.tail }

// ends closes what is open at the end of the page.
func (s *scanner) ends() {
	if t := s.top(); t != nil {
		s.cut = t.index + 1
	}
	for t := s.top(); t != nil; t = s.top() {
		if t.inCell {
			t.text.WriteRune(cutMark)
		}
		s.endTable()
	}
}

// top returns the innermost open table; nil outside tables.
func (s *scanner) top() *openTable {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

func (s *scanner) text() {
	if s.mute != "" {
		return
	}
	t, text := s.top(), string(s.z.Text())
	if t == nil {
		s.tail = s.tail || !blank(text)
		return
	}
	switch {
	case t.inCell:
		t.text.WriteString(sourceText(text, s.pre > 0))
	case len(s.loose) < maxLoose && !s.caption && !blank(text):
		s.loose = append(s.loose, looseText{table: t.index + 1, text: fold(text)})
	}
}

func (s *scanner) mark() {
	if t := s.top(); t != nil && t.inCell && s.mute == "" {
		t.text.WriteRune(brk)
	}
}

// raise marks the bounds of raised and lowered text.
func (s *scanner) raise(name string) {
	if name != "sup" && name != "sub" && name != "small" {
		return
	}
	if t := s.top(); t != nil && t.inCell && s.mute == "" {
		t.text.WriteRune(raised)
	}
}

func (s *scanner) start() {
	s.tags++
	maybeHidden := s.mayHide(s.z.Raw())
	nameBytes, more := s.z.TagName()
	name := tagName(nameBytes)
	isHidden, value, typ := false, "", ""
	for more && (maybeHidden || name == "input") {
		var key, val []byte
		key, val, more = s.z.TagAttr()
		isHidden = isHidden || !s.show && hides(string(key), string(val))
		switch string(key) {
		case "value":
			value = string(val)
		case "type":
			typ = string(val)
		}
	}
	k := kindOf(name)
	s.opened = s.opened || name == "html" || name == "body"
	if s.show && name == "template" {
		k = blockKind
	}
	if s.mute == "p" && (k == blockKind || k == tableKind) {
		s.mute = ""
	}
	s.count(name, k)
	s.tail = s.tail && k == inlineKind
	switch k {
	case tableKind:
		s.startTable()
	case rowKind:
		s.startRow(isHidden)
		return
	case cellKind:
		s.startCell(isHidden)
		return
	case groupKind:
		s.endRow()
	case blockKind, breakKind:
		s.mark()
	case captionKind:
		s.caption = true
	}
	s.raise(name)
	if name == "pre" {
		s.pre++
	}
	if name == "input" && !isHidden && shownInput(typ) {
		if t := s.top(); t != nil && t.inCell && s.mute == "" {
			t.text.WriteString(value)
		}
	}
	switch {
	case s.mute == name:
		s.muted++
	case s.mute == "" && !void(name) && (isHidden || k == skipKind && name != "head"):
		s.mute, s.muted, s.muteAt = name, 1, len(s.open)
		if k == tableKind {
			s.muteAt-- // its own cells do not end it
		}
	}
}

// mayHide reports whether the attributes of a tag are worth a closer look.
func (s *scanner) mayHide(tag []byte) bool {
	if bytes.IndexByte(tag, ' ') < 0 && bytes.IndexByte(tag, '\n') < 0 && bytes.IndexByte(tag, '\t') < 0 && bytes.IndexByte(tag, '/') < 0 {
		return false
	}
	s.lower = append(s.lower[:0], tag...)
	for i, c := range s.lower {
		if c >= 'A' && c <= 'Z' {
			s.lower[i] = c + 'a' - 'A'
		}
	}
	if bytes.Contains(s.lower, []byte("style")) {
		for _, word := range [...]string{"indent", "absolute", "fixed", "clip", "scale(0", "overflow"} {
			if bytes.Contains(s.lower, []byte(word)) {
				return true
			}
		}
	}
	return bytes.Contains(s.lower, []byte("display")) || bytes.Contains(s.lower, []byte("hid")) || bytes.Contains(s.lower, []byte("visib")) ||
		bytes.IndexByte(s.lower, '&') >= 0
}

// tagName returns a name without allocating for the known ones.
func tagName(name []byte) string {
	if a := atom.Lookup(name); a != 0 {
		return a.String()
	}
	return string(name)
}

// count estimates how many open formatting elements a parser would copy.
func (s *scanner) count(name string, k kind) {
	switch {
	case formats(name):
		s.formats++
	case k == blockKind:
		s.copies += max(0, s.formats-4)
	}
}

func (s *scanner) end(name string) {
	if s.mute == name {
		if s.muted--; s.muted == 0 {
			s.mute = ""
		}
	}
	s.closed = s.closed || name == "html" || name == "body"
	s.tail = s.tail && kindOf(name) == inlineKind
	switch kindOf(name) {
	case tableKind:
		s.endTable()
	case rowKind, groupKind:
		s.endRow()
	case cellKind:
		s.endCell()
	case captionKind:
		s.caption = false
	case blockKind:
		s.mark()
	}
	s.raise(name)
	if formats(name) {
		s.formats = max(0, s.formats-1)
	}
	if name == "pre" {
		s.pre = max(0, s.pre-1)
	}
}

func (s *scanner) startTable() {
	if t := s.top(); t != nil && !t.inCell {
		s.endTable() // a table directly in a table ends it
	}
	s.tables = append(s.tables, scanTable{})
	s.open = append(s.open, &openTable{index: len(s.tables) - 1})
}

func (s *scanner) endTable() {
	if len(s.open) == 0 {
		return
	}
	s.endRow()
	inner := s.top()
	s.open = s.open[:len(s.open)-1]
	s.unmute()
	if t := s.top(); t != nil && t.inCell && s.mute == "" {
		t.text.WriteString(inner.all.String())
	}
}

// unmute ends a hidden element that the end of a cell or table closes.
func (s *scanner) unmute() {
	if s.mute != "" && len(s.open) <= s.muteAt {
		s.mute = ""
	}
}

func (s *scanner) startRow(hidden bool) {
	s.caption = false
	t := s.top()
	if t == nil {
		s.strayRow = true
		return
	}
	s.endRow()
	t.inRow, t.rowHidden = true, hidden
	if !hidden {
		rows := &s.tables[t.index].rows
		*rows = append(*rows, nil)
	}
}

func (s *scanner) endRow() {
	if t := s.top(); t != nil {
		s.endCell()
		t.inRow = false
	}
}

func (s *scanner) startCell(hidden bool) {
	t := s.top()
	if t == nil {
		return
	}
	if !t.inRow {
		s.startRow(false)
	}
	s.endCell()
	t.inCell, t.cellHidden, t.formats = true, hidden, s.formats
	t.text.Reset()
}

func (s *scanner) endCell() {
	t := s.top()
	if t == nil || !t.inCell {
		return
	}
	t.inCell = false
	s.formats = t.formats
	s.unmute()
	if !t.cellHidden && !t.rowHidden {
		rows, text := s.tables[t.index].rows, fold(t.text.String())
		rows[len(rows)-1] = append(rows[len(rows)-1], text)
		if t.all.Len() < maxNested {
			t.all.WriteRune(brk)
			t.all.WriteString(text[:min(len(text), maxNested)])
			t.all.WriteRune(brk)
		}
	}
}

func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// wrapRows puts a table around rows that stand outside one.
func wrapRows(text string) string {
	var b strings.Builder
	depth, wrapped := 0, false
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		typ := z.Next()
		if typ == html.ErrorToken {
			return b.String()
		}
		raw := string(z.Raw())
		if typ == html.StartTagToken || typ == html.EndTagToken {
			name, _ := z.TagName()
			switch k := kindOf(string(name)); {
			case k == tableKind && typ == html.StartTagToken:
				depth++
			case k == tableKind && depth > 0:
				depth--
			case k == rowKind && typ == html.StartTagToken && depth == 0 && !wrapped:
				b.WriteString("<table>")
				wrapped = true
			case k == blockKind && depth == 0 && wrapped && string(name) != "p" && typ == html.EndTagToken:
				b.WriteString("</table>")
				wrapped = false
			}
		}
		b.WriteString(raw)
	}
}
