package crawler

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func titleCases(t testing.TB) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/titles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][]string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) != 4 {
			t.Fatalf("titles.tsv: %q has %d fields", line, len(fields))
		}
		cases = append(cases, fields)
	}
	return cases
}

func TestParseTitle(t *testing.T) {
	cases := titleCases(t)
	if len(cases) < 150 {
		t.Errorf("%d cases, at least 150 expected", len(cases))
	}
	for _, c := range cases {
		got := ParseTitle(c[0])
		if string(got.Kind) != c[1] {
			t.Errorf("%q: kind %s, want %s", c[0], got.Kind, c[1])
		}
		if c[2] != "*" && got.Agency != c[2] {
			t.Errorf("%q: agency %q, want %q", c[0], got.Agency, c[2])
		}
		if c[3] != "*" && strconv.Itoa(got.Year) != c[3] {
			t.Errorf("%q: year %d (%v), want %s", c[0], got.Year, got.Years, c[3])
		}
		if spaced := ParseTitle(strings.Join(strings.Split(c[0], ""), " ")); spaced.Kind != got.Kind || spaced.Year != got.Year {
			t.Errorf("%q: with spaces %v, without %v", c[0], spaced, got)
		}
	}
}

func TestTitleTruncatedAndRendition(t *testing.T) {
	for title, want := range map[string]Title{
		"高平市人民政府办公室2023年政府信息公开工…":   {Truncated: true},
		"示例市2023年政府信息公开年报（图片版）":     {Rendition: "图片版"},
		"示例市2023年政府信息公开年报(超链版).pdf": {Rendition: "超链版"},
		"示例市2023年政府信息公开年报":          {},
	} {
		got := ParseTitle(title)
		if got.Truncated != want.Truncated || got.Rendition != want.Rendition {
			t.Errorf("%q: truncated %v, rendition %q", title, got.Truncated, got.Rendition)
		}
	}
}

func FuzzParseTitle(f *testing.F) {
	for _, c := range titleCases(f) {
		f.Add(c[0])
	}
	f.Fuzz(func(t *testing.T, title string) {
		got := ParseTitle(title)
		if got.Year != 0 && (got.Year < 1900 || got.Year > 2099) {
			t.Errorf("year %d", got.Year)
		}
		if got.Kind == "" {
			t.Error("no kind")
		}
		if utf8.ValidString(title) && !utf8.ValidString(got.Agency) {
			t.Errorf("agency %q", got.Agency)
		}
		if again := ParseTitle(title); again.Kind != got.Kind || again.Agency != got.Agency {
			t.Error("not deterministic")
		}
	})
}
