package htmltable

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metaNames are the names that the national rules for government sites
// prescribe, as they spell them; pages vary the case.
var metaNames = [...]string{
	"ArticleTitle", "PubDate", "ContentSource", "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType",
	"ColumnDescription", "ColumnKeywords", "Author", "Source", "Keywords", "Description", "Url", "Image",
}

const (
	maxMeta        = 100
	maxMetaLength  = 2000
	maxAttachments = 50
)

// An inventory lists the elements of a page that carry more than text.
type inventory struct {
	title   *html.Node // the first one
	metas   []*html.Node
	links   []*html.Node // what leads to or shows another document
	scripts []*html.Node
}

func takeInventory(doc *goquery.Document) *inventory {
	v := &inventory{}
	for n := range doc.Nodes[0].Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Title:
			if v.title == nil {
				v.title = n
			}
		case atom.Meta:
			v.metas = append(v.metas, n)
		case atom.Script:
			v.scripts = append(v.scripts, n)
		case atom.A, atom.Iframe, atom.Embed, atom.Object:
			v.links = append(v.links, n)
		default:
			if attr(n, "onclick") != "" {
				v.links = append(v.links, n)
			}
		}
	}
	return v
}

// nodeText returns the text below n, shown or not.
func nodeText(n *html.Node) string {
	if n == nil {
		return ""
	}
	return goquery.NewDocumentFromNode(n).Text()
}

// metadata returns the meta tags of a page by name. The first of two equal
// names is kept.
func (v *inventory) metadata() map[string]string {
	meta := map[string]string{}
	for _, n := range v.metas {
		name, content := fold(attr(n, "name")), fold(attr(n, "content"))
		if name == "" {
			name = fold(attr(n, "property"))
		}
		if name == "" || content == "" || len(content) > maxMetaLength || len(name) > 100 || len(meta) == maxMeta {
			continue
		}
		if i := slices.IndexFunc(metaNames[:], func(n string) bool { return strings.EqualFold(n, name) }); i >= 0 {
			name = metaNames[i]
		}
		if _, ok := meta[name]; !ok {
			meta[name] = content
		}
	}
	return meta
}

var (
	documentSuffix = regexp.MustCompile(`(?i)\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar|7z)$`)
	quotedDocument = regexp.MustCompile(`(?i)["']([^"'<>\s]{1,500}\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)(?:\?[^"'<>\s]{0,200})?)["']`)
	vsbCall        = "showVsbpdfIframe"
)

// attachments returns the documents that a page links to or shows in a frame,
// one "address<TAB>text" a line, in document order.
func (v *inventory) attachments() string {
	var lines []string
	seen := map[string]bool{}
	add := func(address, text string) {
		address = fold(address)
		if address != "" && !seen[address] && len(lines) < maxAttachments {
			seen[address] = true
			lines = append(lines, address+"\t"+fold(text))
		}
	}
	for _, n := range v.links {
		text := func() string {
			if t := attr(n, "title"); t != "" {
				return t
			}
			return nodeText(n)
		}
		for _, key := range [...]string{"href", "src", "data"} {
			address := attr(n, key)
			if address == "" || len(address) > 2000 {
				continue
			}
			if file := document(address); file != "" {
				add(file, text())
			} else if m := quotedDocument.FindStringSubmatch(address); m != nil {
				add(m[1], text()) // javascript:down('x.pdf')
			} else if key == "href" && documentSuffix.MatchString(strings.TrimSpace(nodeText(n))) {
				add(address, text())
			}
		}
		if m := quotedDocument.FindStringSubmatch(attr(n, "onclick")); m != nil {
			add(m[1], text())
		}
	}
	for _, n := range v.scripts {
		if t := nodeText(n); strings.Contains(t, vsbCall) {
			for _, m := range quotedDocument.FindAllStringSubmatch(t, maxAttachments) {
				add(m[1], "")
			}
		}
	}
	return strings.Join(lines, "\n")
}

// document returns the address of the document that a link leads to: the link
// itself, or the file parameter of a viewer page. Empty if it is no document.
func document(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		p, _, _ := strings.Cut(address, "?")
		if documentSuffix.MatchString(p) {
			return address
		}
		return ""
	}
	if strings.HasPrefix(u.Scheme, "javascript") {
		return ""
	}
	q := u.Query()
	if f := q.Get("file"); documentSuffix.MatchString(strings.SplitN(f, "?", 2)[0]) {
		return f
	}
	if documentSuffix.MatchString(u.Path) {
		return address
	}
	for _, key := range [...]string{"filename", "fileName", "showname", "name", "e"} {
		if v := q.Get(key); documentSuffix.MatchString(v) || documentSuffix.MatchString("."+strings.TrimPrefix(v, ".")) && v != "" {
			return address
		}
	}
	if strings.Contains(q.Get("urltype"), "DownloadAttach") {
		return address
	}
	return ""
}

// images counts the pictures in part that may show a page or a table: not
// icons, not small.
func images(part *goquery.Selection) int {
	n := 0
	part.Find("img").Each(func(_ int, s *goquery.Selection) {
		if large(s.Nodes[0]) {
			n++
		}
	})
	return n
}

// large reports whether a picture may show a page or a table.
func large(img *html.Node) bool {
	src := strings.ToLower(attr(img, "src"))
	name := path.Base(src)
	switch {
	case src == "" || hidden(img):
	case small(attr(img, "width")) || small(attr(img, "height")):
	case strings.HasSuffix(name, ".gif") || strings.Contains(name, "icon") || strings.Contains(name, "logo") || strings.Contains(src, "/filetype"):
	default:
		return true
	}
	return false
}

// small reports a size in pixels that no readable table has.
func small(size string) bool {
	px, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(size), "px"))
	return err == nil && px < 200
}
