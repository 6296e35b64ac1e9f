package htmltable

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"gongkai/extract"
)

// parse builds the tree of a page. golang.org/x/net/html refuses pages with
// more than 512 open elements, and copies every open formatting element into
// each new paragraph. Word pastes that never close <font> meet both; they are
// parsed again without the elements that only format.
func parse(ctx context.Context, text string, heavy bool) (*goquery.Document, error) {
	var err error
	for _, drop := range []func(string) tagChange{nil, formatting, structure} {
		if drop == nil && heavy {
			continue
		}
		t := text
		if drop != nil {
			t = rewrite(text, drop)
		}
		var root *html.Node
		root, err = html.Parse(&boundReader{ctx: ctx, r: strings.NewReader(t)})
		if err == nil {
			return goquery.NewDocumentFromNode(root), nil
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("parse page: %w (time): %w", extract.ErrLimit, ctx.Err())
		}
	}
	return nil, fmt.Errorf("parse page: %w: elements nested too deeply: %w", extract.ErrLimit, err)
}

// A boundReader stops the parser when time is up.
type boundReader struct {
	ctx context.Context
	r   io.Reader
}

func (b *boundReader) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.r.Read(p)
}

// A tagChange says what rewrite does with a tag.
type tagChange int

const (
	keepTag tagChange = iota
	dropTag
	breakTag // a line break instead
)

// formatting drops the elements that only format text.
func formatting(name string) tagChange {
	if formats(name) || name == "span" || name == "o:p" || name == "ins" || name == "label" || strings.HasPrefix(name, "st1:") {
		return dropTag
	}
	return keepTag
}

// structure leaves little more than tables and line breaks.
func structure(name string) tagChange {
	switch kindOf(name) {
	case blockKind:
		return breakTag
	case inlineKind:
		return dropTag
	}
	return keepTag
}

// formats lists the formatting elements of the HTML standard: the ones that a
// parser opens again in every paragraph until they are closed.
func formats(name string) bool {
	switch name {
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

// rewrite changes tags of a page as change says. Hidden elements stay as they are.
func rewrite(text string, change func(name string) tagChange) string {
	var b strings.Builder
	b.Grow(len(text))
	kept := map[string][]bool{} // for each open element of a name, whether its tag was kept
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		typ := z.Next()
		if typ == html.ErrorToken {
			return b.String()
		}
		raw := z.Raw()
		if typ != html.StartTagToken && typ != html.EndTagToken && typ != html.SelfClosingTagToken {
			b.Write(raw)
			continue
		}
		whole := string(raw) // TagName and TagAttr change the buffer under raw
		t := z.Token()
		what := change(t.Data)
		keep := what == keepTag
		switch typ {
		case html.StartTagToken:
			keep = keep || hiddenToken(t)
			if what != keepTag {
				kept[t.Data] = append(kept[t.Data], keep)
			}
		case html.EndTagToken:
			if open := kept[t.Data]; len(open) > 0 {
				keep = open[len(open)-1]
				kept[t.Data] = open[:len(open)-1]
			}
		}
		switch {
		case keep:
			b.WriteString(whole)
		case what == breakTag:
			b.WriteString("<br>")
		}
	}
}

func hiddenToken(t html.Token) bool {
	for _, a := range t.Attr {
		if hides(a.Key, a.Val) {
			return true
		}
	}
	return false
}
