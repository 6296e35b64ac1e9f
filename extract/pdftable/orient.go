package pdftable

import (
	"image"
	"path/filepath"
	"regexp"
	"strconv"
)

var (
	osdTurn      = regexp.MustCompile(`Rotate: (\d+)`)
	osdCertainty = regexp.MustCompile(`Orientation confidence: ([\d.]+)`)
)

// certain is the confidence from which on the tool's word on how a page lies counts.
const certain = 1.0

// upright turns a page that lies on its side or head, and returns the map from
// the turned page to the page as displayed.
func (o *ocr) upright(g *image.Gray) (*image.Gray, matrix, error) {
	name := filepath.Join(o.dir, "page.png")
	if err := writePNG(name, g); err != nil {
		return nil, identity, err
	}
	quarters := 0
	out, err := o.run([]string{name, "stdout", "--psm", "0"})
	if err != nil {
		if o.ctx.Err() != nil {
			return nil, identity, err
		}
		return g, identity, nil // too little text to tell: it is read as it lies
	}
	if m := osdCertainty.FindStringSubmatch(out); m != nil {
		if sure, _ := strconv.ParseFloat(m[1], 64); sure >= certain {
			if m := osdTurn.FindStringSubmatch(out); m != nil {
				degrees, _ := strconv.Atoi(m[1])
				quarters = degrees / 90 & 3
			}
		}
	}
	w, h := float64(g.Rect.Dx())*pixel, float64(g.Rect.Dy())*pixel
	for range quarters {
		g = quarterTurn(g)
	}
	if quarters&1 == 1 {
		w, h = h, w
	}
	return g, turn(4-quarters, w, h), nil
}

// quarterTurn turns the image clockwise.
func quarterTurn(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[x*out.Stride+h-1-y] = g.Pix[y*g.Stride+x]
		}
	}
	return out
}
