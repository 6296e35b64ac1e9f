package pdftable

import (
	"bytes"
	"encoding/ascii85"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"gongkai"
)

// zipped returns data as a program deflates it.
func zipped(data string) []byte {
	_, rest, _ := strings.Cut(string(stream([]byte(data), 1)), "stream\n")
	return []byte(strings.TrimSuffix(rest, "\nendstream"))
}

func lettered(data []byte) []byte {
	out := make([]byte, ascii85.MaxEncodedLen(len(data)))
	return append(out[:ascii85.Encode(out, data)], "~>"...)
}

// TestInspect holds files against what is wrong with them.
func TestInspect(t *testing.T) {
	good := zipped("BT (1024) Tj ET")
	sum := len(good) - 4 // where the checksum starts
	wrong := bytes.Clone(good)
	wrong[len(wrong)-1] ^= 1
	with := func(dictionary string, data []byte) string {
		return fmt.Sprintf("%%PDF-1.7\n4 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n", dictionary, data)
	}
	flated := fmt.Sprintf("/Length %d/Filter/FlateDecode", len(good))
	for _, tt := range []struct{ name, file, want string }{
		{"good", with(flated, good), ""},
		{"good, names in a list", with("/Filter [ /FlateDecode ]/Length 9 0 R", good), ""},
		{"good, after a word", "%PDF\n(stream) (\nendstrea)" + with(flated, good), ""},
		{"good, letters", with("/Filter[/ASCII85Decode /FlateDecode]", lettered(good)), ""},
		{"empty", with("/Filter/FlateDecode/Length 0", nil), ""},
		{"plain", with("/Length 15", []byte("BT (1024) Tj ET")), ""},
		{"a file within a file", with(fmt.Sprintf("/Length %d", len(with(flated, good))), []byte(with(flated, good))), ""},
		{"wrong length", with("/Filter/FlateDecode/Length 3", good), ""},
		{"no checksum", with("/Filter/FlateDecode", good[:sum]), ""},
		{"picture", with("/Subtype/Image/Filter/FlateDecode", wrong), ""},
		{"wrong checksum", with(flated, wrong), "checksum"},
		{"wrong checksum, letters", with("/Filter[/A85/Fl]", lettered(wrong)), "checksum"},
		{"second stream", with(flated, good) + with(flated, wrong), "checksum"},
		{"cut", with("/Filter/FlateDecode", good[:sum-4]), "unexpected EOF"},
		{"no zlib data", with("/Filter/FlateDecode", []byte("BT (1024) Tj ET")), "first bytes"},
		{"unknown filter", with("/Filter/FlatuDecode", good), "does not exist"},
		{"filter lost", with("/Fijter/FlateDecode", good), "not named"},
		{"begin lost", strings.Replace(with(flated, good), ">>\nstream\n", ">>\nstreem\n", 1), "did not begin"},
		{"end lost", strings.Replace(with(flated, good), "endstream", "endstreem", 1), "no end"},
		{"dictionary open", strings.Replace(with(flated, good), ">>\nstream", ">.\nstream", 1), "dictionary"},
		{"bomb", with("/Filter/FlateDecode", zipped(strings.Repeat("0", maxInflated+1))), errInflated.Error()},
	} {
		err := inspect([]byte(tt.file))
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

// TestGoodFilesAreWhole inspects files as programs write them.
func TestGoodFilesAreWhole(t *testing.T) {
	e, err := newEngine(defaultCacheDir(), true, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.close() })
	for _, pattern := range []string{"testdata/*.pdf", "../testdata/fixtures/*.pdf", "../../../shared/reports/*.pdf"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if filepath.Base(name) == "password.pdf" {
				continue
			}
			body := document(t, name).Body
			l, err := e.open(t.Context(), body, DefaultLimits())
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := l.damage(body); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			l.close()
		}
	}
}

// TestDamageIsTold flips one bit in the last stream of files, which PDFium
// reads all the same: every cell must be in doubt, and the reason told.
func TestDamageIsTold(t *testing.T) {
	pool := NewPool(Options{Workers: 1})
	t.Cleanup(func() { _ = pool.Close() })
	for _, name := range []string{"testdata/libreoffice-ruled.pdf", "testdata/chromium-pagebreak.pdf", "testdata/encrypted-aes256.pdf", "testdata/encrypted-rc4.pdf"} {
		body := document(t, name).Body
		at := bytes.LastIndex(body, endstream) - 30
		body[at] ^= 1
		c, err := pool.Read(t.Context(), &gongkai.Document{Name: name, Body: body})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		told := false
		for _, i := range c.Issues {
			told = told || i.Code == gongkai.IssueUnreadable && strings.Contains(i.Detail, "damaged")
		}
		if !told {
			t.Errorf("%s: no issue tells of the damage: %v", name, c.Issues)
		}
		cells := 0
		for _, b := range c.Blocks {
			if b.Grid == nil {
				continue
			}
			for _, row := range b.Grid.Rows {
				for _, cell := range row {
					if cells++; !cell.Uncertain {
						t.Errorf("%s: %q is certain", name, cell.Text)
					}
				}
			}
		}
		if cells == 0 {
			t.Errorf("%s: no cells", name)
		}
	}
}
