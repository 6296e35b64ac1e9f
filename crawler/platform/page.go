package platform

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// A folder is where in a column a page stands.
type folder struct {
	year  int
	unit  string
	depth int
}

// A page is a list page as fetched.
type page struct {
	folder
	address string // after redirects
	body    []byte // UTF-8
	doc     *goquery.Document
}

func newPage(p *crawler.Page, req string, f folder) *page {
	q := &page{folder: f, address: p.FinalURL, body: p.UTF8}
	if q.address == "" {
		q.address = req
	}
	if q.body == nil {
		q.body = p.Document.Body
	}
	return q
}

// html returns the parsed page, without what its header and footer hold.
func (p *page) html() *goquery.Document {
	if p.doc == nil {
		p.doc = parse(p.body)
	}
	return p.doc
}

var inlineTag = regexp.MustCompile(`(?i)</?(?:font|span|b|i|u|strong|em|o:p)(?:\s[^<>]*)?>`)

// parse reads HTML. A page nested too deeply for the parser is read again
// without its inline tags, whose want of end tags is the usual cause.
func parse(body []byte) *goquery.Document {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		doc, err = goquery.NewDocumentFromReader(bytes.NewReader(inlineTag.ReplaceAll(body, nil)))
	}
	if err != nil {
		doc, _ = goquery.NewDocumentFromReader(strings.NewReader(""))
	}
	return doc
}

// fragment parses a piece of HTML. Rows and cells without a table get one,
// for the parser drops them otherwise.
func fragment(html string) *goquery.Selection {
	head := strings.ToLower(strings.TrimSpace(html))
	if strings.HasPrefix(head, "<tr") || strings.HasPrefix(head, "<td") {
		html = "<table>" + html + "</table>"
	}
	return parse([]byte(html)).Selection
}

// resolve makes ref absolute and canonical.
func (p *page) resolve(ref string) string { return crawler.Resolve(p.address, ref) }

// text returns the words of s on one line.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
