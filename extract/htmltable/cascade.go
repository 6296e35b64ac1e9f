package htmltable

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// A cascade writes what <style> rules say of an element into its style
// attribute, so that all that reads the page finds it in one place.
type cascade struct {
	rules   []rule
	byKey   map[string][]int // rules that ask for a class, an id or a tag
	others  []int            // rules that may match any element
	matches int
	inTable bool // an element inside a table was changed
}

func newCascade(rules []rule) *cascade {
	c := &cascade{rules: rules, byKey: map[string][]int{}}
	for i := range rules {
		if k := rules[i].key; k != "" {
			c.byKey[k] = append(c.byKey[k], i)
		} else {
			c.others = append(c.others, i)
		}
	}
	return c
}

// inline goes over the tree. Only elements that a concealing rule matches are
// changed. It returns the new styles by the number of the element's tag in the
// source, as numberTags wrote it.
func (c *cascade) inline(root *html.Node) map[int]string {
	changed := map[int]string{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || c.matches > maxMatches {
			continue
		}
		style := c.style(n)
		if style == "" {
			continue
		}
		setStyle(n, style)
		c.inTable = c.inTable || tabled(n)
		if at, err := strconv.Atoi(attr(n, tagNumber)); err == nil {
			changed[at] = style
		}
	}
	return changed
}

// matching returns the rules that match an element, in order.
func (c *cascade) matching(n *html.Node) []rule {
	var matched []int
	try := func(list []int) {
		for _, i := range list {
			if c.matches++; c.rules[i].selector.Match(n) {
				matched = append(matched, i)
			}
		}
	}
	try(c.others)
	try(c.byKey[n.Data])
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			try(c.byKey["#"+a.Val])
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				try(c.byKey["."+class])
			}
		}
	}
	slices.Sort(matched)
	rules := make([]rule, 0, len(matched))
	for _, i := range slices.Compact(matched) {
		rules = append(rules, c.rules[i])
	}
	return rules
}

// value returns what the rules say of a property of an element.
func (c *cascade) value(n *html.Node, property string) string {
	for _, d := range winners(c.matching(n)) {
		if d.property == property {
			return d.value
		}
	}
	return ""
}

// style returns the style of an element with what the rules add; empty if no
// rule that conceals matches it.
func (c *cascade) style(n *html.Node) string {
	rules := c.matching(n)
	if !slices.ContainsFunc(rules, func(r rule) bool { return r.conceals }) {
		return ""
	}
	own := attr(n, "style")
	compactOwn := compact(own)
	style := ""
	for _, d := range winners(rules) {
		if had := declared(compactOwn, d.property); had == "" {
			style += d.property + ":" + d.value + ";"
		} else if d.important && !strings.Contains(compactOwn, d.property+":"+had+"!important") {
			compactOwn = d.property + "-overruled;" + strings.ReplaceAll(compactOwn, d.property+":"+had, "")
			style += d.property + ":" + d.value + ";"
		}
	}
	if style == "" || !concealing(style+compactOwn) {
		return ""
	}
	return style + compactOwn
}

func setStyle(n *html.Node, style string) {
	for i := range n.Attr {
		if n.Attr[i].Key == "style" {
			n.Attr[i].Val = style
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: "style", Val: style})
}

// tabled reports whether an element is a row or a cell or stands in one.
func tabled(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		switch n.Data {
		case "tr", "td", "th", "tbody", "thead", "tfoot":
			return true
		}
	}
	return false
}

// tagNumber is the attribute that holds the number of a start tag in the source.
const tagNumber = "data-tag-number"

// numberTags gives every start tag its number.
func numberTags(text string) string {
	return editTags(text, func(at int, name []byte) string {
		return " " + tagNumber + `="` + strconv.Itoa(at) + `"`
	})
}

// restyle writes styles into the source. The first attribute of a name counts,
// so the new style goes before the old one.
func restyle(text string, styles map[int]string) string {
	return editTags(text, func(at int, name []byte) string {
		if s := styles[at]; s != "" {
			return ` style="` + html.EscapeString(s) + `"`
		}
		return ""
	})
}

// editTags writes what insert returns behind the name of each start tag.
func editTags(text string, insert func(at int, name []byte) string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/4)
	z := html.NewTokenizer(strings.NewReader(text))
	for at := 0; ; {
		typ := z.Next()
		if typ == html.ErrorToken {
			return b.String()
		}
		raw := z.Raw()
		if typ != html.StartTagToken && typ != html.SelfClosingTagToken {
			b.Write(raw)
			continue
		}
		end := 1
		for end < len(raw) && raw[end] > ' ' && raw[end] != '/' && raw[end] != '>' {
			end++
		}
		b.Write(raw[:end])
		b.WriteString(insert(at, raw[1:end]))
		b.Write(raw[end:])
		at++
	}
}

// styled returns the page with what its <style> rules say of rows, cells and
// text in tables written into the tags; the text itself if they say nothing of
// these. Styles of other elements are written into the tree at hand.
func (c *cascade) styled(text string, root *html.Node, parse func(string) (*html.Node, error)) (string, error) {
	if !slices.ContainsFunc(c.rules, func(r rule) bool { return r.conceals }) {
		return text, nil
	}
	if c.inline(root); !c.inTable {
		return text, nil
	}
	numbered, err := parse(numberTags(text))
	if err != nil {
		return "", err
	}
	return restyle(text, newCascade(c.rules).inline(numbered)), nil
}
