package htmltable

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
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

// metadata returns the meta tags of a page by name. The first of two equal
// names is kept.
func metadata(doc *goquery.Document) map[string]string {
	meta := map[string]string{}
	doc.Find("meta[content]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		name := fold(s.AttrOr("name", s.AttrOr("property", "")))
		content := fold(s.AttrOr("content", ""))
		if name == "" || content == "" || len(content) > maxMetaLength || len(name) > 100 {
			return true
		}
		if i := slices.IndexFunc(metaNames[:], func(n string) bool { return strings.EqualFold(n, name) }); i >= 0 {
			name = metaNames[i]
		}
		if _, ok := meta[name]; !ok {
			meta[name] = content
		}
		return len(meta) < maxMeta
	})
	return meta
}

var (
	documentSuffix = regexp.MustCompile(`(?i)\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar|7z)$`)
	quotedDocument = regexp.MustCompile(`(?i)["']([^"'<>\s]{1,500}\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)(?:\?[^"'<>\s]{0,200})?)["']`)
	linkSelector   = "a[href], [onclick], iframe[src], embed[src], object[data]"
	vsbCall        = "showVsbpdfIframe"
)

// attachments returns the documents that a page links to or shows in a frame,
// one "address<TAB>text" a line, in document order.
func attachments(doc *goquery.Document) string {
	var lines []string
	seen := map[string]bool{}
	add := func(address, text string) {
		address = fold(address)
		if address != "" && !seen[address] && len(lines) < maxAttachments {
			seen[address] = true
			lines = append(lines, address+"\t"+fold(text))
		}
	}
	doc.Find(linkSelector).Each(func(_ int, s *goquery.Selection) {
		text := func() string { return s.AttrOr("title", s.Text()) }
		for _, key := range [...]string{"href", "src", "data"} {
			if v, ok := s.Attr(key); ok && len(v) < 2000 {
				if file := document(v); file != "" {
					add(file, text())
				} else if key == "href" && documentSuffix.MatchString(strings.TrimSpace(s.Text())) {
					add(v, text())
				} else if m := quotedDocument.FindStringSubmatch(v); m != nil {
					add(m[1], text()) // javascript:down('x.pdf')
				}
			}
		}
		if m := quotedDocument.FindStringSubmatch(s.AttrOr("onclick", "")); m != nil {
			add(m[1], text())
		}
	})
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		if t := s.Text(); strings.Contains(t, vsbCall) {
			for _, m := range quotedDocument.FindAllStringSubmatch(t, maxAttachments) {
				add(m[1], "")
			}
		}
	})
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
		src := strings.ToLower(s.AttrOr("src", ""))
		name := path.Base(src)
		switch {
		case src == "" || hidden(s.Nodes[0]):
		case small(s.AttrOr("width", "")) || small(s.AttrOr("height", "")):
		case strings.HasSuffix(name, ".gif") || strings.Contains(name, "icon") || strings.Contains(name, "logo") || strings.Contains(src, "/filetype"):
		default:
			n++
		}
	})
	return n
}

// small reports a size in pixels that no readable table has.
func small(size string) bool {
	px, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(size), "px"))
	return err == nil && px < 200
}
