package pdftable

import (
	"bytes"
	"context"
	"fmt"
	"runtime/debug"

	"gongkai"
	"gongkai/extract"
)

// A reading is one document being read in this process.
type reading struct {
	engine *engine
	second *secondReader
	limits Limits
	ocr    bool
}

// read reads body. It never panics: a fault in a parser is a damaged document.
func (r *reading) read(ctx context.Context, body []byte) (c *extract.Content, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			c, err = nil, fmt.Errorf("%w: the parser broke off: %v\n%s", extract.ErrDamaged, fault, debug.Stack())
		}
	}()
	l, err := r.engine.open(ctx, body, r.limits)
	if err != nil {
		return nil, err
	}
	defer l.close()
	stop := context.AfterFunc(ctx, func() { _ = l.in.Kill() })
	defer stop()
	layouts, err := l.layouts()
	if err != nil {
		return nil, err
	}
	damage := l.damage(body)
	if scanned(layouts) {
		if damage != nil {
			return nil, fmt.Errorf("%w: %w; fetch it again", extract.ErrDamaged, damage)
		}
		return r.scan(l)
	}
	dropFurniture(layouts)
	for _, page := range layouts {
		page.addStreams()
	}
	r.confirm(ctx, body, layouts)
	if damage != nil {
		doubtAll(layouts)
	}
	c = content(layouts)
	if damage != nil {
		c.Issues = append(c.Issues, damageIssue(damage))
	}
	return c, nil
}

// layouts reads all pages.
func (l *loader) layouts() ([]*layout, error) {
	count, err := l.pageCount()
	if err != nil {
		return nil, err
	}
	all := make([]*layout, count)
	for i := range all {
		p, err := l.page(i + 1)
		if err != nil {
			return nil, err
		}
		all[i] = layOut(p)
	}
	return all, nil
}

// scan reads page images, if that is wanted and possible.
func (r *reading) scan(l *loader) (*extract.Content, error) {
	if !r.ocr {
		return nil, fmt.Errorf("%w; read it with OCR or ask the agency for a file with text", extract.ErrNoTextLayer)
	}
	tool := ocrTool()
	if tool == "" {
		return nil, fmt.Errorf("%w; install tesseract with chi_sim to read it", extract.ErrNoTextLayer)
	}
	layouts, err := l.recognize(tool)
	if err != nil {
		return nil, err
	}
	dropFurniture(layouts)
	c := content(layouts)
	c.Reader = "ocr"
	c.Issues = append(c.Issues, gongkai.Issue{Code: gongkai.IssueOCR, Detail: "the pages are images: text and figures are recognized, not read"})
	return c, nil
}

// confirm compares every cell with a second reading: by the second reader where
// it can read the page, else by position.
func (r *reading) confirm(ctx context.Context, body []byte, layouts []*layout) {
	wanted := make([]bool, len(layouts)) // reading a page twice costs more than reading it once
	for i, l := range layouts {
		wanted[i] = len(l.tables) > 0
	}
	pages := r.second.read(ctx, body, wanted)
	for i, l := range layouts {
		if len(l.tables) == 0 || pages != nil && l.confirm(pages[i]) {
			continue
		}
		for _, t := range l.tables {
			t.confirmByPosition()
		}
	}
}

// content makes the document from its pages.
func content(layouts []*layout) *extract.Content {
	items := stitch(flow(layouts))
	return &extract.Content{Reader: "pdf", Blocks: blocks(items), Issues: issues(layouts, items)}
}

// fewGlyphs is what a page of a report never has less of, page number aside.
const fewGlyphs = 20

// scanned reports whether the pages are images with no text to speak of.
func scanned(layouts []*layout) bool {
	images, glyphs := 0, 0
	for _, l := range layouts {
		glyphs += len(l.page.glyphs)
		for _, b := range l.page.images {
			if area(b) > 0.5*l.page.width*l.page.height {
				images++
				break
			}
		}
	}
	return glyphs == 0 || images > 0 && glyphs < fewGlyphs*len(layouts)
}

// isPDF looks for the magic bytes, which may stand behind some rubbish.
func isPDF(body []byte) bool { return bytes.Contains(body[:min(len(body), 1024)], []byte("%PDF-")) }
