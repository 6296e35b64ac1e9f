package reader

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"gongkai"
	"gongkai/extract"
)

// fakePDF stands for the PDF reader.
type fakePDF struct {
	read func() (*extract.Content, error)
}

func (f fakePDF) Read(context.Context, *gongkai.Document) (*extract.Content, error) { return f.read() }
func (f fakePDF) Close() error                                                      { return nil }

func testReader() *Reader {
	return &Reader{pdf: fakePDF{func() (*extract.Content, error) { return &extract.Content{Reader: "pdf"}, nil }}}
}

const page = `<p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>5</td></tr></table>`

func packOf(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gbk(t *testing.T, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// saved makes a web page saved as one file.
func saved(encoding, body string) []byte {
	return []byte("From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b1\"\r\n\r\n" +
		"----b1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBOR\r\n" +
		"----b1\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body + "\r\n----b1--\r\n")
}

// TestKinds reads every kind of file under a name that says nothing true.
func TestKinds(t *testing.T) {
	utf16, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewEncoder().Bytes([]byte("行政许可\t5\n行政处罚\t6\n"))
	if err != nil {
		t.Fatal(err)
	}
	docx := packOf(t, "word/document.xml", `<w:document xmlns:w="w"><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>行政许可</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`)
	for _, tt := range []struct {
		name   string
		body   []byte
		reader string
		row    string // a row that must be read
	}{
		{"PDF", []byte("junk\n%PDF-1.7\n"), "pdf", ""},
		{"DOCX", docx, "docx", "行政许可 5"},
		{"page", []byte(page), "html", "行政许可 5"},
		{"page in GBK", gbk(t, page), "html", "行政许可 5"},
		{"page behind a long script", []byte("<!--" + strings.Repeat("x", 20_000) + "-->" + page + "</html>"), "html", "行政许可 5"},
		{"answer of an interface", []byte(`{"code":0,"data":{"content":"<table class=\"a\"><tr><td>信息内容<\/td><td>数量<\/td><\/tr><tr><td>行政许可<\/td><td>5<\/td><\/tr><\/table>"}}`), "html", "行政许可 5"},
		{"saved page", saved("base64", base64.StdEncoding.EncodeToString(gbk(t, page))), "html", "行政许可 5"},
		{"saved page, quoted", saved("quoted-printable", strings.ReplaceAll(page, "=", "=3D")), "html", "行政许可 5"},
		{"text with tabs", []byte("行政许可\t5\n"), "text", "行政许可 5"},
		{"text in GBK", gbk(t, "行政许可\t5\n"), "text", "行政许可 5"},
		{"text in UTF-16", utf16, "text", "行政许可 5"},
		{"Markdown", []byte("# 年报\n\n| 行政许可 | 5 |\n|---|---|\n"), "text", "行政许可 5"},
		{"tables as text in a page", []byte("<p>信息内容 | 本年处理决定数量 |</p><p>行政许可 | 5 |</p><p>行政处罚 | 6 |</p>"), "html", "行政许可 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := testReader().Read(t.Context(), &gongkai.Document{Name: "report.xls", MediaType: "image/png", Body: tt.body})
			if err != nil {
				t.Fatal(err)
			}
			if c.Reader != tt.reader {
				t.Errorf("reader %q, want %q", c.Reader, tt.reader)
			}
			if tt.row != "" && !hasRow(c, tt.row) {
				t.Errorf("no row %q in %+v", tt.row, c.Blocks)
			}
		})
	}
}

func hasRow(c *extract.Content, want string) bool {
	for _, b := range c.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, row := range b.Grid.Rows {
			var texts []string
			for _, cell := range row {
				texts = append(texts, cell.Text)
			}
			if strings.Join(texts, " ") == want {
				return true
			}
		}
	}
	return false
}

func TestRefusals(t *testing.T) {
	garbage := make([]byte, 4096)
	for i := range garbage {
		garbage[i] = byte(i * i * 31 >> 3)
	}
	for _, tt := range []struct {
		name string
		body []byte
		want error
		next string
	}{
		{"empty", nil, extract.ErrDamaged, "empty"},
		{"blank", []byte(" \r\n\x00"), extract.ErrDamaged, "empty"},
		{"too large", make([]byte, maxBytes+1), extract.ErrLimit, "limit 67108864"},
		{"RAR", []byte("Rar!\x1a\x07\x01\x00"), extract.ErrUnsupported, "unpack"},
		{"7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), extract.ErrUnsupported, "unpack"},
		{"gzip", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\xff\x00\x01"), extract.ErrUnsupported, "unpack"},
		{"JPEG", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), extract.ErrUnsupported, "image"},
		{"PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00"), extract.ErrUnsupported, "image"},
		{"RTF", []byte(`{\rtf1\ansi`), extract.ErrUnsupported, "convert"},
		{"Word XML", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>`), extract.ErrUnsupported, "convert"},
		{"OFD", packOf(t, "OFD.xml", "<a/>"), extract.ErrUnsupported, "convert"},
		{"ZIP", packOf(t, "年报.pdf", "%PDF"), extract.ErrUnsupported, "unpack"},
		{"legacy", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00"...), extract.ErrUnsupported, "convert"},
		{"garbage", garbage, extract.ErrUnsupported, "neither"},
		{"saved page without a page", saved("7bit", "")[:200], extract.ErrDamaged, "saved page"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := testReader().Read(t.Context(), &gongkai.Document{Name: "dir/年报.doc", Body: tt.body})
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), "dir/年报.doc") || !strings.Contains(err.Error(), tt.next) {
				t.Errorf("error %v, want %v with the name and %q", err, tt.want, tt.next)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("error of several lines: %q", err)
			}
		})
	}
}

// TestPanic: a reader that panics is a damaged document, not a crash.
func TestPanic(t *testing.T) {
	r := &Reader{pdf: fakePDF{func() (*extract.Content, error) { panic("index out of range") }}}
	c, err := r.Read(t.Context(), &gongkai.Document{Name: "x.pdf", Body: []byte("%PDF-1.4")})
	if c != nil || !errors.Is(err, extract.ErrDamaged) || !strings.Contains(err.Error(), "x.pdf") {
		t.Errorf("got %v, %v", c, err)
	}
}

// TestUnchanged: reading does not touch the document.
func TestUnchanged(t *testing.T) {
	d := &gongkai.Document{Name: "x", Body: gbk(t, "行政许可\t5\n")}
	before := d.Hash()
	if _, err := testReader().Read(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if d.Hash() != before {
		t.Error("the body was changed")
	}
}

// TestRealKinds tells the real reports by their bytes.
func TestRealKinds(t *testing.T) {
	const shared = "../../../shared/reports"
	for name, want := range map[string]kind{
		"huaian-2024.pdf": pdfKind, "huaian-2024-scanned.pdf": pdfKind, "shanghai-office-2019.html": htmlKind,
		"wuzhong-kjj-2023.txt": textKind, "shuyang-2025.md": textKind, "blank-template-2021.docx": packageKind,
	} {
		body, err := os.ReadFile(filepath.Join(shared, name))
		if err != nil {
			t.Skipf("SKIPPED, NOT TESTED: the real reports are not here: %v", err)
		}
		if got, err := sniff(body); got != want || err != nil {
			t.Errorf("%s: kind %d (%v), want %d", name, got, err, want)
		}
	}
}

// TestCutSavedPage: a saved page that is cut anywhere in its page is damaged.
func TestCutSavedPage(t *testing.T) {
	for _, encoding := range []string{"quoted-printable", "base64", "8bit"} {
		text := page
		if encoding == "base64" {
			text = base64.StdEncoding.EncodeToString([]byte(page))
		}
		whole := saved(encoding, text)
		body := bytes.Index(whole, []byte("text/html"))
		for end := body; end < bytes.LastIndex(whole, []byte("--")); end++ {
			_, err := testReader().Read(t.Context(), &gongkai.Document{Name: "cut.mht", Body: whole[:end]})
			if !errors.Is(err, extract.ErrDamaged) {
				t.Fatalf("%s, cut after %d of %d bytes: error %v, want damaged", encoding, end, len(whole), err)
			}
		}
	}
}

// FuzzSniff: no bytes make the reader panic, and every outcome is a content or
// an error that names its reason.
func FuzzSniff(f *testing.F) {
	f.Add([]byte(page))
	f.Add(saved("quoted-printable", page))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("行政许可\t5"))
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := testReader().Read(t.Context(), &gongkai.Document{Name: "fuzz", Body: body})
		if (c == nil) == (err == nil) {
			t.Fatalf("content %v, error %v", c, err)
		}
		if err != nil && strings.Contains(err.Error(), "reader stopped") {
			t.Fatal(err)
		}
	})
}
