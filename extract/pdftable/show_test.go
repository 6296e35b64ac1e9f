package pdftable

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"gongkai"
	"gongkai/extract"
)

// TestBoxesOnPicture draws every page of the test documents and looks whether
// the boxes that the reading gives of cells with text hold ink on it, and
// whether those of empty cells hold none: a picture that is turned, shifted or
// scaled otherwise than the boxes fails.
func TestBoxesOnPicture(t *testing.T) {
	t.Parallel()
	pool := workerPool(t, 1, Limits{})
	for _, name := range []string{"rotated", "libreoffice-pagebreak", "chromium-ruled", "encrypted-aes256"} {
		d := document(t, filepath.Join("testdata", name+".pdf"))
		c, err := pool.Read(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		pages := map[int]*sheet{}
		inked, full, blotted, empty := 0, 0, 0, 0
		for _, b := range c.Blocks {
			if b.Grid == nil {
				continue
			}
			for _, cell := range slices.Concat(b.Grid.Rows...) {
				at := cell.Place
				if at.Box.Zero() {
					continue
				}
				if pages[at.Page] == nil {
					pages[at.Page] = shown(t, pool, d, at.Page)
				}
				ink := pages[at.Page].hasInk(at.Box)
				switch {
				case cell.Text != "":
					full++
					if ink {
						inked++
					}
				default:
					empty++
					if ink {
						blotted++
					}
				}
			}
		}
		t.Logf("%s: %d pages drawn; ink in %d of %d cells with text, in %d of %d without", name, len(pages), inked, full, blotted, empty)
		if full < 50 || inked*100 < full*99 {
			t.Errorf("%s: %d of %d cells with text have ink in their box", name, inked, full)
		}
		if blotted*100 > empty*5 {
			t.Errorf("%s: %d of %d empty cells have ink in their box", name, blotted, empty)
		}
	}
}

// A sheet is a page as it was drawn.
type sheet struct {
	image.Image
	scale float64 // pixels a point
}

func shown(t *testing.T, pool *Pool, d *gongkai.Document, n int) *sheet {
	t.Helper()
	pic, err := pool.Show(t.Context(), d, n, 130)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(pic.PNG))
	if err != nil {
		t.Fatal(err)
	}
	size := img.Bounds()
	if got, want := float64(size.Dx())/float64(size.Dy()), pic.Width/pic.Height; math.Abs(got-want) > 0.01*want {
		t.Fatalf("the picture is %v, the page %v by %v points", size, pic.Width, pic.Height)
	}
	return &sheet{img, float64(size.Dx()) / pic.Width}
}

// hasInk looks at the middle of a box, without the rules about it.
func (s *sheet) hasInk(b gongkai.Box) bool {
	const frame = 2 // points
	for y := int((b.Y0 + frame) * s.scale); y < int((b.Y1-frame)*s.scale); y++ {
		for x := int((b.X0 + frame) * s.scale); x < int((b.X1-frame)*s.scale); x++ {
			if color.GrayModel.Convert(s.At(x, y)).(color.Gray).Y < dark {
				return true
			}
		}
	}
	return false
}

func TestShowRefuses(t *testing.T) {
	t.Parallel()
	for name, pool := range map[string]*Pool{"worker": workerPool(t, 1, Limits{}), "here": NewPool(Options{Workers: 1})} {
		t.Cleanup(func() { _ = pool.Close() })
		good := document(t, "testdata/libreoffice-ruled.pdf")
		for _, n := range []int{-1, 0, 99} {
			if _, err := pool.Show(t.Context(), good, n, 130); !errors.Is(err, ErrNoPage) {
				t.Errorf("%s: page %d: error %v, want ErrNoPage", name, n, err)
			}
		}
		if _, err := pool.Show(t.Context(), document(t, "testdata/password.pdf"), 1, 130); !errors.Is(err, extract.ErrEncrypted) {
			t.Errorf("%s: password: error %v, want ErrEncrypted", name, err)
		}
		if _, err := pool.Show(t.Context(), &gongkai.Document{Name: "x", Body: good.Body[:40]}, 1, 130); !errors.Is(err, extract.ErrDamaged) {
			t.Errorf("%s: cut file: error %v, want ErrDamaged", name, err)
		}
		if _, err := pool.Show(t.Context(), good, 1, 1_000_000); err != nil {
			t.Errorf("%s: after the bad ones: %v", name, err)
		}
	}
}

func TestFittingDPI(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		width, height float64
		want          int // 0: refused
	}{{595, 842, 130}, {1684, 2384, 73}, {14400, 14400, 10}, {0, 842, 0}, {-5, -5, 0}, {math.NaN(), 5, 0}, {1e6, 1e6, 0}} {
		got, err := fittingDPI(c.width, c.height, 130)
		if got != c.want || (err != nil) != (c.want == 0) {
			t.Errorf("%v by %v: %d, %v; want %d", c.width, c.height, got, err, c.want)
		}
	}
}

func TestSparing(t *testing.T) {
	t.Parallel()
	page := image.NewRGBA(image.Rect(0, 0, 20, 10))
	for i := range page.Pix {
		page.Pix[i] = 255
	}
	page.SetRGBA(3, 4, color.RGBA{0, 0, 0, 255})
	grey, ok := sparing(page).(*image.Paletted)
	if !ok || grey.ColorIndexAt(3, 4) != 0 || grey.ColorIndexAt(4, 4) != shades-1 {
		t.Errorf("a page without colour: %T", sparing(page))
	}
	page.SetRGBA(19, 9, color.RGBA{200, 0, 0, 255})
	if _, ok := sparing(page).(*image.RGBA); !ok {
		t.Error("a red stamp lost its colour")
	}
}
