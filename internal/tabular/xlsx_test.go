package tabular

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestWorkbookSplit writes more rows than a (small) sheet holds and text that
// spreadsheets would change.
func TestWorkbookSplit(t *testing.T) {
	var b bytes.Buffer
	book, err := NewWorkbook(&b)
	if err != nil {
		t.Fatal(err)
	}
	book.rows = 4
	s, err := book.Sheet("cells", Columns("text", "n:number"))
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("长", CellUnits+5)
	in := [][]Value{
		Known("=1+1", "4068.208"), Known("007", "12345678901234567"), {{}, {}}, Known(long, "-8"), Known("@x", "0"),
	}
	for _, row := range in {
		if err := s.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	notices := s.Notices()
	if len(notices) != 2 || !strings.Contains(notices[0], "split over 2 sheets") || !strings.Contains(notices[1], "1 texts") {
		t.Errorf("notices %q", notices)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	first, err := f.GetRows("cells")
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.GetRows("cells 2")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"text", "n"}, {"=1+1", "4068.208"}, {"007", "12345678901234567"}}
	if diff := cmp.Diff(want, first[:3]); diff != "" {
		t.Error(diff)
	}
	if len(second) != 3 || second[1][1] != "-8" || second[2][0] != "@x" || len([]rune(second[1][0])) != CellUnits-1 {
		t.Errorf("second sheet: %.100q", second)
	}
	if formula, err := f.GetCellFormula("cells", "A2"); err != nil || formula != "" {
		t.Errorf("A2 is the formula %q, %v", formula, err)
	}
	if kind, err := f.GetCellType("cells", "B3"); err != nil || kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
		t.Errorf("a number of 17 digits is stored as %v, %v: it would be rounded", kind, err)
	}
}
