package htmltable

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"gongkai"
	"gongkai/extract"
	"gongkai/internal/octets"
)

// Limits on one page. Work is bounded by counts; the time limit is a backstop
// that pages within them do not meet.
const (
	maxBytes = 10 << 20
	maxTags  = 300_000
	maxTime  = 10 * time.Second
)

// Read reads a web page. The error wraps extract.ErrLimit if the page is too
// large, too deep or too slow to parse.
func Read(ctx context.Context, d *gongkai.Document) (*extract.Content, error) {
	if len(d.Body) > maxBytes {
		return nil, fmt.Errorf("read page %s: %w: %d bytes, limit %d", d.Name, extract.ErrLimit, len(d.Body), maxBytes)
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	text, odd := octets.Text(d.Body)
	p, err := readPage(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("read page %s: %w", d.Name, err)
	}
	c := p.content()
	if odd != "" {
		c.Issues = append(c.Issues, gongkai.Issue{Code: gongkai.IssueCharset, Detail: odd})
	}
	return c, nil
}

// A page is a parsed page and what was chosen of it.
type page struct {
	title  string // of the report, from the data of a script; empty if not known
	doc    *goquery.Document
	pieces []piece
	part   *html.Node
	issues []gongkai.Issue
}

// readPage reads what the page shows; if that has no standard table, what a
// script would show.
func readPage(ctx context.Context, text string) (*page, error) {
	if t := strings.TrimLeft(text, " \t\r\n"); strings.HasPrefix(t, "{") || strings.HasPrefix(t, "[") {
		if p := best(ctx, scriptStrings(t), false); p != nil {
			p.title = dataTitle(t) // the answer of an interface, not a page
			return p, ctx.Err()
		}
	}
	p, err := readShown(ctx, text, false)
	if err != nil || p.forms() > 0 {
		return p, err
	}
	if p.tabbed(); p.forms() > 0 {
		return p, nil
	}
	if fromScript := p.readHidden(ctx, text); fromScript != nil {
		p.pieces = append(p.pieces, fromScript.pieces...)
		p.issues = append(p.issues, fromScript.issues...)
		p.issues = append(p.issues, gongkai.Issue{
			Code: gongkai.IssueLayout, Detail: "the tables are in a hidden part of the page that a script shows",
		})
	}
	return p, ctx.Err()
}

func readShown(ctx context.Context, text string, showHidden bool) (*page, error) {
	s := scanPage(text, showHidden)
	if s.tags > maxTags {
		return nil, fmt.Errorf("%w: %d tags, limit %d", extract.ErrLimit, s.tags, maxTags)
	}
	if s.strayRow {
		text = wrapRows(text)
		s = scanPage(text, showHidden)
	}
	doc, err := parse(ctx, text, s.heavy())
	if err != nil {
		return nil, err
	}
	sheet, cut := readStyles(doc.Nodes[0])
	if sheet != nil && !showHidden {
		plain := text
		text, err = sheet.styled(text, doc.Nodes[0], func(text string) (*html.Node, error) {
			doc, err := parse(ctx, text, s.heavy())
			if err != nil {
				return nil, err
			}
			return doc.Nodes[0], nil
		})
		if err != nil {
			return nil, err
		}
		if text != plain {
			s = scanPage(text, showHidden)
			if doc, err = parse(ctx, text, s.heavy()); err != nil {
				return nil, err
			}
		}
	}
	body := doc.Find("body").Nodes
	if len(body) == 0 {
		body = doc.Nodes // a frameset
	}
	w := walk(body[0], sheet, s, showHidden)
	if n := len(w.pieces); n > 0 && s.cutText() {
		w.pieces[n-1].cut()
	}
	if cut || sheet != nil && sheet.matches > maxMatches {
		w.issues = append(w.issues, gongkai.Issue{
			Code: gongkai.IssueLimit, Detail: "the page has more styles than are read: what the rest of them hides counts as shown",
		})
	}
	p := &page{doc: doc}
	p.pieces, p.part = choose(w.pieces, body[0])
	kept := map[int]bool{}
	for i := range p.pieces {
		kept[p.pieces[i].Place.Table] = p.pieces[i].labels > 0
	}
	p.issues = append(w.issues, s.issues(kept)...)
	if n := w.hiddenForms(body[0]); n > 0 {
		p.issues = append(p.issues, gongkai.Issue{
			Code: gongkai.IssueLayout, Detail: fmt.Sprintf("hidden parts of the page hold other standard tables, which were not read: %d", n),
		})
	}
	return p, nil
}

// readHidden returns the reading of hidden content that has the most standard
// tables; nil if none has one.
func (p *page) readHidden(ctx context.Context, text string) *page {
	if q := best(ctx, []string{text}, true); q != nil {
		p.pieces = nil // shown and hidden content together
		return q
	}
	return best(ctx, fragments(p.doc), false)
}

// best reads texts and returns the reading with the most standard tables; nil
// if none has one.
func best(ctx context.Context, texts []string, showHidden bool) *page {
	var found *page
	for _, text := range texts {
		q, err := readShown(ctx, text, showHidden)
		if err == nil && q.forms() > 0 && (found == nil || q.forms() > found.forms()) {
			found = q
		}
	}
	return found
}

// forms counts the tables that carry labels of a form.
func (p *page) forms() int {
	n := 0
	for i := range p.pieces {
		if p.pieces[i].labels > 1 {
			n++
		}
	}
	return n
}

func (p *page) content() *extract.Content {
	v := takeInventory(p.doc)
	c := &extract.Content{
		Reader: "html",
		Title:  fold(nodeText(v.title)),
		Meta:   v.metadata(),
		Issues: p.issues,
	}
	if c.Meta["ArticleTitle"] == "" {
		c.Meta["ArticleTitle"] = cmp.Or(p.title, v.dataTitle())
	}
	if list := v.attachments(); list != "" {
		c.Meta["attachments"] = list
	}
	if n := images(goquery.NewDocumentFromNode(p.part).Selection); n > 0 {
		c.Meta["images"] = strconv.Itoa(n)
	}
	for i := range p.pieces {
		c.Blocks = append(c.Blocks, p.pieces[i].Block)
	}
	maps.DeleteFunc(c.Meta, func(_, v string) bool { return v == "" })
	return c
}
