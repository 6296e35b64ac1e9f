package platform

import (
	"regexp"
	"slices"
)

// A page whose list is made by a script has little text and a script that asks
// for data, or an empty root for one to fill.
var (
	scriptRoot = regexp.MustCompile(`(?i)<div[^>]+id=["']?(?:app|root|__nuxt|__next)["']?[^>]*>\s*</div>`)
	scriptAsk  = regexp.MustCompile(`(?is)(?:\$|jQuery)\.(?:ajax|get|post|getJSON)\s*\(|axios\b|\bfetch\s*\(|XMLHttpRequest|\.load\s*\(`)
	askAddress = regexp.MustCompile(`(?:\burl\s*:\s*|(?:get|post|getJSON|fetch|load)\s*\(\s*|\.open\s*\(\s*["'](?:GET|POST)["']\s*,\s*|\b(?:api|base)?(?:Url|URL)\s*[:=]\s*)["']([^"'\s<>]{2,300})["']`)
	scriptFile = regexp.MustCompile(`(?i)<script[^>]+src=["']?([^"'\s>]+(?:app|main|index|chunk|list)[^"'\s>]*\.js)`)
)

const (
	scriptText = 600 // a page whose list a script makes has fewer visible characters
	maxAsked   = 3
)

// scriptAsks returns the addresses that the script of a page without a list asks
// for its list, or else the script's files; nil if the page is not so made.
func scriptAsks(p *page) []string {
	root := scriptRoot.Match(p.body)
	if !root && !scriptAsk.Match(p.body) || len([]rune(text(bodyText(p.html())))) > scriptText {
		return nil
	}
	var asked []string
	for _, form := range []*regexp.Regexp{askAddress, scriptFile} {
		for _, m := range form.FindAllSubmatch(p.body, 20) {
			if to := p.resolve(string(m[1])); to != "" && !slices.Contains(asked, to) && len(asked) < maxAsked {
				asked = append(asked, to)
			}
		}
		if len(asked) > 0 {
			return asked
		}
	}
	if root {
		return []string{"an address that the page does not name"}
	}
	return nil
}
