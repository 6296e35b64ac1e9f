package discover

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// A view is a page as the search sees it.
type view struct {
	address, base string
	body          []byte
	doc           *goquery.Document
}

func newView(p *crawler.Page) (*view, error) {
	body := p.UTF8
	if body == nil {
		body = p.Document.Body
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	v := &view{address: p.FinalURL, base: p.FinalURL, body: body, doc: doc}
	if to := crawler.Resolve(v.address, doc.Find("base[href]").AttrOr("href", "")); to != "" {
		v.base = to
	}
	return v, nil
}

// A link is where a page leads.
type link struct {
	address, text string
	score         int  // of text and address, or given
	part          bool // what it leads to is part of the page: a frame, an included menu
	script        bool // it is a script file
}

// links returns where a page leads, in its own order.
func (v *view) links() []link {
	var all []link
	add := func(ref, text string) {
		if address := crawler.Resolve(v.base, ref); address != "" {
			all = append(all, link{address: address, text: text, score: score(text, address)})
		}
	}
	v.doc.Find("a, area, [onclick], option, iframe[src], frame[src]").Each(func(_ int, s *goquery.Selection) {
		switch goquery.NodeName(s) {
		case "iframe", "frame":
			if address := crawler.Resolve(v.base, s.AttrOr("src", "")); address != "" {
				all = append(all, link{address: address, score: frameScore, part: true})
			}
			return
		case "option":
			if to := s.AttrOr("value", ""); strings.ContainsAny(to, "/.") {
				add(to, words(s))
			}
			return
		}
		href := s.AttrOr("href", "")
		if to := clicked(href); to != "" {
			href = to
		} else if strings.HasPrefix(strings.ToLower(strings.TrimSpace(href)), "javascript:") || href == "" || href == "#" {
			href = clicked(s.AttrOr("onclick", ""))
		}
		if href != "" {
			add(href, words(s))
		}
	})
	return append(all, v.scripted()...)
}

// clickTo matches the address in a script that a click runs: location = '…',
// window.open('…'), goTo('/…').
var clickTo = regexp.MustCompile(`(?:location(?:\.href)?\s*=\s*|location\.(?:assign|replace)\(\s*|\b\w+\(\s*)["']([^"'<>\s]*[/.][^"'<>\s]*)["']`)

// clicked returns the address that a script in an attribute leads to, or "".
func clicked(script string) string {
	if !strings.ContainsAny(script, "(=") || strings.HasPrefix(script, "http") || strings.HasPrefix(script, "/") {
		return ""
	}
	if m := clickTo.FindStringSubmatch(script); m != nil {
		return m[1]
	}
	return ""
}

// words returns what a link says: its text, else its title or its picture's.
func words(s *goquery.Selection) string {
	if t := strings.Join(strings.Fields(s.Text()), " "); t != "" && !strings.HasSuffix(t, "…") && !strings.HasSuffix(t, "...") {
		return t
	}
	for _, t := range []string{
		s.AttrOr("title", ""), s.AttrOr("alt", ""), s.Find("img[alt]").AttrOr("alt", ""), s.Find("img[title]").AttrOr("title", ""), s.Text(),
	} {
		if t = strings.Join(strings.Fields(t), " "); t != "" {
			return t
		}
	}
	return ""
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
