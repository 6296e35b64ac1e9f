package pdftable

import (
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
	"gongkai/extract"
)

const (
	scanDPI   = 300
	maxPixels = 40 << 20 // of a rendered page; A3 at 300 dpi has 17 million
	dark      = 150      // pixels darker than this are ink
	pixel     = 72.0 / scanDPI
)

// render draws page n in shades of grey at scanDPI.
func (l *loader) render(n int) (*image.Gray, error) {
	size, err := l.in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: l.doc, Index: n - 1})
	if err != nil {
		return nil, l.broken("page size", err)
	}
	if size.Width*size.Height/(pixel*pixel) > maxPixels {
		return nil, fmt.Errorf("render page %d: %w: %.0f by %.0f points", n, extract.ErrLimit, size.Width, size.Height)
	}
	return l.draw(requests.Page{ByIndex: &requests.PageByIndex{Document: l.doc, Index: n - 1}}, scanDPI)
}

// draw draws a page, with its annotations, in shades of grey.
func (l *loader) draw(at requests.Page, dpi int) (*image.Gray, error) {
	r, err := l.in.RenderPageInDPI(&requests.RenderPageInDPI{
		DPI: dpi, ImageFormat: requests.RenderImageFormatGrayscale, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, Page: at,
	})
	if err != nil {
		return nil, l.broken("render page", err)
	}
	defer r.Cleanup()
	gray, ok := r.Result.RenderedImage.(*image.Gray)
	if !ok {
		return nil, fmt.Errorf("render page: %w: no grey image", extract.ErrDamaged)
	}
	own := image.NewGray(image.Rect(0, 0, gray.Rect.Dx(), gray.Rect.Dy()))
	for y := range own.Rect.Dy() {
		copy(own.Pix[y*own.Stride:y*own.Stride+own.Rect.Dx()], gray.Pix[y*gray.Stride:])
	}
	return own, nil
}

// straighten turns a page that was scanned askew, by up to two degrees.
func straighten(g *image.Gray) *image.Gray {
	best, most := 0.0, skewEnergy(g, 0)
	for step := 1; step <= 20; step++ {
		for _, a := range []float64{float64(step) * 0.1, -float64(step) * 0.1} {
			if e := skewEnergy(g, a); e > most {
				best, most = a, e
			}
		}
	}
	for _, a := range []float64{best - 0.05, best + 0.05} {
		if e := skewEnergy(g, a); e > most {
			best, most = a, e
		}
	}
	if math.Abs(best) < 0.05 {
		return g
	}
	return rotate(g, best)
}

// skewEnergy is greatest at the angle, in degrees, at which lines of text and
// rules lie along rows of pixels.
func skewEnergy(g *image.Gray, degrees float64) float64 {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	slope := math.Tan(degrees * math.Pi / 180)
	rows := make([]int, h)
	for x := 0; x < w; x += 4 {
		shift := int(math.Round(slope * float64(x-w/2)))
		for y := max(0, -shift); y < min(h, h-shift); y++ {
			if g.Pix[(y+shift)*g.Stride+x] < dark {
				rows[y]++
			}
		}
	}
	sum := 0.0
	for _, n := range rows {
		sum += float64(n) * float64(n)
	}
	return sum
}

// rotate turns the image about its centre by interpolation.
func rotate(g *image.Gray, degrees float64) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(g.Rect)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(w)/2, float64(h)/2
	for y := range h {
		for x := range w {
			dx, dy := float64(x)-cx, float64(y)-cy
			sx, sy := cx+dx*cos-dy*sin, cy+dx*sin+dy*cos
			out.Pix[y*out.Stride+x] = sample(g, sx, sy)
		}
	}
	return out
}

func sample(g *image.Gray, x, y float64) uint8 {
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	if x0 < 0 || y0 < 0 || x0+1 >= g.Rect.Dx() || y0+1 >= g.Rect.Dy() {
		return 255
	}
	fx, fy := x-float64(x0), y-float64(y0)
	at := func(x, y int) float64 { return float64(g.Pix[y*g.Stride+x]) }
	top := at(x0, y0)*(1-fx) + at(x0+1, y0)*fx
	bottom := at(x0, y0+1)*(1-fx) + at(x0+1, y0+1)*fx
	return uint8(top*(1-fy) + bottom*fy + 0.5)
}
