package doctor

import (
	"context"
	"os/exec"
	"strings"
	"time"

	"gongkai"
	"gongkai/extract/reader"
	"gongkai/warehouse"
)

// examineReaders reads a small PDF through a worker process.
func (p *Patient) examineReaders(ctx context.Context) []Diagnosis {
	out := []Diagnosis{{"duckdb", Good, warehouse.Engine(ctx)}}
	r := reader.New(p.Readers)
	defer r.Close()
	began := time.Now()
	c, err := r.Read(ctx, &gongkai.Document{Name: "test.pdf", Body: []byte(tinyPDF)})
	switch {
	case err != nil:
		return append(out, Diagnosis{"pdf reader", Fail, err.Error()})
	case len(c.Blocks) == 0:
		return append(out, Diagnosis{"pdf reader", Fail, "finds no text in a good file"})
	}
	return append(out, Diagnosis{"pdf reader", Good, "ready in " + time.Since(began).Round(100*time.Millisecond).String()})
}

// tools are programs that are used when they are there.
var tools = []struct{ name, program, without string }{
	{"tesseract", "tesseract", "scanned pages stay unread (--ocr)"},
}

// examineTools looks for the tools.
func (p *Patient) examineTools(ctx context.Context) []Diagnosis {
	var out []Diagnosis
	for _, t := range tools {
		path, err := exec.LookPath(t.program)
		if err != nil {
			out = append(out, Diagnosis{t.name, Note, "not installed: " + t.without})
			continue
		}
		d := Diagnosis{t.name, Good, path}
		if t.program == "tesseract" && !readsChinese(ctx, path) {
			d = Diagnosis{t.name, Note, "lacks the language chi_sim: " + t.without}
		}
		out = append(out, d)
	}
	if path := p.Browser; path != "" {
		return append(out, Diagnosis{"chromium", Good, path})
	}
	return append(out, Diagnosis{"chromium", Note, "not installed: gongkai rank report writes HTML, but no PDF"})
}

func readsChinese(ctx context.Context, path string) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	b, err := exec.CommandContext(ctx, path, "--list-langs").Output()
	return err == nil && strings.Contains(string(b), "chi_sim")
}

// tinyPDF is one page with one word. Its cross-reference table is left out:
// the reader finds the objects.
const tinyPDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 37>>stream
BT /F1 18 Tf 20 40 Td (gongkai) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
`
