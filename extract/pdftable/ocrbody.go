package pdftable

import (
	"image"
	"path/filepath"
	"strconv"
	"strings"

	"gongkai"
)

// body reads the text around the tables and returns it as glyphs, as if they
// had been in the file.
func (o *ocr) body(g *image.Gray) ([]glyph, error) {
	if crop(g, g.Rect) == nil {
		return nil, nil
	}
	name := filepath.Join(o.dir, "body.png")
	if err := writePNG(name, g); err != nil {
		return nil, err
	}
	out, err := o.run([]string{name, "stdout", "-l", "chi_sim", "--psm", "6", "tsv"})
	if err != nil {
		return nil, err
	}
	return tsvGlyphs(out), nil
}

// tsvGlyphs reads tesseract's table of words. The words of one line get one
// baseline, the characters of a word equal parts of its box.
func tsvGlyphs(tsv string) []glyph {
	var all []glyph
	var line gongkai.Box // of the current line
	for row := range strings.SplitSeq(tsv, "\n") {
		f := strings.Split(row, "\t")
		if len(f) < 12 {
			continue
		}
		n := [4]float64{}
		for i := range n {
			n[i], _ = strconv.ParseFloat(f[6+i], 64)
		}
		box := gongkai.Box{X0: n[0] * pixel, Y0: n[1] * pixel, X1: (n[0] + n[2]) * pixel, Y1: (n[1] + n[3]) * pixel}
		word := []rune(strings.TrimSpace(f[11]))
		switch {
		case f[0] == "4":
			line = box
		case f[0] == "5" && len(word) > 0:
			step := (box.X1 - box.X0) / float64(len(word))
			for i, r := range word {
				x := box.X0 + float64(i)*step
				all = append(all, glyph{r: r, x: x, y: line.Y1, box: gongkai.Box{X0: x, Y0: line.Y0, X1: x + step, Y1: line.Y1}})
			}
		}
	}
	return all
}
