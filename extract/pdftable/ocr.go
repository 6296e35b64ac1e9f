package pdftable

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"gongkai"
	"gongkai/extract"
)

// digits are what a figure's cell may hold.
const digits = "0123456789.,/-"

// maxCells bounds the cells read on one page.
const maxCells = 600

// ocrTool is the program that reads images, "" if it is not installed.
func ocrTool() string {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return ""
	}
	return path
}

// recognize reads the pages that are pictures: rules from the image, every
// cell by itself, the text around the tables as a whole.
func (l *loader) recognize(tool string, layouts []*layout) error {
	dir, err := os.MkdirTemp("", "gongkai-ocr-")
	if err != nil {
		return fmt.Errorf("OCR: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	o := &ocr{ctx: l.ctx, tool: tool, dir: dir}
	for i, page := range layouts {
		if !page.page.pictured {
			continue
		}
		gray, err := l.render(i + 1)
		if err != nil {
			return err
		}
		gray, shown, err := o.upright(gray)
		if err != nil {
			return fmt.Errorf("OCR of page %d: %w", i+1, err)
		}
		if layouts[i], err = o.page(i+1, straighten(gray)); err != nil {
			return fmt.Errorf("OCR of page %d: %w", i+1, err)
		}
		layouts[i].page.shown = shown
	}
	return nil
}

// ocr runs the tool in a folder of its own.
type ocr struct {
	ctx  context.Context
	tool string
	dir  string
}

func (o *ocr) page(n int, g *image.Gray) (*layout, error) {
	p := &page{number: n, shown: identity, user: identity, width: float64(g.Rect.Dx()) * pixel, height: float64(g.Rect.Dy()) * pixel}
	p.rules = rasterRules(g)
	l := &layout{page: p, rules: joinRules(p.rules), recognized: true}
	for _, frame := range frames(l.rules) {
		if t := lattice(p, closeOpen(frame)); t != nil {
			t.method = "ocr"
			l.tables = append(l.tables, t)
		}
	}
	if err := o.cells(l, g); err != nil {
		return nil, err
	}
	rest := image.NewGray(g.Rect)
	copy(rest.Pix, g.Pix)
	for _, t := range l.tables {
		draw.Draw(rest, pixels(t.box, -6), image.White, image.Point{}, draw.Src)
	}
	var err error
	l.body, err = o.body(rest)
	return l, err
}

// pixels is the box in pixels, made smaller by inset on each side.
func pixels(b gongkai.Box, inset int) image.Rectangle {
	return image.Rect(int(b.X0/pixel)+inset, int(b.Y0/pixel)+inset, int(b.X1/pixel)-inset, int(b.Y1/pixel)-inset)
}

// cells reads the cells that have ink in them: as Chinese, and where that
// gives no Chinese, as digits.
func (o *ocr) cells(l *layout, g *image.Gray) error {
	var inked []*cell
	var crops []*image.Gray
	for _, t := range l.tables {
		for _, c := range t.cells() {
			c.doubt, c.source = true, "ocr"
			if crop := crop(g, pixels(c.box, 7)); crop != nil {
				inked, crops = append(inked, c), append(crops, crop)
			}
		}
	}
	if len(inked) > maxCells {
		return fmt.Errorf("%w: %d cells on a page, at most %d are read", extract.ErrLimit, len(inked), maxCells)
	}
	if len(inked) == 0 {
		return nil
	}
	words, err := o.images(enlarged(crops, 1), "chi_sim", "6", "")
	if err != nil {
		return err
	}
	var figures []*cell
	var figureCrops []*image.Gray
	for i, c := range inked {
		if han(words[i]) > 1 {
			c.text = oddOrdinal.ReplaceAllString(strings.ReplaceAll(words[i], " ", ""), "（$1）")
			continue
		}
		figures, figureCrops = append(figures, c), append(figureCrops, crops[i])
	}
	return o.figures(figures, figureCrops)
}

// figures reads digits several times, at different sizes. What most readings
// say counts; cells on which they differ cannot be read.
func (o *ocr) figures(cells []*cell, crops []*image.Gray) error {
	if len(cells) == 0 {
		return nil
	}
	votes := make([]map[string]int, len(cells))
	for i := range votes {
		votes[i] = map[string]int{}
	}
	for _, way := range []struct {
		scale int
		mode  string
	}{{1, "7"}, {2, "7"}, {3, "7"}, {2, "10"}} {
		texts, err := o.images(enlarged(crops, way.scale), "eng", way.mode, digits)
		if err != nil {
			return err
		}
		for i, text := range texts {
			if text != "" {
				votes[i][text]++
			}
		}
	}
	for i, c := range cells {
		c.text = elected(votes[i])
	}
	return nil
}

// oddOrdinal is the number of a row whose brackets OCR took for others.
var oddOrdinal = regexp.MustCompile(`^[《〈<({\[【（]([一二三四五六七八九十])[)）》〉\]】}]`)

// unreadable stands for ink that cannot be read: it is no blank.
const unreadable = "\uFFFD"

// elected returns the text with the most votes, if it has no equal.
func elected(votes map[string]int) string {
	best, most, tie := unreadable, 0, false
	for text, n := range votes {
		switch {
		case n > most:
			best, most, tie = text, n, false
		case n == most:
			tie = true
		}
	}
	if tie {
		return unreadable
	}
	return best
}

func han(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF {
			n++
		}
	}
	return n
}

// withoutBorder copies r and drops the ink that touches its border: what is
// left of the rules around a cell.
func withoutBorder(g *image.Gray, r image.Rectangle) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, g, r.Min, draw.Src)
	w, h := r.Dx(), r.Dy()
	var todo []int
	add := func(x, y int) {
		if x >= 0 && y >= 0 && x < w && y < h && out.Pix[y*out.Stride+x] < dark+40 {
			out.Pix[y*out.Stride+x] = 255
			todo = append(todo, y*w+x)
		}
	}
	for x := range w {
		add(x, 0)
		add(x, h-1)
	}
	for y := range h {
		add(0, y)
		add(w-1, y)
	}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		x, y := at%w, at/w
		add(x-1, y)
		add(x+1, y)
		add(x, y-1)
		add(x, y+1)
	}
	return out
}

// leastInk is how many dark pixels a printed mark has at least.
const leastInk = 12

// crop returns the ink in r, nil if there is none.
func crop(g *image.Gray, r image.Rectangle) *image.Gray {
	r = r.Intersect(g.Rect)
	if r.Empty() {
		return nil
	}
	g = withoutBorder(g, r)
	r = g.Rect
	ink := image.Rectangle{}
	count := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if g.Pix[y*g.Stride+x] < dark {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
				count++
			}
		}
	}
	if count < leastInk {
		return nil
	}
	ink = ink.Inset(-2).Intersect(g.Rect)
	out := image.NewGray(image.Rect(0, 0, ink.Dx(), ink.Dy()))
	draw.Draw(out, out.Rect, g, ink.Min, draw.Src)
	return out
}

// cropMargin is the white around a crop in pixels: lone digits without room around them are not read.
const cropMargin = 40

// enlarged returns the images so many times larger, with a white margin.
func enlarged(all []*image.Gray, times int) []*image.Gray {
	out := make([]*image.Gray, len(all))
	for i, g := range all {
		w, h := times*g.Rect.Dx(), times*g.Rect.Dy()
		big := image.NewGray(image.Rect(0, 0, w+2*cropMargin, h+2*cropMargin))
		draw.Draw(big, big.Rect, image.White, image.Point{}, draw.Src)
		for y := range h {
			for x := range w {
				sx, sy := (float64(x)+0.5)/float64(times)-0.5, (float64(y)+0.5)/float64(times)-0.5
				big.Pix[(y+cropMargin)*big.Stride+x+cropMargin] = sample(g, max(0, min(sx, float64(g.Rect.Dx()-2))), max(0, min(sy, float64(g.Rect.Dy()-2))))
			}
		}
		out[i] = big
	}
	return out
}

// images reads several images in one run of the tool.
func (o *ocr) images(all []*image.Gray, language, mode, only string) ([]string, error) {
	var list strings.Builder
	for i, img := range all {
		name := filepath.Join(o.dir, fmt.Sprintf("%04d.png", i))
		if err := writePNG(name, img); err != nil {
			return nil, err
		}
		list.WriteString(name + "\n")
	}
	names := filepath.Join(o.dir, "list.txt")
	if err := os.WriteFile(names, []byte(list.String()), 0o600); err != nil {
		return nil, err
	}
	args := []string{names, "stdout", "-l", language, "--psm", mode}
	if only != "" {
		args = append(args, "-c", "tessedit_char_whitelist="+only)
	}
	out, err := o.run(args)
	if err != nil {
		return nil, err
	}
	pages := strings.Split(out, "\f")
	texts := make([]string, len(all))
	for i := range texts {
		if i < len(pages) {
			texts[i] = strings.Join(strings.Fields(pages[i]), " ")
		}
	}
	return texts, nil
}

func writePNG(name string, img image.Image) error {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, img); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o600)
}

// run runs the tool on one thread: it is slower on several.
func (o *ocr) run(args []string) (string, error) {
	command := exec.CommandContext(o.ctx, o.tool, args...)
	command.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	if o.ctx.Err() != nil {
		return "", fmt.Errorf("%w: more than the time allowed; read it by hand", extract.ErrLimit)
	}
	if err != nil {
		return "", fmt.Errorf("tesseract: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	return string(out), nil
}
