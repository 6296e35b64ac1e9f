package pdftable

import (
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"

	"gongkai/extract"
)

// A texter walks over a page's content with the second reader's interpreter
// and notes where characters are drawn. The reader's own Page.Content parses a
// font anew whenever it is chosen, and breaks off at a Q too many.
type texter struct {
	page  pdf.Page
	fonts map[string]*secondFont
	state textState
	saved []textState
	marks []mark // in user space
}

// A textState is the part of the graphics state that places text.
type textState struct {
	ctm, line, text      matrix
	font                 *secondFont
	size, spacing, scale float64
	leading, rise        float64
}

type secondFont struct {
	encoding pdf.TextEncoding
	first    int
	widths   []float64
}

// maxSaved bounds the depth of q; deeper ones are not restored.
const maxSaved = 1000

// text returns the characters of a page in user space.
func pageText(p pdf.Page) []mark {
	contents := p.V.Key("Contents")
	if p.V.IsNull() || contents.Kind() == pdf.Null {
		return nil
	}
	t := &texter{page: p, fonts: map[string]*secondFont{}}
	t.state = textState{ctm: identity, line: identity, text: identity, scale: 1}
	pdf.Interpret(contents, t.operator)
	return t.marks
}

func (t *texter) operator(stack *pdf.Stack, name string) {
	args := make([]pdf.Value, stack.Len())
	for i := len(args) - 1; i >= 0; i-- {
		args[i] = stack.Pop()
	}
	s := &t.state
	number := func(i int) float64 {
		if i < len(args) {
			return args[i].Float64()
		}
		return 0
	}
	switch name {
	case "q":
		if len(t.saved) < maxSaved {
			t.saved = append(t.saved, *s)
		}
	case "Q":
		if n := len(t.saved); n > 0 {
			*s, t.saved = t.saved[n-1], t.saved[:n-1]
		}
	case "cm":
		s.ctm = sixNumbers(number).then(s.ctm)
	case "BT":
		s.line, s.text = identity, identity
	case "Tm":
		s.line = sixNumbers(number)
		s.text = s.line
	case "Td":
		s.move(number(0), number(1))
	case "TD":
		s.leading = -number(1)
		s.move(number(0), number(1))
	case "T*":
		s.move(0, -s.leading)
	case "TL":
		s.leading = number(0)
	case "Tc":
		s.spacing = number(0)
	case "Tz":
		s.scale = number(0) / 100
	case "Ts":
		s.rise = number(0)
	case "Tf":
		s.size = number(1)
		if len(args) > 0 {
			s.font = t.font(args[0].Name())
		}
	default:
		t.show(name, args)
	}
}

// show handles the operators that draw text.
func (t *texter) show(name string, args []pdf.Value) {
	if len(args) == 0 {
		return
	}
	s := &t.state
	last := args[len(args)-1]
	switch name {
	case "Tj":
		t.draw(last.RawString())
	case "'", "\"":
		if name == "\"" && len(args) > 1 {
			s.spacing = args[1].Float64()
		}
		s.move(0, -s.leading)
		t.draw(last.RawString())
	case "TJ":
		for i := range last.Len() {
			if x := last.Index(i); x.Kind() == pdf.String {
				t.draw(x.RawString())
			} else {
				s.advance(-x.Float64() / 1000 * s.size * s.scale)
			}
		}
	}
}

func sixNumbers(number func(int) float64) matrix {
	return matrix{number(0), number(1), number(2), number(3), number(4), number(5)}
}

func (s *textState) move(x, y float64) {
	s.line = matrix{a: 1, d: 1, e: x, f: y}.then(s.line)
	s.text = s.line
}

func (s *textState) advance(x float64) { s.text = matrix{a: 1, d: 1, e: x}.then(s.text) }

// draw notes the characters of a string and moves on by their widths, as far
// as the reader knows them: those of simple fonts.
func (t *texter) draw(raw string) {
	s := &t.state
	if s.font == nil || s.font.encoding == nil {
		return
	}
	n := 0
	for _, r := range s.font.encoding.Decode(raw) {
		width := 0.0
		switch _, own := s.font.encoding.(charset); {
		case own && r < 0x80:
			width = 0.5 // as typesetting systems have it
		case own:
			width = 1
		case n < len(raw):
			width = s.font.width(int(raw[n])) / 1000
		}
		n++
		at := matrix{a: 1, d: 1, f: s.rise}.then(s.text).then(s.ctm)
		if r != utf8.RuneError && !unicode.IsSpace(r) && r > ' ' {
			t.marks = append(t.marks, mark{r: extract.PlainRune(r), x: at.e, y: at.f, width: width * s.size * s.scale * at.a, slanted: slanted(math.Atan2(at.b, at.a))})
		}
		s.advance((width*s.size + s.spacing) * s.scale)
	}
}

func (f *secondFont) width(code int) float64 {
	if i := code - f.first; i >= 0 && i < len(f.widths) {
		return f.widths[i]
	}
	return 0
}

func (t *texter) font(name string) *secondFont {
	if f := t.fonts[name]; f != nil {
		return f
	}
	font := t.page.Font(name)
	f := &secondFont{encoding: font.Encoder(), first: font.FirstChar(), widths: font.Widths()}
	if own := charsetOf(font.V); own != nil {
		f.encoding = own
	}
	if codes := type3Codes(font.V); codes != nil {
		f.encoding = codes
		if scale := 1000 * font.V.Key("FontMatrix").Index(0).Float64(); scale != 0 {
			for i := range f.widths {
				f.widths[i] *= scale
			}
		}
	}
	t.fonts[name] = f
	return f
}
