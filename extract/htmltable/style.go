package htmltable

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	input "github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"
)

// Limits on the styles of a page; what is beyond them hides nothing.
const (
	maxStyle    = 256 << 10 // bytes of all <style> elements
	maxRules    = 5_000     // selectors that are kept
	maxMatches  = 2_000_000 // elements tried against selectors
	screenWidth = 1280      // CSS pixels of the screen that the page is read for
)

// A rule is one selector of a <style> element with those of its declarations
// that may hide, strike or raise text.
type rule struct {
	selector cascadia.Sel
	key      string // .class, #id or tag that the element itself must have; empty if the selector does not say
	declared []declaration
	conceals bool
}

type declaration struct {
	property, value string
	important       bool
}

// concerns are the properties that decide whether and how text is seen.
var concerns = map[string]bool{
	"display": true, "visibility": true, "opacity": true, "font-size": true, "color": true, "background": true, "background-color": true,
	"text-indent": true, "text-decoration": true, "text-decoration-line": true, "vertical-align": true, "clip": true, "clip-path": true,
	"overflow": true, "width": true, "height": true, "max-width": true, "max-height": true, "position": true, "left": true, "top": true,
	"transform": true, "-webkit-text-fill-color": true, "content-visibility": true,
}

// readStyles returns the styles of the page's <style> elements as far as they
// concern us; nil if they do not. Style sheets elsewhere are not fetched: what
// only they hide counts as shown. cut says that a limit was met.
func readStyles(root *html.Node) (sheet *cascade, cut bool) {
	var rules []rule
	size := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "style" || n.FirstChild == nil {
			continue
		}
		if media := attr(n, "media"); media != "" && !onScreen(media) {
			continue
		}
		text := n.FirstChild.Data
		if size += len(text); size > maxStyle || len(rules) > maxRules {
			cut = true
			break
		}
		rules = append(rules, parseStyle(text)...)
	}
	if len(rules) == 0 {
		return nil, cut
	}
	return newCascade(rules), cut
}

// parseStyle reads one style sheet. What cannot be parsed is left out, as
// browsers do.
func parseStyle(text string) []rule {
	var rules []rule
	var selectors []string
	var declared []declaration
	var off []bool // for each open at-rule, whether it does not apply
	p := css.NewParser(input.NewInputString(text), false)
	for {
		grammar, _, data := p.Next()
		switch grammar {
		case css.ErrorGrammar:
			if p.HasParseError() {
				continue
			}
			return rules
		case css.BeginAtRuleGrammar:
			skip := strings.EqualFold(string(data), "@media") && !onScreen(tokens(p.Values()))
			off = append(off, skip || slices.Contains(off, true) || strings.Contains(strings.ToLower(string(data)), "keyframes"))
		case css.EndAtRuleGrammar:
			off = off[:max(0, len(off)-1)]
		case css.QualifiedRuleGrammar:
			selectors = append(selectors, tokens(p.Values()))
		case css.BeginRulesetGrammar:
			selectors, declared = append(selectors, tokens(p.Values())), nil
		case css.DeclarationGrammar:
			if name := strings.ToLower(string(data)); concerns[name] {
				value := compact(tokens(p.Values()))
				plain, important := strings.CutSuffix(value, "!important")
				declared = append(declared, declaration{name, plain, important})
			}
		case css.EndRulesetGrammar:
			if !slices.Contains(off, true) && len(declared) > 0 && len(rules) < maxRules {
				rules = append(rules, newRules(selectors, declared)...)
			}
			selectors, declared = nil, nil
		}
	}
}

func tokens(list []css.Token) string {
	var b strings.Builder
	for _, t := range list {
		b.Write(t.Data)
	}
	return b.String()
}

func newRules(selectors []string, declared []declaration) []rule {
	style := ""
	for _, d := range declared {
		style += d.property + ":" + d.value + ";"
	}
	conceals := concealing(style)
	var rules []rule
	for _, s := range selectors {
		group, err := cascadia.ParseGroup(s)
		if err != nil {
			continue // :hover, ::before and what else shows nothing of the page as it stands
		}
		for _, sel := range group {
			rules = append(rules, rule{selector: sel, key: lastKey(s), declared: declared, conceals: conceals})
		}
	}
	return rules
}

// concealing reports whether declarations may keep text from being seen as it
// stands: hidden, struck, raised, or of a colour that may be that of the page.
func concealing(style string) bool {
	return hides("style", style) || isFaint(style) || strings.Contains(style, "line-through") ||
		strings.Contains(style, "vertical-align:su") || strings.Contains(";"+style, ";color:") && pale(declared(style, "color")) ||
		strings.Contains(style, "overflow:hidden") || strings.Contains(style, "background") && strings.Contains(";"+style, ";color:")
}

// lastKey returns what the last part of a selector asks of the element: its
// id, else a class, else its tag.
func lastKey(selector string) string {
	s := strings.TrimSpace(selector)
	if strings.ContainsAny(s, ":[*\\,|") {
		return ""
	}
	if i := strings.LastIndexAny(s, " \t\r\n>+~"); i >= 0 {
		s = s[i+1:]
	}
	at := strings.IndexByte(s, '#')
	if at < 0 {
		at = strings.IndexByte(s, '.')
	}
	if at < 0 {
		return strings.ToLower(s)
	}
	end := at + 1
	for end < len(s) && s[end] != '.' && s[end] != '#' {
		end++
	}
	return s[at:end]
}

// onScreen reports whether a media query holds for a desktop screen. Features
// that are not known do not hold.
func onScreen(query string) bool {
	for q := range strings.SplitSeq(strings.ToLower(query), ",") {
		if holdsOnScreen(q) {
			return true
		}
	}
	return false
}

func holdsOnScreen(query string) bool {
	for part := range strings.SplitSeq(query, "and") {
		part = squeeze(strings.Trim(strings.TrimPrefix(strings.TrimSpace(part), "only "), " ()"))
		feature, value, _ := strings.Cut(part, ":")
		switch feature {
		case "", "all", "screen", "orientation":
			if value == "portrait" {
				return false
			}
		case "min-width", "min-device-width":
			if pixels(value) > screenWidth {
				return false
			}
		case "max-width", "max-device-width":
			if pixels(value) < screenWidth {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// pixels reads a length; 0 if it is none.
func pixels(s string) float64 {
	unit := strings.TrimLeft(s, "+-.0123456789")
	n, err := strconv.ParseFloat(strings.TrimSuffix(s, unit), 64)
	if err != nil {
		return 0
	}
	switch {
	case unit == "" || strings.HasPrefix(unit, "px"):
		return n
	case strings.HasPrefix(unit, "pt"):
		return n * 4 / 3
	case strings.HasPrefix(unit, "em"), strings.HasPrefix(unit, "rem"):
		return n * 16
	case strings.HasPrefix(unit, "%"), strings.HasPrefix(unit, "v"):
		return n * screenWidth / 100
	}
	return n
}

// declared returns the value of a property in a compact style; the last one
// counts. It is empty if the style does not have it.
func declared(style, property string) string {
	value := ""
	for d := range strings.SplitSeq(style, ";") {
		if v, ok := strings.CutPrefix(d, property); ok && strings.HasPrefix(v, ":") {
			value = strings.TrimSuffix(v[1:], "!important")
		}
	}
	return value
}

// winners puts the declarations of matching rules in the order of the cascade:
// the last one of a property wins.
func winners(matched []rule) []declaration {
	slices.SortStableFunc(matched, func(a, b rule) int {
		s, t := a.selector.Specificity(), b.selector.Specificity()
		return cmp.Or(cmp.Compare(s[0], t[0]), cmp.Compare(s[1], t[1]), cmp.Compare(s[2], t[2]))
	})
	var list []declaration
	for _, important := range []bool{false, true} {
		for _, r := range matched {
			for _, d := range r.declared {
				if d.important == important {
					list = slices.DeleteFunc(list, func(e declaration) bool { return e.property == d.property })
					list = append(list, d)
				}
			}
		}
	}
	return list
}
