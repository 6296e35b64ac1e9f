package reader

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"gongkai"
	"gongkai/extract"
)

const workerName = "doc-worker"

// TestMain lets the test binary be the worker.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == workerName {
		if err := RunWorker(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// hostile makes documents that would take a reader long or much memory.
func hostile(t *testing.T) map[string][]byte {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	part := func(text string) []byte {
		return packOf(t, "word/document.xml", `<w:document xmlns:w="w"><w:body>`+text+`</w:body></w:document>`)
	}
	cell := "<td rowspan=65534 colspan=1000>收到和处理政府信息公开申请情况本年新收</td>"
	entities := `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">`
	for c := 'b'; c < 'k'; c++ {
		entities += fmt.Sprintf(`<!ENTITY %c "%s">`, c, many(fmt.Sprintf("&%c;", c-1), 10))
	}
	docs := map[string][]byte{
		"spans.html":      []byte("<table>" + many("<tr>"+cell, 800) + "</table>"),
		"deep.html":       []byte(many("<div>", 200_000)),
		"tables.html":     []byte(many("<table><tr><td>本年新收政府信息公开申请数量<td>1</table>", 20_000)),
		"nested.html":     []byte(many("<table><tr><td>行政许可", 20_000)),
		"attributes.html": []byte("<table><tr><td " + many("a=b ", 1_000_000) + ">1</table>"),
		"formats.html":    []byte(many("<font><b><i><p>x", 50_000)),
		"text.txt":        []byte(many("行政许可\t5\n本年新收政府信息公开申请数量 1 2 3 4 5 6 7\n", 60_000)),
		"deep.docx":       part(many("<w:tbl><w:tr><w:tc>", 20_000)),
		"rows.docx":       part("<w:tbl>" + many("<w:tr><w:tc><w:p><w:r><w:t>行政许可</w:t></w:r></w:p></w:tc></w:tr>", 300_000) + "</w:tbl>"),
		"bomb.docx":       part("<w:p><w:r><w:t>" + many("x", 80<<20) + "</w:t></w:r></w:p>"),
		"entities.docx":   packOf(t, "word/document.xml", entities+`]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>`),
	}
	for i, n := range []int{50, 500} {
		var rows strings.Builder
		for r := range n {
			fmt.Fprintf(&rows, "<tr><td rowspan=%d>本年第%d种收到和处理的政府公开信息申请情况数量</td><td>%d</td>", n-r, r, r)
		}
		docs[fmt.Sprintf("stairs-%d.html", i)] = []byte("<table>" + rows.String() + "</table>")
	}
	return docs
}

// TestHostileDocuments ends each within its limits: read, or an error with a
// name, and the next document is read as if nothing had been.
func TestHostileDocuments(t *testing.T) {
	r := New(Options{Worker: []string{workerName}, Workers: 1})
	defer r.Close()
	here := testReader()
	good := &gongkai.Document{Name: "good.html", Body: []byte(page)}
	for name, body := range hostile(t) {
		c, err := r.Read(t.Context(), &gongkai.Document{Name: name, Body: body})
		switch {
		case err == nil:
			if _, err := extract.Extract(&gongkai.Document{Name: name}, c); err != nil && !errors.Is(err, extract.ErrNoTable) && !errors.Is(err, extract.ErrNotReport) {
				t.Errorf("%s: %v", name, err)
			}
		case !errors.Is(err, extract.ErrLimit) && !errors.Is(err, extract.ErrDamaged):
			t.Errorf("%s: %v", name, err)
		case !strings.Contains(err.Error(), name):
			t.Errorf("%v does not name %s", err, name)
		}
		t.Logf("%s: %v", name, err)
		got, err := r.Read(t.Context(), good)
		if err != nil {
			t.Errorf("after %s: %v", name, err)
			continue
		}
		if want, err := here.Read(t.Context(), good); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("after %s: another reading: %v", name, err)
		}
	}
}

// TestErrorsPass keeps the kind of an error from process to process.
func TestErrorsPass(t *testing.T) {
	t.Parallel()
	r := New(Options{Worker: []string{workerName}, Workers: 1})
	defer r.Close()
	here := testReader()
	for _, body := range [][]byte{nil, bytes.Repeat([]byte{0, 1, 2}, 99), []byte("PK\x03\x04broken")} {
		d := &gongkai.Document{Name: "x", Body: body}
		_, want := here.Read(t.Context(), d)
		_, got := r.Read(t.Context(), d)
		if got == nil || want == nil || got.Error() != want.Error() {
			t.Errorf("%.9q: %v, want %v", body, got, want)
		}
		for _, k := range kinds {
			if errors.Is(got, k) != errors.Is(want, k) {
				t.Errorf("%.9q: %v is not what %v is", body, got, want)
			}
		}
	}
}
