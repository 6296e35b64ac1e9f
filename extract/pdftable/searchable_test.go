package pdftable

import (
	"bytes"
	"image/jpeg"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"gongkai"
	"gongkai/extract"
	"gongkai/internal/testbed/fixture"

	"github.com/klippa-app/go-pdfium/requests"
)

// photograph returns grey pictures of the pages of a PDF.
func photograph(t *testing.T, e *engine, body []byte) [][]byte {
	t.Helper()
	l, err := e.open(t.Context(), body, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	count, err := l.pageCount()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for i := range count {
		img, err := l.draw(requests.Page{ByIndex: &requests.PageByIndex{Document: l.doc, Index: i}}, 150)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 70}); err != nil {
			t.Fatal(err)
		}
		all = append(all, b.Bytes())
	}
	return all
}

func testReading(t *testing.T) *reading {
	t.Helper()
	e, err := newEngine(defaultCacheDir(), false, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.close() })
	return &reading{engine: e, second: &secondReader{}, limits: DefaultLimits()}
}

// misread draws some figures as others, as a bad reading does.
func misread() func(fixture.Spot) string {
	n := 0
	return func(s fixture.Spot) string {
		if n++; n%9 == 0 {
			s.Text = strings.NewReplacer("0", "6", "1", "7", "3", "8", "5", "9").Replace(s.Text)
		}
		return s.Plain()
	}
}

// TestSearchableScans reads pages of pictures that have a text layer with
// figures that the pictures do not show.
func TestSearchableScans(t *testing.T) {
	t.Parallel()
	reader := testReading(t)
	for i, layer := range []struct {
		name, state string
		covering    bool
	}{
		{"unseen over the picture", "3 Tr\n", false},
		{"transparent over the picture", "/Clear gs\n", false},
		{"white over the picture", "1 g\n", false},
		{"black over the picture", "", false},
		{"under the picture", "", true},
	} {
		report := fixture.Random(uint64(40+i), fixture.Options{Plain: true})
		doc := fixture.Compose(fixture.Layout{}, report)
		p := fixture.Print{Rules: "lines", Landscape: i == 1, Compress: true}
		p.Pictures = photograph(t, reader.engine, fixture.PDF(doc, p))
		p.Under, p.Covering, p.Figure = layer.state, layer.covering, misread()
		c, err := reader.read(t.Context(), fixture.PDF(doc, p))
		if err != nil {
			t.Errorf("%s: %v", layer.name, err)
			continue
		}
		reports, err := extract.Extract(&gongkai.Document{Name: "scan.pdf"}, c)
		if err != nil || len(reports) != 1 {
			t.Errorf("%s: %d reports, error %v", layer.name, len(reports), err)
			continue
		}
		read := 0
		for _, cell := range reports[0].Cells {
			if cell.State == gongkai.Number {
				read++
			}
			if cell.Status == gongkai.Verified || cell.Status == gongkai.Disputed {
				t.Errorf("%s: %s %s %s is %s", layer.name, cell.Row, cell.Column, cell.Value, cell.Status)
			}
		}
		if read < 150 || !slices.ContainsFunc(c.Issues, func(i gongkai.Issue) bool { return i.Code == gongkai.IssueOCR && i.Place.Page == 1 }) {
			t.Errorf("%s: %d figures, issues %v", layer.name, read, c.Issues)
		}
	}
}

// TestTextOverBackground reads digital pages with a full-page picture behind
// their text: a letterhead, a tint.
func TestTextOverBackground(t *testing.T) {
	t.Parallel()
	reader := testReading(t)
	blank := fixture.PDF(&fixture.Doc{Blocks: []fixture.Block{{Text: "示例市人民政府文件", Level: 1}}}, fixture.Print{
		Under: "0.93 g 0 0 595 842 re f 0.8 0.1 0.1 rg 40 780 515 2 re f 0 g\n",
	})
	picture := photograph(t, reader.engine, blank)[0]
	report := fixture.Random(77, fixture.Options{Plain: true})
	c, err := reader.read(t.Context(), fixture.PDF(fixture.Compose(fixture.Layout{}, report), fixture.Print{
		Rules: "lines", Pictures: [][]byte{picture, picture, picture, picture},
	}))
	if err != nil {
		t.Fatal(err)
	}
	reports, err := extract.Extract(&gongkai.Document{Name: "letter.pdf"}, c)
	if err != nil || len(reports) != 1 {
		t.Fatalf("%d reports, error %v", len(reports), err)
	}
	off := 0
	for _, cell := range reports[0].Cells {
		if cell.Status != gongkai.Verified && cell.Unit != "unknown" {
			off++
		}
	}
	if 100*off > len(reports[0].Cells) || len(c.Pictures) > 0 {
		t.Errorf("%d of %d cells flagged, pictures %v: %v", off, len(reports[0].Cells), c.Pictures, reports[0].Issues)
	}
}

// TestTurnedScan recognizes a page that was scanned on its side.
func TestTurnedScan(t *testing.T) {
	if _, err := exec.LookPath("tesseract"); err != nil {
		t.Skip("SKIPPED, NOT TESTED: tesseract is not installed")
	}
	reader := testReading(t)
	report := fixture.Random(5, fixture.Options{Plain: true, Size: fixture.Small})
	upright := fixture.PDF(fixture.Compose(fixture.Layout{}, report), fixture.Print{Rules: "lines", Landscape: true, Rotate: 90, Size: 9})
	l, err := reader.engine.open(t.Context(), upright, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	g, err := l.render(1)
	l.close()
	if err != nil {
		t.Fatal(err)
	}
	o := &ocr{ctx: t.Context(), tool: ocrTool(), dir: t.TempDir()}
	straight := slices.Clone(g.Pix)
	for quarters := range 4 {
		turned, shown, err := o.upright(g)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(turned.Pix, straight) {
			t.Errorf("turned by %d quarters: not upright again", quarters)
		}
		if x, y := shown.point(0, 0); x < -1 || y < -1 || x > float64(g.Rect.Dx())*pixel+1 || y > float64(g.Rect.Dy())*pixel+1 {
			t.Errorf("turned by %d quarters: the corner is shown at %.0f, %.0f", quarters, x, y)
		}
		g = quarterTurn(g)
	}
}
