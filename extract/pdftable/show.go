package pdftable

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"time"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
	"gongkai"
	"gongkai/extract"
)

// ErrNoPage says that a document has no page of that number.
var ErrNoPage = errors.New("no such page")

// A Picture is a page as a reader of the file sees it.
type Picture struct {
	PNG           []byte  // in 16 shades of grey, or in colour where the page has colour
	Width, Height float64 // of the page as displayed, in points: the space of gongkai.Box
	Pages         int     // of the document
}

const (
	minShowDPI    = 36
	maxShowDPI    = 300
	maxShowPixels = 4 << 20         // a larger page is drawn coarser
	showTime      = 5 * time.Second // for one picture
	shades        = 16
)

// A showing is the page that a worker is to draw.
type showing struct{ Page, DPI int }

// Show draws page n, counted from 1, of a PDF file at dpi dots an inch, or
// fewer where the picture would have more than four million. Boxes of cells lie
// on the picture once they are scaled from Width by Height to its size. Errors
// wrap ErrNoPage or those of Read.
func (p *Pool) Show(ctx context.Context, d *gongkai.Document, n, dpi int) (*Picture, error) {
	if n < 1 {
		return nil, fmt.Errorf("draw page %d of PDF %s: %w", n, d.Name, ErrNoPage)
	}
	r, err := p.ask(ctx, request{Body: d.Body, View: &showing{Page: n, DPI: min(max(dpi, minShowDPI), maxShowDPI)}})
	if err != nil {
		return nil, fmt.Errorf("draw page %d of PDF %s: %w", n, d.Name, err)
	}
	return r.Picture, nil
}

// show draws one page of body. It never panics.
func (r *reading) show(ctx context.Context, body []byte, v showing) (pic *Picture, err error) {
	err = r.opened(ctx, body, "renderer", func(l *loader) (err error) {
		pic, err = l.picture(v)
		return err
	})
	return pic, err
}

// picture draws one page, in colour if it has any.
func (l *loader) picture(v showing) (*Picture, error) {
	pages, err := l.pageCount()
	if err != nil {
		return nil, err
	}
	if v.Page > pages {
		return nil, fmt.Errorf("%w: the document has %d", ErrNoPage, pages)
	}
	size, err := l.in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: l.doc, Index: v.Page - 1})
	if err != nil {
		return nil, l.broken("page size", err)
	}
	dpi, err := fittingDPI(size.Width, size.Height, v.DPI)
	if err != nil {
		return nil, err
	}
	drawn, err := l.in.RenderPageInDPI(&requests.RenderPageInDPI{
		DPI: dpi, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: l.doc, Index: v.Page - 1}},
	})
	if err != nil {
		return nil, l.broken("draw page", err)
	}
	defer drawn.Cleanup()
	rgba, ok := drawn.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return nil, fmt.Errorf("draw page: %w: no picture", extract.ErrDamaged)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, sparing(rgba)); err != nil {
		return nil, fmt.Errorf("draw page: %w", err)
	}
	return &Picture{PNG: out.Bytes(), Width: size.Width, Height: size.Height, Pages: pages}, nil
}

// fittingDPI is dpi, or what a page of that size in points may have of it.
func fittingDPI(width, height float64, dpi int) (int, error) {
	most := 72 * math.Sqrt(maxShowPixels/(width*height))
	if math.IsNaN(most) || most < 1 || width <= 0 || height <= 0 {
		return 0, fmt.Errorf("%w: a page of %.0f by %.0f points", extract.ErrLimit, width, height)
	}
	return int(min(float64(dpi), most)), nil
}

// sparing gives a picture without colour 16 shades of grey, which makes a
// third of its bytes.
func sparing(in *image.RGBA) image.Image {
	if coloured(in) {
		return in
	}
	palette := make(color.Palette, shades)
	for i := range palette {
		palette[i] = color.Gray{Y: uint8(i * 255 / (shades - 1))}
	}
	out := image.NewPaletted(image.Rect(0, 0, in.Rect.Dx(), in.Rect.Dy()), palette)
	for y := range out.Rect.Dy() {
		from, to := in.Pix[y*in.Stride:], out.Pix[y*out.Stride:]
		for x := range out.Rect.Dx() {
			grey := (int(from[4*x]) + int(from[4*x+1]) + int(from[4*x+2])) / 3
			to[x] = uint8((grey*(shades-1) + 127) / 255)
		}
	}
	return out
}

// nearGrey is how far apart the colours of a pixel may lie that passes for grey.
const nearGrey = 24

func coloured(in *image.RGBA) bool {
	for y := range in.Rect.Dy() {
		row := in.Pix[y*in.Stride:][:4*in.Rect.Dx()]
		for ; len(row) > 0; row = row[4:] {
			if max(row[0], row[1], row[2])-min(row[0], row[1], row[2]) > nearGrey {
				return true
			}
		}
	}
	return false
}
