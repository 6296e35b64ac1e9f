package docxtable

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// A style is what of a paragraph style concerns us.
type style struct {
	level           int // heading level; 0 if none
	list, listLevel string
}

type styles map[string]style

type value struct {
	Val string `xml:"val,attr"`
}

type stylesXML struct {
	Styles []struct {
		ID      string `xml:"styleId,attr"`
		Name    value  `xml:"name"`
		BasedOn value  `xml:"basedOn"`
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
	s := make(styles, len(x.Styles))
	based := make(map[string]string, len(x.Styles))
	for i := range x.Styles {
		e := &x.Styles[i]
		st := style{list: e.PPr.NumPr.ID.Val, listLevel: e.PPr.NumPr.Level.Val}
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
		}
		s[id] = st
	}
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
