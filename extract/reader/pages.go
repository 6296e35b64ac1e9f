package reader

import (
	"context"
	"errors"
	"fmt"

	"gongkai"
	"gongkai/extract"
)

// ReadPages reads a report that is split over several documents: first and the
// further pages in their order, as one Content. Every place says on which page
// it lies. A page that is not at hand or cannot be read is ErrPage: what is on
// it would be taken for left out by the agency.
func (r *Reader) ReadPages(ctx context.Context, first *gongkai.Document, further []*gongkai.Document) (*extract.Content, error) {
	if first.Pages > 1+len(further) {
		return nil, fmt.Errorf("read %s: %w: the report has %d pages and the archive %d", first.Name, extract.ErrPage, first.Pages, 1+len(further))
	}
	whole, err := r.Read(ctx, first)
	if err != nil || len(further) == 0 {
		return whole, err
	}
	onPage(whole, 1)
	for i, d := range further {
		c, err := r.Read(ctx, d)
		if ctx.Err() != nil {
			return nil, err
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: page %d: %w", first.Name, i+2, errors.Join(extract.ErrPage, err))
		}
		onPage(c, i+2)
		whole.Blocks = append(whole.Blocks, c.Blocks...)
		whole.Issues = append(whole.Issues, c.Issues...)
	}
	return whole, nil
}

// onPage puts all places of c on a page. A PDF keeps its own pages.
func onPage(c *extract.Content, page int) {
	put := func(p *gongkai.Place) {
		if p.Page == 0 {
			p.Page = page
		}
	}
	for i := range c.Blocks {
		b := &c.Blocks[i]
		put(&b.Place)
		if b.Grid == nil {
			continue
		}
		for _, row := range b.Grid.Rows {
			for j := range row {
				put(&row[j].Place)
			}
		}
	}
	for i := range c.Issues {
		put(&c.Issues[i].Place)
	}
}
