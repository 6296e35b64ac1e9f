package docxtable

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// A face is what properties of text say about how it is shown. A field that is
// nil or empty is not said.
type face struct {
	hidden, struck *bool
	colour, fill   string // RRGGBB
	size           string // in half points
	raised         string // vertAlign
}

type faceXML struct {
	Vanish  *value `xml:"vanish"`
	Strike  *value `xml:"strike"`
	DStrike *value `xml:"dstrike"`
	Color   value  `xml:"color"`
	Size    value  `xml:"sz"`
	Align   value  `xml:"vertAlign"`
	Shade   struct {
		Fill string `xml:"fill,attr"`
	} `xml:"shd"`
}

func (x *faceXML) face() face {
	f := face{colour: x.Color.Val, fill: x.Shade.Fill, size: x.Size.Val, raised: x.Align.Val}
	f.hidden, f.struck = toggle(x.Vanish), toggle(x.Strike)
	if f.struck == nil || !*f.struck {
		if d := toggle(x.DStrike); d != nil {
			f.struck = d
		}
	}
	return f
}

func toggle(v *value) *bool {
	if v == nil {
		return nil
	}
	b := switched(v.Val)
	return &b
}

// over returns f with what it does not say taken from below.
func (f face) over(below face) face {
	if f.hidden == nil {
		f.hidden = below.hidden
	}
	if f.struck == nil {
		f.struck = below.struck
	}
	for _, p := range [...][2]*string{{&f.colour, &below.colour}, {&f.fill, &below.fill}, {&f.size, &below.size}, {&f.raised, &below.raised}} {
		if *p[0] == "" {
			*p[0] = *p[1]
		}
	}
	return f
}

// set takes one property of a run.
func (f *face) set(e xml.StartElement) {
	b := on(e)
	switch e.Name.Local {
	case "vanish":
		f.hidden = &b
	case "strike", "dstrike":
		if f.struck == nil || b {
			f.struck = &b
		}
	case "color":
		f.colour = val(e)
	case "shd":
		f.fill = attr(e, "fill")
	case "sz":
		f.size = val(e)
	case "vertAlign":
		f.raised = val(e)
	}
}

// look resolves the face of a run: its own properties, then the styles of
// character, paragraph and table, then the defaults. Hidden and struck are
// switches: each of the three styles that has one turns it, as Word does.
func (s styles) look(own face, character, paragraph, table string) look {
	levels := [...]face{s[character].face, s[or(paragraph, defaultParagraph)].face, s[or(table, defaultTable)].face}
	base := s[documentDefaults].face
	l := look{hidden: resolve(own.hidden, base.hidden, levels[0].hidden, levels[1].hidden, levels[2].hidden)}
	l.struck = resolve(own.struck, base.struck, levels[0].struck, levels[1].struck, levels[2].struck)
	for _, level := range append(levels[:], base) {
		own = own.over(face{colour: level.colour, fill: level.fill, size: level.size, raised: level.raised})
	}
	l.raised = own.raised == "superscript" || own.raised == "subscript"
	l.size, _ = strconv.ParseFloat(own.size, 64)
	l.colour, l.fill = own.colour, own.fill
	return l
}

func or(id, otherwise string) string {
	if id == "" {
		return otherwise
	}
	return id
}

func resolve(own, base *bool, levels ...*bool) bool {
	if own != nil {
		return *own
	}
	on := base != nil && *base
	for _, l := range levels {
		if l != nil && *l {
			on = !on
		}
	}
	return on
}

// faint reports whether text of this look cannot be seen on a ground of the
// colour fill: as pale as it, or a point high at most.
func (l look) faint(fill string) bool {
	if l.size > 0 && l.size <= 2 {
		return true
	}
	if l.fill != "" && l.fill != "auto" {
		fill = l.fill
	}
	if l.colour == "" || l.colour == "auto" {
		return false
	}
	if fill == "" || fill == "auto" {
		fill = "FFFFFF"
	}
	return near(l.colour, fill)
}

func near(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	x, err := strconv.ParseUint(a, 16, 32)
	y, err2 := strconv.ParseUint(b, 16, 32)
	if err != nil || err2 != nil {
		return false
	}
	for _, shift := range []uint{0, 8, 16} {
		if d := int(x>>shift&255) - int(y>>shift&255); d > 24 || d < -24 {
			return false
		}
	}
	return true
}
