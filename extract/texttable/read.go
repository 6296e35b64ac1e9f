package texttable

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai"
	"gongkai/extract"
)

// Limits on one file.
const (
	maxBytes = 10 << 20
	maxLines = 200_000
)

// Read reads a text file in UTF-8; the reader package decodes others first.
// The error wraps extract.ErrLimit if the file is too large.
func Read(ctx context.Context, d *gongkai.Document) (*extract.Content, error) {
	if len(d.Body) > maxBytes {
		return nil, fmt.Errorf("read text %s: %w: %d bytes, limit %d", d.Name, extract.ErrLimit, len(d.Body), maxBytes)
	}
	if n := bytes.Count(d.Body, []byte("\n")); n > maxLines {
		return nil, fmt.Errorf("read text %s: %w: %d lines, limit %d", d.Name, extract.ErrLimit, n, maxLines)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read text %s: %w", d.Name, err)
	}
	text := strings.TrimPrefix(string(d.Body), "\ufeff")
	c := Parse(text)
	if !utf8.ValidString(text) {
		c.Issues = append(c.Issues, gongkai.Issue{Code: gongkai.IssueCharset, Detail: "bytes that are not UTF-8"})
	}
	return c, nil
}

// Parse reads text into paragraphs and grids.
func Parse(text string) *extract.Content {
	p := &parser{c: &extract.Content{Reader: "text"}, room: maxCells}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n").Replace(strings.ToValidUTF8(text, "\uFFFD"))
	p.lines = strings.Split(strings.Map(extract.PlainRune, text), "\n")
	for p.at < len(p.lines) {
		switch {
		case p.line() == "":
			p.at++
		case p.tabs(), p.bars(), p.spaced(), p.bare():
		default:
			p.prose()
		}
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		p.cut()
	}
	return p.c
}

// A parser stands at a line; each of its table readers takes the lines of a
// table that begins there, or none and reports false.
type parser struct {
	c      *extract.Content
	lines  []string
	at     int
	tables int
	room   int // cells that may still be made
	// tried is the first line that bare has not looked at yet: a run of short
	// lines that is no table is not looked at again from its second line.
	tried int
	// looked is the same for spaced.
	looked int
}

// line returns the line at hand, folded.
func (p *parser) line() string { return fold(p.lines[p.at]) }

// peek returns the first line from i on that is not empty, and its index;
// an empty line and len(lines) at the end.
func (p *parser) peek(i int) (string, int) {
	for ; i < len(p.lines); i++ {
		if s := fold(p.lines[i]); s != "" {
			return s, i
		}
	}
	return "", len(p.lines)
}
