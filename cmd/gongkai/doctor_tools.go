package main

import (
	"context"
	"os/exec"
	"strings"
	"time"

	"gongkai"
	"gongkai/extract/reader"
)

// examineReaders reads a small PDF through a worker process.
func (a *app) examineReaders(ctx context.Context) []diagnosis {
	out := []diagnosis{{"duckdb", good, duckVersion(ctx)}}
	r := reader.New(readerOptions(false, 1))
	defer r.Close()
	began := time.Now()
	c, err := r.Read(ctx, &gongkai.Document{Name: "test.pdf", Body: []byte(tinyPDF)})
	switch {
	case err != nil:
		return append(out, diagnosis{"pdf reader", fail, err.Error()})
	case len(c.Blocks) == 0:
		return append(out, diagnosis{"pdf reader", fail, "finds no text in a good file"})
	}
	return append(out, diagnosis{"pdf reader", good, "ready in " + time.Since(began).Round(100*time.Millisecond).String()})
}

// tools are programs that are used when they are there.
var tools = []struct{ name, program, without string }{
	{"tesseract", "tesseract", "scanned pages stay unread (--ocr)"},
}

// examineTools looks for the tools.
func examineTools(ctx context.Context) []diagnosis {
	var out []diagnosis
	for _, t := range tools {
		path, err := exec.LookPath(t.program)
		if err != nil {
			out = append(out, diagnosis{t.name, note, "not installed: " + t.without})
			continue
		}
		d := diagnosis{t.name, good, path}
		if t.program == "tesseract" && !readsChinese(ctx, path) {
			d = diagnosis{t.name, note, "lacks the language chi_sim: " + t.without}
		}
		out = append(out, d)
	}
	if path := findBrowser(); path != "" {
		return append(out, diagnosis{"chromium", good, path})
	}
	return append(out, diagnosis{"chromium", note, "not installed: gongkai rank report writes HTML, but no PDF"})
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
