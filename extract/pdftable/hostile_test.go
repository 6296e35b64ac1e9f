package pdftable

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"gongkai"
	"gongkai/extract"
)

// object is the text of one PDF object.
type object string

// stream returns a stream object of data deflated times times over.
func stream(data []byte, times int) object {
	filter := strings.Repeat("/FlateDecode ", times)
	for range times {
		var b bytes.Buffer
		w, _ := zlib.NewWriterLevel(&b, zlib.BestSpeed)
		_, _ = w.Write(data)
		_ = w.Close()
		data = b.Bytes()
	}
	return object(fmt.Sprintf("<</Length %d/Filter[%s]>>\nstream\n%s\nendstream", len(data), filter, data))
}

// file writes objects, numbered from 1, as a PDF; the first is the catalog.
func file(objects ...object) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

const onePage = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"

func pageOf(content object) []byte {
	return file("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", onePage, content)
}

// TestHostileFiles reads files made to hang, to exhaust memory or to crash a
// parser. Each must end in an error with a name, and leave the pool able to
// read the next file.
func TestHostileFiles(t *testing.T) {
	good, err := os.ReadFile("testdata/libreoffice-ruled.pdf")
	if err != nil {
		t.Fatal(err)
	}
	limits := Limits{Time: 20 * time.Second, Objects: 50_000, Bytes: 8 << 20}
	pool := NewPool(Options{Workers: 1, Limits: limits})
	t.Cleanup(func() { _ = pool.Close() })
	operators := bytes.Repeat([]byte("0 0 m 9 9 l S\n"), 100_000)
	for _, tt := range []struct {
		name string
		body []byte
		want []error // any of them
	}{
		{"empty", nil, []error{extract.ErrDamaged}},
		{"garbage", bytes.Repeat([]byte("garbage "), 999), []error{extract.ErrDamaged}},
		{"only a header", []byte("%PDF-1.7\n"), []error{extract.ErrDamaged}},
		{"HTML error page", []byte("<html><body>404 Not Found</body></html>"), []error{extract.ErrDamaged}},
		{"cut in half", good[:len(good)/2], []error{extract.ErrDamaged}},
		{"too big", append([]byte("%PDF-1.7\n"), make([]byte, 9<<20)...), []error{extract.ErrLimit}},
		{"page tree that holds itself", file("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>"), []error{extract.ErrDamaged}},
		{"many pages", manyPages(101), []error{extract.ErrLimit}},
		{"many lines", pageOf(stream(operators, 1)), []error{extract.ErrLimit}},
		{"path bomb", pageOf(stream(bytes.Repeat([]byte("0 0 m 1 1 l\n"), 8<<20), 1)), []error{extract.ErrLimit, extract.ErrDamaged, extract.ErrNoTextLayer}},
		{"double deflate", pageOf(stream(make([]byte, 64<<20), 2)), []error{extract.ErrLimit, extract.ErrDamaged, extract.ErrNoTextLayer}},
		{"forms that draw forms", forms(24), []error{extract.ErrLimit, extract.ErrDamaged, extract.ErrNoTextLayer}},
		{"blank page", pageOf(stream([]byte("q Q"), 1)), []error{extract.ErrNoTextLayer}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := pool.Read(t.Context(), &gongkai.Document{Name: tt.name, Body: tt.body})
			if err == nil {
				t.Fatal("read without an error")
			}
			known := false
			for _, w := range tt.want {
				known = known || errors.Is(err, w)
			}
			if !known {
				t.Errorf("error %v, want one of %v", err, tt.want)
			}
			if !strings.Contains(err.Error(), tt.name) {
				t.Errorf("error %q does not name the document", err)
			}
			if _, err := pool.Read(t.Context(), &gongkai.Document{Name: "good", Body: good}); err != nil {
				t.Fatalf("the next file cannot be read: %v", err)
			}
		})
	}
}

func manyPages(n int) []byte {
	kids := strings.Repeat("3 0 R ", n)
	return file("<</Type/Catalog/Pages 2 0 R>>", object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", n, kids)), onePage, stream([]byte("q Q"), 1))
}

// forms returns a page with n forms, each of which draws the next twice.
func forms(n int) []byte {
	objects := []object{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>", stream([]byte("/F Do"), 1),
	}
	for i := range n {
		head := fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length 11>>", 6+i)
		objects = append(objects, object(head+"\nstream\n/F Do /F Do\nendstream"))
	}
	return file(append(objects, "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>\nstream\n0 0 m 9 9 l S\nendstream")...)
}

// TestMutants changes bytes of good files at random. A mutant may be read or
// refused by a name, but nothing may panic or hang, and every grid must be a
// rectangle.
func TestMutants(t *testing.T) {
	pool := NewPool(Options{Workers: 1})
	t.Cleanup(func() { _ = pool.Close() })
	for _, name := range []string{"testdata/libreoffice-ruled.pdf", "testdata/chromium-borderless.pdf"} {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		count := 100
		if testing.Short() {
			count = 10
		}
		for seed := range count {
			checkMutant(t, pool, fmt.Sprintf("%s, seed %d", name, seed), mutate(body, uint64(seed)))
		}
	}
}

func mutate(body []byte, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	m := bytes.Clone(body)
	for range 1 + r.IntN(40) {
		i := r.IntN(len(m))
		if seed%2 == 0 || m[i] < '0' || m[i] > '9' {
			m[i] = byte(r.Uint32())
		} else {
			m[i] = byte('0' + r.IntN(10))
		}
	}
	return m
}

func checkMutant(t *testing.T, pool *Pool, name string, body []byte) {
	t.Helper()
	c, err := pool.Read(t.Context(), &gongkai.Document{Name: name, Body: body})
	if err != nil {
		if strings.Contains(err.Error(), "broke off") {
			t.Errorf("%s: our own code panicked: %v", name, err)
		}
		for _, kind := range kinds() {
			if errors.Is(err, kind) {
				return
			}
		}
		t.Errorf("%s: error without a kind: %v", name, err)
		return
	}
	for _, b := range c.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, row := range b.Grid.Rows {
			if len(row) != len(b.Grid.Rows[0]) {
				t.Errorf("%s: rows of %d and %d cells in one grid", name, len(row), len(b.Grid.Rows[0]))
			}
		}
	}
}

// FuzzPDFGrid looks for files that break the reader.
func FuzzPDFGrid(f *testing.F) {
	for _, name := range []string{"testdata/libreoffice-ruled.pdf", "testdata/chromium-three-line.pdf"} {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	pool := NewPool(Options{Workers: 1, Limits: Limits{Time: 5 * time.Second}})
	f.Cleanup(func() { _ = pool.Close() })
	f.Fuzz(func(t *testing.T, body []byte) { checkMutant(t, pool, "fuzz", body) })
}
