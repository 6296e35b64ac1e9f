package main

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongkai"
	"gongkai/internal/testbed/fixture"

	"github.com/xuri/excelize/v2"
)

// spoiled ingests reports of the years 2024 and 2025 with figures that are not
// known, that contradict each other and that are zero, for a recipe to stumble
// over. Their agencies are in no register.
func spoiled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	style, _ := fixture.Find("html-trs")
	words := fixture.Value{Printed: "若干", State: gongkai.Text}
	for i, agency := range fixture.Agencies()[:12] {
		r := fixture.Random(uint64(i+1), fixture.Options{Agency: agency, Year: 2024 + i%2, Forms: fixture.Form2021, Plain: true})
		switch i % 6 {
		case 0:
			r.SetPrinted(fixture.Key{Table: "requests", Row: "granted", Column: "total"}, words)
		case 1:
			r.SetPrinted(fixture.Key{Table: "requests", Row: "new_received", Column: "total"}, words)
		case 2:
			r.SetPrinted(fixture.Key{Table: "requests", Row: "granted", Column: "total"}, fixture.Value{Printed: "100000", State: gongkai.Number})
		case 3:
			r.SetPrinted(fixture.Key{Table: "requests", Row: "new_received", Column: "total"}, fixture.Value{Printed: "0", State: gongkai.Number})
		}
		if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)+".html"), style.Bytes(r), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(dir, "data")
	outputOf(t, "ingest", dir, "--data", data, "--quiet")
	return data
}

// testRecipes runs the recipes for exported files and compares what they give
// with the cookbook.
func testRecipes(t *testing.T, data string) {
	export := func(t *testing.T, page string) string {
		line := regexp.MustCompile(`(?m)^gongkai export .*$`).FindString(readText(t, "recipes/"+page))
		out := t.TempDir()
		outputOf(t, append(strings.Fields(strings.Replace(line, "--out export", "--out "+out, 1))[1:], "--data", data)...)
		return out
	}
	for _, r := range []struct{ page, program string }{{"python.md", "python3"}, {"r.md", "Rscript"}} {
		t.Run(r.program, func(t *testing.T) {
			if _, err := exec.LookPath(r.program); err != nil {
				t.Skipf("%s is not installed: recipes/%s is not tested", r.program, r.page)
			}
			out := export(t, r.page)
			if b := readText(t, filepath.Join(out, "v_harmonised.csv")); strings.HasPrefix(b, "\uFEFF") {
				t.Error("CSV begins with a byte order mark though no spreadsheet was asked for")
			}
			steps := regexp.MustCompile(`(?m)^`+r.program+` (\S+) export (\S+) .*cookbook/(\S+)\.sql$`).FindAllStringSubmatch(readText(t, "recipes/"+r.page), -1)
			if len(steps) != 2 {
				t.Fatalf("recipes/%s has %d steps", r.page, len(steps))
			}
			for _, step := range steps {
				c := exec.CommandContext(t.Context(), r.program, filepath.Join("recipes", step[1]), out, step[2])
				var messages bytes.Buffer
				c.Stderr = &messages
				got, err := c.Output()
				if err != nil {
					t.Fatalf("%s: %v\n%s", step[0], err, &messages)
				}
				rows, err := csv.NewReader(bytes.NewReader(got)).ReadAll()
				if err != nil {
					t.Fatalf("%s: %v\n%s", step[0], err, got)
				}
				sameRows(t, step[0], answers(t, data, step[3]), rows)
			}
		})
	}
	t.Run("spreadsheet", func(t *testing.T) { testWorkbook(t, data, export(t, "excel.md")) })
	t.Run("byte order mark", func(t *testing.T) {
		out := t.TempDir()
		outputOf(t, "export", "--out", out, "--format", "csv", "--excel", "--tables", "v_harmonised", "--data", data)
		if b := readText(t, filepath.Join(out, "v_harmonised.csv")); !strings.HasPrefix(b, "\uFEFFagency_key,") {
			t.Errorf("--excel begins with %q", b[:20])
		}
	})
}

// sameRows compares the columns that both have, in any order of rows: counts
// exactly, shares to the last digit but one.
func sameRows(t *testing.T, name string, want, got [][]string) {
	t.Helper()
	var columns []string
	for _, c := range want[0] {
		if slices.Contains(got[0], c) {
			columns = append(columns, c)
		}
	}
	if len(columns) != len(got[0]) {
		t.Fatalf("%s: columns %v, the cookbook has %v", name, got[0], want[0])
	}
	w, g := projected(want, columns), projected(got, columns)
	if len(w) != len(g) || len(w) == 0 {
		t.Fatalf("%s: %d rows, the cookbook has %d", name, len(g), len(w))
	}
	for i := range w {
		for j := range columns {
			if !sameFigure(w[i][j], g[i][j]) {
				t.Errorf("%s: %s of %v is %q, in the cookbook %q", name, columns[j], g[i][:3], g[i][j], w[i][j])
			}
		}
	}
}

func projected(rows [][]string, columns []string) [][]string {
	var out [][]string
	for _, row := range rows[1:] {
		var p []string
		for _, c := range columns {
			p = append(p, row[slices.Index(rows[0], c)])
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b []string) int { return slices.Compare(a[:3], b[:3]) }) // the key
	return out
}

func sameFigure(want, got string) bool {
	w, err1 := strconv.ParseFloat(want, 64)
	g, err2 := strconv.ParseFloat(got, 64)
	if err1 != nil || err2 != nil || w == math.Trunc(w) && g == math.Trunc(g) {
		return want == got || err1 == nil && err2 == nil && w == g
	}
	return math.Abs(w-g) < 0.00011
}

// testWorkbook puts the formulas of excel.md into the exported workbook and
// compares what LibreOffice makes of them with the SQL there.
func testWorkbook(t *testing.T, data, out string) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed: the formulas of recipes/excel.md are not tested")
	}
	page := readText(t, "recipes/excel.md")
	formulas, statements := block(t, page, "excel"), block(t, page, "sql")
	if len(formulas) != len(statements) || len(formulas) < 4 {
		t.Fatalf("%d formulas and %d statements", len(formulas), len(statements))
	}
	path := filepath.Join(out, "gongkai.xlsx")
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if _, err := book.NewSheet("recipe"); err != nil {
		t.Fatal(err)
	}
	want := make([]string, len(formulas))
	for i, f := range formulas {
		_, value, _ := strings.Cut(strings.TrimSpace(outputOf(t, "query", statements[i], "--format", "csv", "--data", data)), "\n")
		want[i] = value
		if err := book.SetCellFormula("recipe", "A"+strconv.Itoa(i+1), strings.TrimPrefix(f, "=")); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	sheets, err := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+t.TempDir(), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", out, path).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, sheets)
	}
	got := strings.Fields(readText(t, filepath.Join(out, "gongkai-recipe.csv")))
	for i := range want {
		if i >= len(got) || !sameFigure(want[i], got[i]) {
			t.Errorf("%s gives %v, SQL %s", formulas[i], got, want[i])
		}
	}
}

// block returns the lines of the page's first block in a language.
func block(t *testing.T, page, language string) []string {
	t.Helper()
	_, rest, ok := strings.Cut(page, "```"+language+"\n")
	text, _, closed := strings.Cut(rest, "\n```")
	if !ok || !closed {
		t.Fatalf("the page has no block of %s", language)
	}
	return strings.Split(text, "\n")
}
