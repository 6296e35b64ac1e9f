package pdftable

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gongkai"
	"gongkai/extract"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads every file of testdata and compares paragraphs, grids and
// issues with what was found right by eye. The files show one report in many
// layouts; their figures are in testdata/README.md.
func TestGolden(t *testing.T) {
	pool := NewPool(Options{Workers: 1})
	t.Cleanup(func() { _ = pool.Close() })
	files, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			got := read(t, pool, file)
			golden := strings.TrimSuffix(file, ".pdf") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func read(t *testing.T, pool *Pool, file string) string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := pool.Read(t.Context(), &gongkai.Document{Name: filepath.Base(file), Body: body})
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	return dump(c)
}

// dump writes a content as text. A cell is followed by "=" if a second reading
// agrees, by "≠" and the other text if it does not, by "?" if it is uncertain.
// "<" and "^" stand for places that a merged cell covers.
func dump(c *extract.Content) string {
	var b strings.Builder
	for _, block := range c.Blocks {
		if block.Grid == nil {
			fmt.Fprintf(&b, "page %d: %s\n", block.Place.Page, block.Text)
			continue
		}
		fmt.Fprintf(&b, "page %d: %s table %d x %d\n", block.Place.Page, block.Grid.Method, len(block.Grid.Rows), len(block.Grid.Rows[0]))
		for r, row := range block.Grid.Rows {
			for i := range row {
				b.WriteString("| " + dumpCell(&row[i], r, i) + " ")
			}
			b.WriteString("|\n")
		}
	}
	for _, i := range c.Issues {
		fmt.Fprintf(&b, "issue %s on page %d: %s\n", i.Code, i.Place.Page, i.Detail)
	}
	return b.String()
}

func dumpCell(c *extract.GridCell, row, column int) string {
	switch {
	case c.Row < row:
		return "^"
	case c.Column < column:
		return "<"
	}
	s := c.Text
	if c.Confirmed && c.Second == c.Text {
		s += "="
	} else if c.Confirmed {
		s += "≠" + c.Second
	}
	if c.Uncertain {
		s += "?"
	}
	return s
}
