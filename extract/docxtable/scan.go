package docxtable

import (
	"bytes"
	"html"
	"strings"
)

// A scanner is the second reading of the main part: the tags in sequence,
// without an XML decoder and without merging. It knows the usual prefix "w";
// a part that uses another has no second reading.
type scanner struct {
	tables [][][]string // table, row, cell
	open   []*openTable
	skip   string // element whose content is left out
	depth  int    // of skip
	run    bool
	hidden bool // the run is hidden
	raised bool // or raised
	styles styles
	// Style ids of the run, its paragraph and its tables; what the run itself
	// says of being hidden.
	character, paragraph string
	tableStyles          []string
	own                  *bool
	rowPr                bool // in the properties of a row
	text                 bool // in w:t
	fields               []bool
}

type openTable struct {
	index int
	cells []string
	cell  strings.Builder
	in    bool // in a cell
	join  bool // the cell goes on with the one to its left
	drop  bool // the cell is deleted
	gone  bool // the row is deleted or hidden
}

func (t *openTable) endCell() {
	text := fold(t.cell.String())
	t.in = false
	switch last := len(t.cells) - 1; {
	case t.drop:
	case t.join && last >= 0:
		t.cells[last] = fold(t.cells[last] + " " + text)
	default:
		t.cells = append(t.cells, text)
	}
}

// scan returns the texts of all cells by table and row.
func scan(part []byte, styles styles) [][][]string {
	s := &scanner{styles: styles}
	for len(part) > 0 {
		lt := bytes.IndexByte(part, '<')
		if lt < 0 {
			break
		}
		if s.text {
			s.write(html.UnescapeString(string(part[:lt])))
		}
		part = part[lt+1:]
		gt := bytes.IndexByte(part, '>')
		if gt < 0 {
			break
		}
		tag := part[:gt]
		part = part[gt+1:]
		if rest, ok := bytes.CutPrefix(tag, []byte("/")); ok {
			s.end(string(bytes.TrimSpace(rest)))
			continue
		}
		tag, closed := bytes.CutSuffix(tag, []byte("/"))
		name := tag
		if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
			name = tag[:i]
		}
		s.start(string(name), string(tag), closed)
	}
	return s.tables
}

func (s *scanner) top() *openTable {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

func (s *scanner) write(text string) {
	code := len(s.fields) > 0 && s.fields[len(s.fields)-1]
	if t := s.top(); t != nil && t.in && s.skip == "" && !s.hidden && !code {
		if s.raised {
			text = string(raised) + text + string(raised)
		}
		t.cell.WriteString(text)
	}
}

// settle finds out whether the run is hidden.
func (s *scanner) settle() {
	table := ""
	if n := len(s.tableStyles); n > 0 {
		table = s.tableStyles[n-1]
	}
	l := s.styles.look(face{hidden: s.own}, s.character, s.paragraph, table)
	s.hidden, s.raised = l.hidden, l.raised || s.raised
}

// valOf returns the value of a tag.
func valOf(tag string) string {
	_, v, _ := strings.Cut(tag, `val="`)
	v, _, _ = strings.Cut(v, `"`)
	return v
}

// include adds the text of a table to that of the cell it stands in.
func (s *scanner) include(rows [][]string) {
	for size, r := 0, 0; r < len(rows) && size < maxNested; r++ {
		text := strings.Join(rows[r], " ")
		size += len(text)
		s.write(text + " ")
	}
}

func (s *scanner) start(name, tag string, closed bool) {
	if s.skip != "" {
		if name == s.skip && !closed {
			s.depth++
		}
		return
	}
	off := strings.Contains(tag, `val="0"`) || strings.Contains(tag, `val="false"`)
	switch name {
	case "w:tbl":
		s.tables = append(s.tables, nil)
		s.open = append(s.open, &openTable{index: len(s.tables) - 1})
		s.tableStyles = append(s.tableStyles, "")
	case "w:tblStyle":
		if n := len(s.tableStyles); n > 0 {
			s.tableStyles[n-1] = valOf(tag)
		}
	case "w:p":
		s.paragraph = ""
	case "w:pStyle":
		s.paragraph = valOf(tag)
	case "w:rStyle":
		s.character = valOf(tag)
		if s.run {
			s.settle()
		}
	case "w:vertAlign":
		s.raised = s.run && valOf(tag) != "baseline"
	case "w:tr":
		if t := s.top(); t != nil {
			t.cells, t.gone = nil, false
		}
	case "w:tc":
		if t := s.top(); t != nil {
			t.in, t.join, t.drop = true, false, false
			t.cell.Reset()
		}
	case "w:hMerge", "w:cellDel":
		if t := s.top(); t != nil && t.in {
			t.join = t.join || name == "w:hMerge" && !strings.Contains(tag, "restart")
			t.drop = t.drop || name == "w:cellDel"
		}
	case "w:trPr":
		s.rowPr = !closed
	case "w:hidden", "w:del":
		if t := s.top(); t != nil && s.rowPr {
			t.gone = t.gone || !off
		} else if name == "w:del" && !closed {
			s.skip, s.depth = name, 1
		}
	case "w:moveFrom", "mc:Fallback", "w:rt":
		if !closed {
			s.skip, s.depth = name, 1
		}
	case "w:r":
		s.run, s.character, s.own, s.raised = !closed, "", nil, false
		s.settle()
	case "w:vanish":
		if s.run {
			shown := !off
			s.own = &shown
			s.settle()
		}
	case "w:t":
		s.text = !closed
	case "w:tab", "w:br", "w:cr", "w:ptab":
		s.write(" ")
	case "w:noBreakHyphen":
		s.write("-")
	case "w:fldChar":
		s.field(tag)
	}
}

func (s *scanner) field(tag string) {
	last := len(s.fields) - 1
	switch {
	case strings.Contains(tag, `"begin"`):
		s.fields = append(s.fields, true)
	case strings.Contains(tag, `"separate"`) && last >= 0:
		s.fields[last] = false
	case strings.Contains(tag, `"end"`) && last >= 0:
		s.fields = s.fields[:last]
	}
}

func (s *scanner) end(name string) {
	if s.skip != "" {
		if name == s.skip {
			if s.depth--; s.depth == 0 {
				s.skip = ""
			}
		}
		return
	}
	t := s.top()
	switch name {
	case "w:t":
		s.text = false
	case "w:p":
		s.write(" ")
	case "w:r":
		s.run, s.hidden, s.raised = false, false, false
	case "w:trPr":
		s.rowPr = false
	case "w:tc":
		if t != nil {
			t.endCell()
		}
	case "w:tr":
		if t != nil && !t.gone {
			s.tables[t.index] = append(s.tables[t.index], t.cells)
		}
	case "w:tbl":
		if t != nil {
			s.open = s.open[:len(s.open)-1]
			s.tableStyles = s.tableStyles[:len(s.tableStyles)-1]
			s.include(s.tables[t.index])
		}
	}
}
