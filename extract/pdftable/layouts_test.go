package pdftable

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gongkai"
	"gongkai/extract"
)

// TestLayoutsShowTheSameFigures compares the figures in all layouts of
// testdata with those of the plainest: a blank stays a blank in its place.
func TestLayoutsShowTheSameFigures(t *testing.T) {
	pool := NewPool(Options{Workers: 1})
	t.Cleanup(func() { _ = pool.Close() })
	want := figureRows(t, pool, "testdata/chromium-ruled.pdf")
	if len(want) != 13 { // 12 rows of seven figures and one of fifteen
		t.Fatalf("%d rows of figures in the plain layout, want 13", len(want))
	}
	files, err := filepath.Glob("testdata/*.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.Contains(file, "password") {
			continue
		}
		if diff := cmp.Diff(want, figureRows(t, pool, file)); diff != "" {
			t.Errorf("%s: -plain +got:\n%s", file, diff)
		}
	}
}

// figureRows returns the last seven or all fifteen texts of each row that has
// figures and more columns than the small tables of one layout.
func figureRows(t *testing.T, pool *Pool, file string) [][]string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := pool.Read(t.Context(), &gongkai.Document{Name: file, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, b := range c.Blocks {
		if b.Grid == nil || len(b.Grid.Rows[0]) < 8 {
			continue
		}
		for _, row := range b.Grid.Rows {
			from := len(row) - 7
			if len(row) == 15 {
				from = 0
			}
			if texts, ok := figureTexts(row[from:]); ok {
				rows = append(rows, texts)
			}
		}
	}
	return rows
}

func figureTexts(cells []extract.GridCell) ([]string, bool) {
	var texts []string
	any := false
	for _, c := range cells {
		if c.Text != "" && !figure(c.Text) {
			return nil, false
		}
		any = any || c.Text != ""
		texts = append(texts, c.Text)
	}
	return texts, any
}
