package pdftable

import (
	"bytes"
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"gongkai/extract"
)

// A reading is one document being read in this process.
type reading struct {
	engine *engine
	second *secondReader
	limits Limits
	ocr    bool
}

// answer does what q says.
func (r *reading) answer(ctx context.Context, q request) reply {
	if q.View != nil {
		p, err := r.show(ctx, q.Body, *q.View)
		return newReply(nil, p, err)
	}
	c, err := r.read(ctx, q.Body)
	return newReply(c, nil, err)
}

// wall is the time that q may take.
func (r *reading) wall(q request) time.Duration {
	if q.View != nil {
		return min(showTime, r.limits.Time)
	}
	return r.limits.wall(r.ocr)
}

// opened lets use work on body as PDFium has opened it, which is killed when ctx
// ends. It never panics: a fault in part, such as the parser, is a damaged document.
func (r *reading) opened(ctx context.Context, body []byte, part string, use func(l *loader) error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: the %s broke off: %v\n%s", extract.ErrDamaged, part, fault, debug.Stack())
		}
	}()
	l, err := r.engine.open(ctx, body, r.limits)
	if err != nil {
		return err
	}
	defer l.close()
	stop := context.AfterFunc(ctx, func() { _ = l.in.Kill() })
	defer stop()
	return use(l)
}

// read reads body. It never panics.
func (r *reading) read(ctx context.Context, body []byte) (c *extract.Content, err error) {
	err = r.opened(ctx, body, "parser", func(l *loader) (err error) {
		c, err = r.pages(ctx, l, body)
		return err
	})
	return c, err
}

// pages reads the pages of body, which l has opened.
func (r *reading) pages(ctx context.Context, l *loader, body []byte) (*extract.Content, error) {
	damage := l.damage(body)
	l.layered = hasLayers(body)
	layouts, err := l.layouts()
	if err != nil {
		return nil, err
	}
	if textless(layouts) && damage != nil {
		return nil, fmt.Errorf("%w: %w; fetch it again", extract.ErrDamaged, damage)
	}
	if err := r.pictures(l, layouts); err != nil {
		return nil, err
	}
	dropFurniture(layouts)
	for _, page := range layouts {
		page.addStreams()
	}
	r.confirm(ctx, body, layouts)
	for _, page := range layouts {
		page.explain()
	}
	if damage != nil {
		doubtAll(layouts)
	}
	c := content(layouts)
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

// pictures puts what OCR reads in the place of the pages that are pictures.
// Without OCR such a page keeps its text layer, if it has one; a document of
// nothing but bare pictures cannot be read at all.
func (r *reading) pictures(l *loader, layouts []*layout) error {
	tool := ""
	if r.ocr {
		tool = ocrTool()
	}
	if tool != "" {
		return l.recognize(tool, layouts)
	}
	switch {
	case !textless(layouts):
		return nil
	case r.ocr:
		return fmt.Errorf("%w; install tesseract with chi_sim to read it", extract.ErrNoTextLayer)
	}
	return fmt.Errorf("%w; read it with OCR or ask the agency for a file with text", extract.ErrNoTextLayer)
}

// textless reports whether all pages with anything on them are pictures, with
// no text to speak of.
func textless(layouts []*layout) bool {
	pictures, glyphs := 0, 0
	for _, l := range layouts {
		glyphs += len(l.page.glyphs)
		if l.page.pictured {
			pictures++
		}
	}
	return glyphs == 0 || pictures > 0 && glyphs < fewGlyphs*len(layouts)
}

// confirm compares every cell with a second reading: by the second reader where
// it can read the page, else by position.
func (r *reading) confirm(ctx context.Context, body []byte, layouts []*layout) {
	wanted := make([]bool, len(layouts)) // reading a page twice costs more than reading it once
	for i, l := range layouts {
		wanted[i] = l.printed()
	}
	pages := r.second.read(ctx, body, wanted)
	for i, l := range layouts {
		if !l.printed() || pages != nil && l.confirm(pages[i]) {
			continue
		}
		for _, t := range l.tables {
			t.confirmByPosition()
		}
	}
}

// printed reports whether the page has tables that were read as text.
func (l *layout) printed() bool { return len(l.tables) > 0 && !l.page.pictured }

// content makes the document from its pages.
func content(layouts []*layout) *extract.Content {
	items := stitch(flow(layouts))
	c := &extract.Content{Reader: "ocr", Blocks: blocks(items), Issues: issues(layouts, items)}
	for _, l := range layouts {
		switch {
		case !l.recognized:
			c.Reader = "pdf"
			if l.page.pictured {
				c.Pictures = append(c.Pictures, l.page.number)
			}
		}
	}
	return c
}

// isPDF looks for the magic bytes, which may stand behind some rubbish.
func isPDF(body []byte) bool { return bytes.Contains(body[:min(len(body), 1024)], []byte("%PDF-")) }
