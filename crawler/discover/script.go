package discover

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

var (
	// A menu in a script: anchors in its strings, or pairs of name and address.
	writtenLink = regexp.MustCompile(`(?is)<a\b[^>]*?href=\\?["']?([^"'\\\s>]+)\\?["']?[^>]*>(.{0,200}?)<\\?/a>`)
	nameThenURL = regexp.MustCompile(`(?i)["']?(?:name|title|text|label|mc)["']?\s*:\s*["']([^"']{2,40})["'][^{}\[\]]{0,200}?["']?(?:url|href|link|path|src)["']?\s*:\s*["']([^"']{1,300})["']`)
	urlThenName = regexp.MustCompile(`(?i)["']?(?:url|href|link|path|src)["']?\s*:\s*["']([^"']{1,300})["'][^{}\[\]]{0,200}?["']?(?:name|title|text|label|mc)["']?\s*:\s*["']([^"']{2,40})["']`)
	included    = regexp.MustCompile(`\.load\(\s*["']([^"'\s]+)["']`)
	menuFile    = regexp.MustCompile(`(?i)(?:menu|nav|head|top|common|column|channel|lanmu|site|index|main)[^/]*\.js$`)
	markup      = regexp.MustCompile(`<[^>]*>`)
	tree        = regexp.MustCompile(`(?:["']?TREE["']?|["']?tree["']?)\s*[:=]\s*\[`)
)

// scripted returns the links that the scripts of a page hold, and the script
// files that may hold a menu.
func (v *view) scripted() []link {
	var all []link
	v.doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		src := s.AttrOr("src", "")
		if src == "" {
			all = append(all, v.inScript(s.Text())...)
			return
		}
		if address := crawler.Resolve(v.base, src); address != "" && menuFile.MatchString(pathOf(address)) {
			all = append(all, link{address: address, score: scriptScore, script: true, part: true})
		}
	})
	return append(all, v.treeLinks()...)
}

// inScript returns the links in the text of a script.
func (v *view) inScript(text string) []link {
	var all []link
	text = strings.ReplaceAll(text, `\/`, "/")
	add := func(ref, name string) {
		name = strings.TrimSpace(markup.ReplaceAllString(unescaped(name), ""))
		if address := crawler.Resolve(v.base, ref); address != "" && name != "" {
			all = append(all, link{address: address, text: name, score: score(name, address)})
		}
	}
	for _, m := range writtenLink.FindAllStringSubmatch(text, 500) {
		add(m[1], m[2])
	}
	for _, m := range nameThenURL.FindAllStringSubmatch(text, 500) {
		add(m[2], m[1])
	}
	for _, m := range urlThenName.FindAllStringSubmatch(text, 500) {
		add(m[1], m[2])
	}
	for _, m := range included.FindAllStringSubmatch(text, 10) {
		if address := crawler.Resolve(v.base, m[1]); address != "" {
			all = append(all, link{address: address, score: frameScore, part: true})
		}
	}
	return all
}

var unicodeEscape = regexp.MustCompile(`(?:\\u[0-9a-fA-F]{4})+`)

// unescaped undoes the escapes that scripts write Chinese with.
func unescaped(s string) string {
	return unicodeEscape.ReplaceAllStringFunc(s, func(e string) string {
		var out string
		if json.Unmarshal([]byte(`"`+e+`"`), &out) != nil {
			return e
		}
		return out
	})
}

// A node is a category of a gkmlpt tree.
type node struct {
	ID       json.Number `json:"id"`
	Name     string      `json:"name"`
	JumpURL  string      `json:"jump_url"`
	Children []node      `json:"children"`
}

// treeLinks returns the categories of a page of the gkmlpt system: each is a list
// whose address differs by its fragment.
func (v *view) treeLinks() []link {
	at := tree.FindIndex(v.body)
	root, _, ok := strings.Cut(v.address, "/gkmlpt")
	if at == nil || !ok {
		return nil
	}
	var nodes []node
	d := json.NewDecoder(strings.NewReader(string(v.body[at[1]-1:])))
	d.UseNumber()
	if d.Decode(&nodes) != nil {
		return nil
	}
	var all []link
	var walk func(nodes []node, depth int)
	walk = func(nodes []node, depth int) {
		for _, n := range nodes {
			address := crawler.Resolve(v.base, n.JumpURL)
			if address == "" {
				address = crawler.Resolve(root+"/", root+"/gkmlpt/index#"+n.ID.String())
			}
			if address != "" && n.Name != "" {
				all = append(all, link{address: address, text: n.Name, score: score(n.Name, address)})
			}
			if depth < 8 {
				walk(n.Children, depth+1)
			}
		}
	}
	walk(nodes, 0)
	return all
}
