package replica

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"

	"gongkai/internal/testbed/fixture"
)

// A behaviour is an odd way of serving a report, and what must become of it.
type behaviour struct {
	want    string // as in Quirk
	problem string // code of the problem that reading it gives; empty if the report is read
	serve   func(h *web, e *entry, a answer) answer
}

// behaviours lists them by name.
var behaviours = map[string]behaviour{
	"PDF sent as text/html":       {want: "new", serve: typed("text/html;charset=GBK")},
	"PDF sent as octet-stream":    {want: "new", serve: typed("application/octet-stream")},
	"HTML sent as text/plain":     {want: "new", serve: typed("text/plain")},
	"GBK, and the header lies":    {want: "new", serve: typed("text/html; charset=utf-8")},
	"DOCX named .pdf":             {want: "new", serve: renamed},
	"redirect within the site":    {want: "new", serve: redirected},
	"meta refresh":                {want: "new", serve: refreshed},
	"redirect loop":               {want: "limit", serve: looped},
	"redirect to the home page":   {want: "soft404", serve: sentHome},
	"file of no bytes":            {want: "network", serve: emptied},
	"tables as pictures":          {want: "new", problem: "no_table", serve: pictured},
	"scan without a text layer":   {want: "new", problem: "no_text_layer", serve: scanned},
	"page that only links a file": {want: "new", problem: "no_table"},
}

type serving = func(h *web, e *entry, a answer) answer

// typed sends a document under another type than its own.
func typed(t string) serving {
	return func(_ *web, _ *entry, a answer) answer {
		a.typ = t
		return a
	}
}

func renamed(_ *web, e *entry, _ answer) answer {
	s := styleNamed("docx-plain")
	return answer{typ: "application/pdf", body: s.Bytes(e.report)}
}

// elsewhere publishes the report at another address and returns that.
func elsewhere(h *web, e *entry, a answer) string {
	to := fmt.Sprintf("/moved/%d.html", e.serial)
	h.pages[to] = a
	return to
}

func redirected(h *web, e *entry, a answer) answer {
	return answer{status: http.StatusFound, header: http.Header{"Location": {elsewhere(h, e, a)}}}
}

func refreshed(h *web, e *entry, a answer) answer {
	return page(`<html><head><meta http-equiv="refresh" content="0;url=` + elsewhere(h, e, a) + `"></head><body></body></html>`)
}

func looped(_ *web, e *entry, _ answer) answer {
	return answer{status: http.StatusFound, header: http.Header{"Location": {e.address}}}
}

func sentHome(*web, *entry, answer) answer {
	return answer{status: http.StatusFound, header: http.Header{"Location": {"/"}}}
}

func emptied(_ *web, _ *entry, a answer) answer { return answer{typ: a.typ} }

func pictured(_ *web, e *entry, a answer) answer {
	d := fixture.Compose(fixture.Layout{Images: true}, e.report)
	return answer{typ: a.typ, body: fixture.HTML(d, fixture.Markup{Frame: "trs", Text: "p", Meta: "utf-8"})}
}

// scanned is a page of grey without a letter.
func scanned(*web, *entry, answer) answer {
	const width, height = 60, 84
	grey := image.NewGray(image.Rect(0, 0, width, height))
	for i := range grey.Pix {
		grey.Pix[i] = color.Gray{Y: uint8(200 + i%40)}.Y
	}
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, grey, nil); err != nil {
		panic(err) // a picture of ours, in memory
	}
	file, err := fixture.Pictures([][]byte{picture.Bytes()}, 595, 842)
	if err != nil {
		panic(err)
	}
	return answer{typ: "application/pdf", body: file}
}
