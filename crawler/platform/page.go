package platform

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/encoding/simplifiedchinese"

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
	asked   string // the address that was asked for, with its fragment
	posted  bool   // by POST
	body    []byte // UTF-8
	gbk     bool   // it was served in GBK
	doc     *goquery.Document
}

func newPage(p *crawler.Page, req crawler.Request, f folder) *page {
	q := &page{folder: f, address: p.FinalURL, asked: req.URL, posted: req.Method == "POST", body: p.UTF8}
	if q.address == "" {
		q.address, _, _ = strings.Cut(req.URL, "#")
	}
	if q.body == nil {
		q.body = p.Document.Body
	}
	q.gbk = p.Document != nil && !utf8.Valid(p.Document.Body) && utf8.Valid(p.UTF8) && !bytes.ContainsRune(p.UTF8, utf8.RuneError)
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

// resolve makes ref absolute and canonical. Like a browser it sends the query in
// the page's own character set, and the path in UTF-8.
func (p *page) resolve(ref string) string {
	before, query, found := strings.Cut(ref, "?")
	if p.gbk && found {
		ref = before + "?" + inGBK(query)
	}
	return crawler.Resolve(p.address, ref)
}

// inGBK escapes what is not ASCII as the bytes that it has in GBK.
func inGBK(s string) string {
	var b strings.Builder
	for _, r := range s {
		encoded, err := simplifiedchinese.GB18030.NewEncoder().String(string(r))
		if r < utf8.RuneSelf || err != nil {
			b.WriteRune(r)
			continue
		}
		for i := range len(encoded) {
			fmt.Fprintf(&b, "%%%02X", encoded[i])
		}
	}
	return b.String()
}

// text returns the words of s on one line.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
