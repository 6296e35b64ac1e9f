package docxtable

import (
	"errors"
	"strings"
	"testing"

	"gongkai"
	"gongkai/extract"
)

// TestShapes reads figures as Word and WPS write them. Each must come out
// exactly, or so that nobody takes it for another figure.
func TestShapes(t *testing.T) {
	field := func(parts ...string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + strings.Join(parts, "") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	drawing := `<w:r><w:drawing><a:blip/></w:drawing></w:r>`
	for _, tt := range []struct{ name, runs, want string }{
		{"several runs", run("", "1") + run("<w:b/>", "2") + `<w:proofErr w:type="spellStart"/>` + run("", "3"), "123"},
		{"all of it raised", run(`<w:vertAlign w:val="superscript"/>`, "5"), "5"},
		{"not raised", run("", "5") + run(`<w:vertAlign w:val="baseline"/>`, "2"), "52"},
		{"not struck out", run(`<w:strike w:val="0"/>`, "5") + run("<w:strike/>", " "), "5"},
		{"result of a formula", field(` =SUM(ABOVE) </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, run("", "7")), "7"},
		{"characters without room", run("", "1\u200b2\u00ad3"), "123"},
		{"words with a picture", run("", "规章") + drawing, "规章"},
		{"a hidden picture", `<w:r><w:rPr><w:vanish/></w:rPr><w:drawing><a:blip/></w:drawing></w:r>`, ""},
		{"note mark", run("", "5") + run(`<w:vertAlign w:val="superscript"/>`, "2"), "5^2"},
		{"note mark in front", run(`<w:vertAlign w:val="superscript"/>`, "2") + run("", " 345"), "2^345"},
		{"struck out", run("<w:strike/>", "5") + run("", "6"), "~5~6"},
		{"struck out twice", run("<w:dstrike/>", "5") + run("", "6"), "~5~6"},
		{"a picture", drawing, "\uFFFC"},
		{"a picture of the last digit", run("", "1") + drawing, "1\uFFFC"},
		{"a field that shows its code", field(` EQ \o\ac(○,1)</w:instrText></w:r>`), "\uFFFC"},
		{"a fraction", `<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>`, "\uFFFC"},
		{"right to left", run("", "\u202e12"), "\u202e12"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := readBody(t, tbl(tr(tc("", "规章"), `<w:tc><w:p xmlns:m="x:m">`+tt.runs+"</w:p></w:tc>")), nil)
			cell := c.Blocks[0].Grid.Rows[0][1]
			if cell.Text != tt.want {
				t.Errorf("read %q, want %q", cell.Text, tt.want)
			}
			if strings.Trim(tt.want, "0123456789") == "" && cell.Second != tt.want {
				t.Errorf("second reading %q, want %q", cell.Second, tt.want)
			}
			if c := readBody(t, "<w:p>"+drawing+"</w:p>", nil); len(c.Blocks) != 0 {
				t.Errorf("a picture outside tables became a paragraph: %v", c.Blocks)
			}
		})
	}
}

// TestBrokenFigure: digits on two lines are one figure or two; only sums tell.
func TestBrokenFigure(t *testing.T) {
	for cell, want := range map[string]bool{
		p("1") + p("234"): true, "<w:p><w:r><w:t>1</w:t><w:br/><w:t>234</w:t></w:r></w:p>": true,
		tbl(tr(tc("", "1"), tc("", "234"))): true, p("1 234"): false, p("1234") + p(""): false,
	} {
		c := readBody(t, tbl(tr(tc("", "规章"), "<w:tc>"+cell+"</w:tc>")), nil)
		if got := c.Blocks[0].Grid.Rows[0][1]; got.Uncertain != want {
			t.Errorf("%q: read %q, uncertain %v, want %v", cell, got.Text, got.Uncertain, want)
		}
	}
}

// TestCutPart: a main part that is cut anywhere is damaged, never half a table.
func TestCutPart(t *testing.T) {
	whole := wrap(p("二、主动公开") + tbl(tr(tc("", "规章"), tc("", "12")), tr(tc("", "其他"), tc("", "34"))))
	for end := range len(whole) {
		_, err := Read(t.Context(), &gongkai.Document{Name: "cut.docx", Body: makePack(t, map[string]string{"word/document.xml": whole[:end]})})
		if end > 60 && !errors.Is(err, extract.ErrDamaged) {
			t.Fatalf("cut after %d bytes: error %v, want damaged", end, err)
		}
	}
}
