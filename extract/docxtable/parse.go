package docxtable

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gongkai/extract"
)

const (
	maxDepth  = 1000      // nested elements
	maxTokens = 4_000_000 // tags and texts; a report has some 10,000
	maxJoined = 64 << 10  // bytes of a paragraph whose end marks are deleted
	brk       = '\u2028'
)

// A node is a paragraph or a table, in the order of the document.
type node struct {
	text     string // the paragraph; brk where a line ends
	level    int    // heading level; 0 if none
	numbered bool   // text begins with an automatic number
	joined   bool   // its end mark is deleted: the next paragraph goes on
	table    *table
}

// A parser reads the main part. Deleted and hidden text and field codes are
// left out; inserted text and field results are kept; of alternative contents
// the first is taken.
type parser struct {
	ctx    context.Context
	dec    *xml.Decoder
	styles styles
	// Of the paragraph, table and cell being read: style ids, and the colour
	// the cell is painted with. Text with digits that is hidden is kept.
	paragraphStyle, tableStyle, fill string
	concealed                        []string
	digits                           float64 // size of the last digits of the paragraph
	lists                            *lists
	depth                            int
	tokens                           int
	tables                           int      // met so far
	fields                           []bool   // open fields; true while in the code
	boxes                            [][]node // text boxes of the paragraph being read
	images                           int
	odd                              []string
}

func newParser(ctx context.Context, part []byte) *parser {
	return &parser{ctx: ctx, dec: xml.NewDecoder(bytes.NewReader(part))}
}

// document reads the whole part.
func (p *parser) document() ([]node, error) {
	var nodes []node
	for {
		t, err := p.dec.Token()
		if errors.Is(err, io.EOF) {
			return nodes, nil
		}
		if err != nil {
			return nil, damaged(err)
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := p.blocks(e, &nodes); err != nil {
				return nil, err
			}
		}
	}
}

func damaged(err error) error { return fmt.Errorf("%w: %w", extract.ErrDamaged, err) }

// each calls f for every child element of the element whose start tag was
// read last. f must read the child to its end.
func (p *parser) each(f func(xml.StartElement) error, text func(string)) error {
	if p.depth++; p.depth > maxDepth {
		return fmt.Errorf("%w: elements nested more than %d deep", extract.ErrLimit, maxDepth)
	}
	defer func() { p.depth-- }()
	for {
		if p.tokens++; p.tokens > maxTokens {
			return fmt.Errorf("%w: more than %d tags and texts", extract.ErrLimit, maxTokens)
		}
		if p.tokens%4096 == 0 && p.ctx.Err() != nil {
			return fmt.Errorf("%w (time): %w", extract.ErrLimit, p.ctx.Err())
		}
		t, err := p.dec.Token()
		if err != nil {
			return damaged(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
		case xml.CharData:
			if text != nil {
				text(string(t))
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads an element to its end. Unlike xml.Decoder.Skip it is bounded.
func (p *parser) skip(xml.StartElement) error { return p.each(p.skip, nil) }

// alternate takes the first Choice, or the Fallback if there is none.
func (p *parser) alternate(take func(xml.StartElement) error) error {
	taken := false
	return p.each(func(e xml.StartElement) error {
		if taken || (e.Name.Local != "Choice" && e.Name.Local != "Fallback") {
			return p.skip(e)
		}
		taken = true
		return take(e)
	}, nil)
}

// blocks reads an element that holds paragraphs and tables.
func (p *parser) blocks(_ xml.StartElement, to *[]node) error {
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return p.paragraph(to)
		case "tbl":
			t, err := p.table()
			*to = append(*to, node{table: t})
			return err
		case "AlternateContent":
			return p.alternate(func(e xml.StartElement) error { return p.blocks(e, to) })
		case "body", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag":
			return p.blocks(e, to)
		case "altChunk":
			p.odd = append(p.odd, "a part imported from another format was not read")
		}
		return p.skip(e)
	}, nil)
}

// paragraph reads a paragraph; its text boxes follow it.
func (p *parser) paragraph(to *[]node) error {
	var b strings.Builder
	n := node{}
	outer, style := p.boxes, p.paragraphStyle
	p.boxes, p.paragraphStyle, p.digits = nil, "", 0
	defer func() { p.paragraphStyle = style }()
	if err := p.inline(&b, &n); err != nil {
		return err
	}
	n.text = n.text + b.String()
	if last := len(*to) - 1; last >= 0 && (*to)[last].joined && len((*to)[last].text) < maxJoined {
		(*to)[last].text += n.text
		(*to)[last].joined = n.joined
	} else {
		*to = append(*to, n)
	}
	for _, box := range p.boxes {
		*to = append(*to, box...)
	}
	p.boxes = outer
	return nil
}

// inline reads an element that holds runs.
func (p *parser) inline(b *strings.Builder, n *node) error {
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pPr":
			return p.properties(n)
		case "r":
			return p.run(b, n)
		case "AlternateContent":
			return p.alternate(func(xml.StartElement) error { return p.inline(b, n) })
		case "hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir",
			"oMath", "oMathPara", "rubyBase":
			return p.inline(b, n)
		case "f", "sSup", "sSub", "sSubSup", "sPre", "d", "rad", "nary", "eqArr", "func", "m", "acc", "bar", "box", "borderBox", "groupChr", "limLow", "limUpp":
			b.WriteRune(picture) // a formula
		}
		return p.skip(e)
	}, nil)
}

// properties reads the properties of a paragraph: style, outline level, number.
func (p *parser) properties(n *node) error {
	var style, list, listLevel, outline string
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			style = val(e)
		case "outlineLvl":
			outline = val(e)
		case "numId":
			list = val(e)
		case "ilvl":
			listLevel = val(e)
		case "del":
			n.joined = true
		case "numPr", "rPr":
			return p.each(read, nil)
		}
		return p.skip(e)
	}
	if err := p.each(read, nil); err != nil {
		return err
	}
	p.paragraphStyle = style
	s := p.styles[or(style, defaultParagraph)]
	n.level = s.level
	if l, err := strconv.Atoi(outline); err == nil {
		n.level = headingLevel(l)
	}
	if list == "" {
		list, listLevel = s.list, s.listLevel
	}
	n.text = p.lists.next(list, listLevel)
	n.numbered = n.text != ""
	return nil
}

// run reads a run of text.
func (p *parser) run(b *strings.Builder, n *node) error {
	var own face
	character := ""
	l := p.look(own, character)
	write := func(s string) {
		if len(p.fields) > 0 && p.fields[len(p.fields)-1] {
			return
		}
		if l.hidden && strings.ContainsAny(s, "0123456789") {
			p.concealed = append(p.concealed, s)
		}
		b.WriteString(p.small(l, s).show(s))
	}
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "rPr":
			err := p.each(func(e xml.StartElement) error {
				if e.Name.Local == "rStyle" {
					character = val(e)
				}
				own.set(e)
				return p.skip(e)
			}, nil)
			l = p.look(own, character)
			return err
		case "t":
			return p.each(p.skip, write)
		case "tab", "ptab":
			write("\t")
		case "br", "cr":
			write(string(brk))
		case "noBreakHyphen":
			write("-")
		case "sym":
			if c, err := strconv.ParseUint(attr(e, "char"), 16, 16); err == nil {
				write(string(rune(c)))
			}
		case "fldChar":
			if !p.field(attr(e, "fldCharType")) {
				write(string(picture))
			}
		case "ruby":
			return p.inline(b, n)
		case "AlternateContent":
			return p.alternate(func(xml.StartElement) error { return p.each(read, nil) })
		case "drawing", "pict", "object":
			before := p.images
			err := p.drawing(e)
			if p.images > before {
				write(string(picture))
			}
			return err
		}
		return p.skip(e)
	}
	return p.each(read, nil)
}

// look resolves how a run is shown.
func (p *parser) look(own face, character string) look {
	l := p.styles.look(own, character, p.paragraphStyle, p.tableStyle)
	l.invisible = l.faint(p.fill)
	return l
}

// small reports digits that are set much smaller than those before them as
// raised: they are a note.
func (p *parser) small(l look, s string) look {
	if l.hidden || l.size == 0 || strings.Trim(s, "0123456789") != "" || s == "" {
		return l
	}
	if p.digits > 0 && l.size <= 0.75*p.digits {
		l.raised = true
		return l
	}
	p.digits = l.size
	return l
}

// field follows complex fields: text before the separator is code. It reports
// false at the end of a field without a separator, which shows what its code
// says.
func (p *parser) field(typ string) bool {
	last := len(p.fields) - 1
	switch {
	case typ == "begin":
		p.fields = append(p.fields, true)
	case typ == "separate" && last >= 0:
		p.fields[last] = false
	case typ == "end" && last >= 0:
		code := p.fields[last]
		p.fields = p.fields[:last]
		return !code
	}
	return true
}

// drawing looks for text boxes and pictures.
func (p *parser) drawing(xml.StartElement) error {
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "txbxContent":
			var box []node
			err := p.blocks(e, &box)
			p.boxes = append(p.boxes, box)
			return err
		case "blip", "imagedata", "OLEObject":
			p.images++
		case "AlternateContent":
			return p.alternate(p.drawing)
		}
		return p.drawing(e)
	}, nil)
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func val(e xml.StartElement) string { return attr(e, "val") }

// on reads a switch: it is on unless it says otherwise.
func on(e xml.StartElement) bool { return switched(val(e)) }

func switched(v string) bool {
	switch v {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
