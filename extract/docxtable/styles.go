package docxtable

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// A style is what of a style concerns us.
type style struct {
	level           int // heading level; 0 if none
	list, listLevel string
	face            face
}

// styles are by id. The style of a paragraph or table without one is under
// the ids defaultParagraph and defaultTable, what the document starts from
// under documentDefaults.
type styles map[string]style

const (
	defaultParagraph = "\x00paragraph"
	defaultTable     = "\x00table"
	documentDefaults = "\x00document"
)

type value struct {
	Val string `xml:"val,attr"`
}

type stylesXML struct {
	Defaults faceXML `xml:"docDefaults>rPrDefault>rPr"`
	Styles   []struct {
		ID      string  `xml:"styleId,attr"`
		Type    string  `xml:"type,attr"`
		Default string  `xml:"default,attr"`
		RPr     faceXML `xml:"rPr"`
		Name    value   `xml:"name"`
		BasedOn value   `xml:"basedOn"`
		PPr     struct {
			Outline *value `xml:"outlineLvl"`
			NumPr   struct {
				Level value `xml:"ilvl"`
				ID    value `xml:"numId"`
			} `xml:"numPr"`
		} `xml:"pPr"`
	} `xml:"style"`
}

// readStyles reads the styles part. A style has the level and the list of the
// style it is based on, unless it says otherwise.
func readStyles(part []byte) (styles, error) {
	if part == nil {
		return nil, nil
	}
	var x stylesXML
	if err := xml.Unmarshal(part, &x); err != nil {
		return nil, fmt.Errorf("read styles: %w", damaged(err))
	}
	s := make(styles, len(x.Styles)+3)
	based := make(map[string]string, len(x.Styles))
	for i := range x.Styles {
		e := &x.Styles[i]
		st := style{face: e.RPr.face(), list: e.PPr.NumPr.ID.Val, listLevel: e.PPr.NumPr.Level.Val}
		if e.PPr.Outline != nil {
			if l, err := strconv.Atoi(e.PPr.Outline.Val); err == nil {
				st.level = headingLevel(l)
			}
		} else {
			st.level = namedLevel(e.Name.Val)
		}
		s[e.ID], based[e.ID] = st, e.BasedOn.Val
	}
	for id := range s {
		st := s[id]
		for parent, steps := based[id], 0; parent != "" && steps < 20; parent, steps = based[parent], steps+1 {
			if st.level == 0 {
				st.level = s[parent].level
			}
			if st.list == "" {
				st.list, st.listLevel = s[parent].list, s[parent].listLevel
			}
			st.face = st.face.over(s[parent].face)
		}
		s[id] = st
	}
	for i := range x.Styles {
		if e := &x.Styles[i]; e.Default == "1" || e.Default == "true" {
			s["\x00"+e.Type] = s[e.ID]
		}
	}
	s[documentDefaults] = style{face: x.Defaults.face()}
	return s, nil
}

// headingLevel turns an outline level (from 0; 9 is body text) into a heading level.
func headingLevel(outline int) int {
	if outline < 0 || outline > 8 {
		return 0
	}
	return min(outline+1, 6)
}

// namedLevel knows the built-in heading styles by their names.
func namedLevel(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, prefix := range [...]string{"heading ", "标题 ", "标题"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			if l, err := strconv.Atoi(rest); err == nil {
				return headingLevel(l - 1)
			}
		}
	}
	if name == "title" || name == "标题" {
		return 1
	}
	return 0
}

type relsXML struct {
	Relations []struct {
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// relation returns the target of the first relation whose type ends so.
func relation(part []byte, suffix string) string {
	var x relsXML
	if xml.Unmarshal(part, &x) == nil {
		for _, r := range x.Relations {
			if strings.HasSuffix(r.Type, suffix) {
				return r.Target
			}
		}
	}
	return ""
}

// coreTitle returns the title in the core properties.
func coreTitle(part []byte) string {
	var x struct {
		Title string `xml:"title"`
	}
	if part == nil || xml.Unmarshal(part, &x) != nil {
		return ""
	}
	return fold(x.Title)
}
