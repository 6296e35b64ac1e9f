package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// checkpackage FOLDER: datapackage.json tells the truth about its files.
func scriptCheckPackage(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	b, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	ts.Check(err)
	var p dataPackage
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	ts.Check(d.Decode(&p))
	if p.Name == "" || len(p.Licenses) == 0 || len(p.Sources) == 0 || len(p.Resources) == 0 {
		ts.Fatalf("datapackage.json lacks a part: %s", b)
	}
	for _, r := range p.Resources {
		body, err := os.ReadFile(filepath.Join(dir, r.Path))
		ts.Check(err)
		sum := sha256.Sum256(body)
		if r.Bytes != int64(len(body)) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			ts.Fatalf("%s: size or hash is wrong", r.Path)
		}
		if r.Description == "" {
			ts.Fatalf("%s has no description", r.Name)
		}
		for _, f := range r.Schema.Fields {
			if f.Description == "" {
				ts.Fatalf("%s.%s has no description", r.Name, f.Name)
			}
		}
		header, rows := readExport(ts, filepath.Join(dir, r.Path), &r)
		if header == nil {
			continue
		}
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name)
		}
		if diff := cmp.Diff(names, header); diff != "" {
			ts.Fatalf("%s: header: %s", r.Path, diff)
		}
		if int64(rows) != r.RowCount {
			ts.Fatalf("%s: %d rows, rowCount %d", r.Path, rows, r.RowCount)
		}
	}
}

// readExport returns the header and the number of rows of one table; no header
// for a format that is not read here.
func readExport(ts *testscript.TestScript, path string, r *packageResource) ([]string, int) {
	body, err := os.ReadFile(path)
	ts.Check(err)
	switch r.Format {
	case "csv":
		records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF")))).ReadAll()
		ts.Check(err)
		return records[0], len(records) - 1
	case "json":
		var rows []map[string]any
		ts.Check(json.Unmarshal(body, &rows))
		if int64(len(rows)) != r.RowCount {
			ts.Fatalf("%s: %d rows, rowCount %d", path, len(rows), r.RowCount)
		}
	case "xlsx":
		f, err := excelize.OpenFile(path)
		ts.Check(err)
		defer f.Close()
		rows, err := f.GetRows(r.Dialect["sheet"])
		ts.Check(err)
		meaning, err := f.GetRows("dictionary")
		ts.Check(err)
		if len(meaning) < len(r.Schema.Fields) {
			ts.Fatalf("the dictionary has %d rows", len(meaning))
		}
		return rows[0], len(rows) - 1
	}
	return nil, 0
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "275": "275", "-8": "-8", "-0.5": "-0.5", "示例市": "示例市",
		"=1+1": "'=1+1", "+86": "'+86", "-": "'-", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "-8件": "'-8件", "－8": "'－8", "-.": "'-.",
	} {
		if got := harmless(in); got != want {
			t.Errorf("harmless(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestWorkbookSplit writes more rows than a (small) sheet holds and text that
// spreadsheets would change.
func TestWorkbookSplit(t *testing.T) {
	var b bytes.Buffer
	book, err := newWorkbook(&b)
	if err != nil {
		t.Fatal(err)
	}
	book.rows = 4
	s, err := book.sheet("cells", []column{{"text", text}, {"n", number}})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("长", cellUnits+5)
	in := [][]value{
		known("=1+1", "4068.208"), known("007", "12345678901234567"), {{}, {}}, known(long, "-8"), known("@x", "0"),
	}
	for _, row := range in {
		if err := s.write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	notices := s.notices()
	if len(notices) != 2 || !strings.Contains(notices[0], "split over 2 sheets") || !strings.Contains(notices[1], "1 texts") {
		t.Errorf("notices %q", notices)
	}
	if err := book.close(); err != nil {
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
	if len(second) != 3 || second[1][1] != "-8" || second[2][0] != "@x" || len([]rune(second[1][0])) != cellUnits-1 {
		t.Errorf("second sheet: %.100q", second)
	}
	if formula, err := f.GetCellFormula("cells", "A2"); err != nil || formula != "" {
		t.Errorf("A2 is the formula %q, %v", formula, err)
	}
	if kind, err := f.GetCellType("cells", "B3"); err != nil || kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
		t.Errorf("a number of 17 digits is stored as %v, %v: it would be rounded", kind, err)
	}
}
