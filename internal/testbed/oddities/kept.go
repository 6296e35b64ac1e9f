package oddities

import (
	"fmt"
	"net/http"
	"strings"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// kept are documents of all kinds: they are captured whether or not they can be
// read, and reading says which it is.
func kept() []Case {
	var all []Case
	add := func(number int, name, uri string, h http.HandlerFunc, read string) {
		all = append(all, Case{
			Number: number, Name: name, Platform: "generic", Column: "/nb/",
			Pages: Pages{"/nb/": send(fmt.Sprintf(`<ul><li><a href="%s">%s</a></li></ul>`, uri, title(1))), uri: h},
			Want:  []string{"new " + uri}, Reads: map[string]string{uri: read},
		})
	}
	file := func(body, mediaType string) http.HandlerFunc { return status(200, body, "Content-Type", mediaType) }
	const octets = "application/octet-stream"
	word, book := ole("WordDocument"), ole("Workbook")

	add(12, "PDF sent with a charset", "/files/r.pdf", file(written("pdf-lines"), "application/pdf;charset=GBK"), "report")
	add(12, "PDF sent as a web page", "/files/r.pdf", file(written("pdf-lines"), "text/html"), "report")
	add(12, "PDF sent as octets, named .doc", "/files/r.doc", file(written("pdf-lines"), octets), "report")
	add(12, "web page sent as text", show(1), file(written("html-trs"), "text/plain"), "report")
	add(12, "web page named .doc", "/files/r.doc", file(written("html-trs"), "application/msword"), "report")
	add(12, "DOC named .pdf", "/files/r.pdf", file(word, "application/pdf"), "unsupported")
	add(12, "DOCX named .doc", "/files/r.doc", file(written("docx-plain"), "application/msword"), "report")

	add(14, "DOC is kept for those who can read it", "/files/r.doc", file(word, octets), "unsupported")
	add(14, "WPS is kept for those who can read it", "/files/r.wps", file(word, octets), "unsupported")
	add(14, "XLS is kept for those who can read it", "/files/r.xls", file(book, octets), "unsupported")
	add(14, "RAR is kept for those who can read it", "/files/r.rar", file("Rar!\x1a\x07\x01\x00", octets), "unsupported")
	add(14, "OFD is kept for those who can read it", "/files/r.ofd", file(zipped(false, "OFD.xml", "<ofd/>"), octets), "unsupported")
	add(14, "ZIP with names in GBK", "/files/r.zip", file(zipped(true, "年报.docx", written("docx-plain"), "年报.pdf", written("pdf-lines")), octets), "unsupported")
	add(14, "page with pictures only", show(1), send(page(1, `<p><img src="/files/1.jpg"></p><p><img src="/files/2.jpg"></p>`)), "no_table")
	add(14, "scanned PDF", "/files/r.pdf", file(scanned(), "application/pdf"), "no_text_layer")
	add(14, "picture of the report", "/files/r.pdf", file(picture(), "image/jpeg"), "unsupported")

	twins := func(ending string) string { return strings.Replace(row(1), title(1), title(1)+ending, -1) }
	all = append(all, Case{
		Number: 14, Name: "twins: 图片版 and 超链版", Platform: "generic", Column: "/nb/",
		Pages: Pages{
			"/nb/":  send("<ul>" + twins("（图片版）") + strings.Replace(twins("（超链版）"), show(1), show(2), 1) + "</ul>"),
			show(1): send(page(1, `<img src="/files/1.jpg">`)),
			show(2): send(written("html-trs")),
		},
		Want:  captured(2),
		Reads: map[string]string{show(1): "no_table", show(2): "report"},
	})
	return append(all, hidden()...)
}

// hidden are pages whose tables are not where tables stand.
func hidden() []Case {
	var all []Case
	add := func(name string, pages Pages, reads string, want ...string) {
		pages["/nb/"] = list("", 1)
		all = append(all, Case{
			Number: 26, Name: name, Platform: "generic", Column: "/nb/", Pages: pages,
			Want: captured(1, want...), Reads: map[string]string{show(1): reads},
		})
	}
	for _, of := range []struct{ style, name string }{
		{"html-nested", "tables in layout tables"},
		{"html-split", "tables split in two"},
		{"html-mobile-copy", "a second, hidden copy of the tables for telephones"},
		{"html-lines", "tables as text in paragraphs"},
		{"html-textarea", "the text in a textarea"},
		{"html-attribute", "the text in an attribute"},
	} {
		add(of.name, Pages{show(1): send(written(of.style))}, "report")
	}
	add("tables in a fragment that a script fetches", Pages{
		show(1):            send(page(1, `<div id="content"></div><script>$("#content").load("/fragment/1.html");</script>`)),
		"/fragment/1.html": send(written("html-trs")),
	}, "report", "new /fragment/1.html")
	return all
}

// Report is the one report that is in all documents that can be read.
func Report() *fixture.Report {
	agency := gongkai.Agency{ID: "990100-czj", Name: "示例市财政局", Level: gongkai.Prefecture, Type: gongkai.Department}
	return fixture.Random(7, fixture.Options{Agency: agency, Year: 2023, Size: fixture.Medium, Forms: fixture.Form2021, Plain: true})
}

// written is the report in one of the styles of package fixture.
func written(style string) string {
	s, ok := fixture.Find(style)
	if !ok {
		panic("no style " + style)
	}
	return string(s.Bytes(Report()))
}
