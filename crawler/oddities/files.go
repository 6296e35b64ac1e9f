package oddities

import (
	"io"
	"net/http"
	"strings"
)

const pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// raw answers with exactly these bytes and closes the connection.
func raw(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(c, s)
		_ = c.Close()
	}
}

// files are oddities of attachments and of the list's way to them.
func files() []Case {
	var all []Case
	attached := func(number int, name, markup, uri string) {
		all = append(all, Case{number, name, "generic", "/nb/", Pages{
			"/nb/": list("", 1),
			"/show/1.html": send("<html><head><title>" + title(1) + "</title></head><body><h1>" + title(1) + "</h1>" +
				`<p>附件见下。</p>` + markup + `</body></html>`),
			uri: status(200, pdf, "Content-Type", "application/pdf;charset=GBK"),
		}, captured(1, "new "+uri)})
	}
	attached(13, "file beside the page", `<a href="./P020240129.pdf">年报.pdf</a>`, "/show/P020240129.pdf")
	attached(13, "onclick down3", `<a href="#" onclick="down3('0A1B.PDF')">附件</a>`, "/show/0A1B.PDF")
	attached(13, "viewer.html?file=", `<iframe src="/pdf/viewer.html?file=%2Ffiles%2Fa.pdf"></iframe>`, "/files/a.pdf")
	attached(13, "embed", `<embed src="/files/b.pdf">`, "/files/b.pdf")
	attached(13, "object", `<object data="/files/c.pdf"></object>`, "/files/c.pdf")
	attached(13, "window.open", `<a href="javascript:void(0)" onclick="window.open('/files/d.pdf')">附件</a>`, "/files/d.pdf")
	attached(13, "name in Chinese", `<a href="/files/年报.pdf">附件</a>`, "/files/%E5%B9%B4%E6%8A%A5.pdf")
	attached(13, "name with a space", `<a href="/files/a b.pdf">附件</a>`, "/files/a%20b.pdf")
	attached(13, "&amp; in the address", `<a href="/module/download/downfile.jsp?classid=0&amp;filename=7d2.pdf">附件</a>`, "/module/download/downfile.jsp?classid=0&filename=7d2.pdf")
	attached(8, "showVsbpdfIframe", `<script>showVsbpdfIframe("/__local/1/x.pdf","100%","600")</script>`, "/__local/1/x.pdf")

	second := func(number int, name string, h http.HandlerFunc, want string) {
		all = append(all, Case{number, name, "generic", "/nb/",
			Pages{"/nb/": list("", 1, 2), "/show/2.html": h}.with(1), captured(1, want+" /show/2.html")})
	}
	second(12, "PDF sent as a web page", status(200, pdf, "Content-Type", "text/html"), "new")
	second(12, "file of no bytes", status(200, ""), "problem:network")
	second(12, "PDF cut by its Content-Length", raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"+pdf), "problem:network")
	second(12, "PDF cut by the end of the connection", raw("HTTP/1.1 200 OK\r\n\r\n"+pdf[:30]), "problem:network")
	second(19, "flood of header fields", raw("HTTP/1.1 200 OK\r\n"+strings.Repeat("X-Flood: "+strings.Repeat("x", 1000)+"\r\n", 500)), "problem:limit")
	second(19, "700 unclosed fonts", send("<html><body><h1>"+title(2)+"</h1>"+strings.Repeat("<font>年报", 700)+"</body></html>"), "new")
	second(17, "cookie, then the same address", func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		report(2)(w, r)
	}, "new")

	robots := func(name string, h http.HandlerFunc, want ...string) {
		all = append(all, Case{21, "robots.txt: " + name, "generic", "/nb/", Pages{"/nb/": list("", 1), "/robots.txt": h}.with(1), want})
	}
	robots("everything disallowed", send("User-agent: *\nDisallow: /"), "problem:robots /nb/")
	robots("a folder disallowed", send("User-agent: *\nDisallow: /show/"), "problem:robots /show/1.html")
	robots("503", status(503, ""), "problem:robots /nb/")
	robots("a web page", send("<html><body>首页</body></html>"), captured(1)...)
	robots("a delay of ten seconds", send("User-agent: *\nCrawl-delay: 10"), captured(1)...)
	return all
}
