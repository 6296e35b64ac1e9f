package htmltable

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"gongkai"
	"gongkai/extract"
)

// A piece is a block with where it stands in the tree.
type piece struct {
	extract.Block
	at      *html.Node // innermost block element around it
	runes   int
	linked  bool   // most of it is link text
	source  string // the paragraph as in the source, if it is one line with tabs
	labels  int    // cells of the table that hold labels of a form
	record  bool   // a table of metadata
	figures bool   // the table has a cell that is a number
}

// cut shows that the text of a paragraph may go on.
func (p *piece) cut() {
	if p.Grid != nil {
		return
	}
	p.Text += string(cutMark)
	if p.source != "" {
		p.source += string(cutMark)
	}
}

// A walker turns a tree into pieces.
type walker struct {
	numbers map[*html.Node]int // tables of the page, from 1, in document order
	sheet   *cascade           // the page's styles; nil if they do not concern us
	scan    *scan              // nil if tree and scan do not see the same tables
	hidden  bool               // show what is hidden
	veil    bool               // what is around the table at hand strikes its text or makes it faint
	room    int                // cells that may still be made
	pieces  []piece
	issues  []gongkai.Issue

	concealed int // issues about hidden text
	scripts   *scriptText

	para   strings.Builder
	links  int // bytes of link text in para
	inLink int
	level  int
	pre    bool
	at     *html.Node
	images int // pictures since the last piece
}

// walk reads the tree below body.
func walk(body *html.Node, sheet *cascade, s *scan, showHidden bool) *walker {
	w := &walker{numbers: map[*html.Node]int{}, sheet: sheet, scan: s, hidden: showHidden, room: maxCells, at: body}
	for n := range root(body).Descendants() {
		if n.Type == html.ElementNode && n.Data == "table" {
			w.numbers[n] = len(w.numbers) + 1
		}
	}
	if s != nil && len(s.tables) != len(w.numbers) {
		w.scan = nil
	}
	w.block(body)
	return w
}

func root(n *html.Node) *html.Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}

func place0(table int) gongkai.Place { return gongkai.Place{Table: table} }

// second returns the second reading of a table; nil if there is none.
func (w *walker) second(number int) *scanTable {
	if w.scan == nil || number == 0 {
		return nil
	}
	return &w.scan.tables[number-1]
}

func (w *walker) hides(n *html.Node) bool {
	if w.hidden {
		return kindOf(n.Data) == skipKind && n.Data != "template"
	}
	return kindOf(n.Data) == skipKind || hidden(n)
}

func (w *walker) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.para.WriteString(sourceText(n.Data, w.pre))
		if w.inLink > 0 {
			w.links += len(n.Data)
		}
		return
	}
	if n.Type != html.ElementNode || w.hides(n) {
		return
	}
	switch k := drawn(n); {
	case k == breakKind:
		w.para.WriteRune(brk)
	case k == tableKind && w.drawsTable(n):
		w.flush()
		w.table(n)
	case k == inlineKind:
		w.inline(n)
	default:
		w.block(n)
	}
}

func (w *walker) inline(n *html.Node) {
	m := w.mark(n)
	w.para.WriteString(m)
	w.para.WriteString(inputValue(n))
	if n.Data == "img" && large(n) {
		w.images++
	}
	if n.Data == "a" {
		w.inLink++
		defer func() { w.inLink-- }()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.para.WriteString(m)
}

func (w *walker) block(n *html.Node) {
	w.flush()
	at, level, pre := w.at, w.level, w.pre
	w.at, w.pre = n, pre || n.Data == "pre"
	if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		w.level = int(n.Data[1] - '0')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.flush()
	w.at, w.level, w.pre = at, level, pre
}

// flush ends the paragraph.
func (w *walker) flush() {
	raw, linked := w.para.String(), w.links*2 > w.para.Len()
	w.para.Reset()
	w.links = 0
	defer w.pictures()
	if raw == "" || blank(raw) {
		return
	}
	if w.pre {
		for line := range strings.SplitSeq(raw, string(brk)) {
			w.line(line, line, linked)
		}
		return
	}
	for _, line := range splitLines(raw) {
		w.line(line, raw, linked)
	}
}

// pictures notes the pictures since the last piece.
func (w *walker) pictures() {
	if n := len(w.pieces); n > 0 {
		w.pieces[n-1].Pictures += w.images
	}
	w.images = 0
}

// line adds a paragraph.
func (w *walker) line(line, source string, linked bool) {
	text := fold(line)
	if text == "" {
		return
	}
	p := piece{Block: extract.Block{Text: text, Level: w.level}, at: w.at, runes: utf8.RuneCountInString(text), linked: linked}
	if strings.ContainsRune(source, '\t') && !strings.ContainsAny(source, "\r\n"+string(brk)) {
		p.source = source
	}
	w.pieces = append(w.pieces, p)
}
