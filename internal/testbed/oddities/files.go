package oddities

import (
	"net/http"
	"strings"
	"time"
)

// files are oddities of attachments and of the list's way to them.
func files() []Case {
	all := attachments()
	second := func(number int, name string, h http.HandlerFunc, want string) {
		all = append(all, plain(number, name, "generic", "/nb/",
			Pages{"/nb/": list("", 1, 2), "/show/2.html": h}.with(1), captured(1, want+" /show/2.html")))
	}
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

	return append(all, robots()...)
}

// attachments are ways to offer a file.
func attachments() []Case {
	var all []Case
	attached := func(number int, name, markup, uri string) *Case {
		all = append(all, plain(number, name, "generic", "/nb/", Pages{
			"/nb/":  list("", 1),
			show(1): send(page(1, "<p>附件见下。</p>"+markup)),
			uri:     status(200, pdf, "Content-Type", "application/pdf;charset=GBK"),
		}, captured(1, "new "+uri)))
		return &all[len(all)-1]
	}
	attached(13, "file beside the page", `<a href="./P020240129.pdf">年报.pdf</a>`, "/show/P020240129.pdf")
	attached(13, "onclick down3", `<a href="#" onclick="down3('0A1B.PDF')">附件</a>`, "/show/0A1B.PDF")
	attached(13, "viewer.html?file=", `<iframe src="/pdf/viewer.html?file=%2Ffiles%2Fa.pdf"></iframe>`, "/files/a.pdf")
	attached(13, "embed", `<embed src="/files/b.pdf">`, "/files/b.pdf")
	attached(13, "object", `<object data="/files/c.pdf"></object>`, "/files/c.pdf")
	attached(13, "window.open", `<a href="javascript:void(0)" onclick="window.open('/files/d.pdf')">附件</a>`, "/files/d.pdf")
	attached(13, "name in Chinese", `<a href="/files/年报.pdf">附件</a>`, "/files/%E5%B9%B4%E6%8A%A5.pdf")
	attached(13, "name in Chinese, escaped", `<a href="/files/%e5%b9%b4%e6%8a%a5.pdf">附件</a>`, "/files/%e5%b9%b4%e6%8a%a5.pdf")
	attached(13, "name with a space", `<a href="/files/a b.pdf">附件</a>`, "/files/a%20b.pdf")
	const script = "/module/download/downfile.jsp?classid=0&filename=7d2.pdf"
	attached(13, "&amp; in the address", `<a href="`+strings.ReplaceAll(script, "&", "&amp;")+`">附件</a>`, script)
	redirected := attached(13, "downfile.jsp redirects to the file", `<a href="`+script+`">附件</a>`, script).Pages
	redirected["/attach/0/7d2.pdf"], redirected[script] = redirected[script], to(302, "/attach/0/7d2.pdf")
	attached(13, "name in RFC 5987, none in the address", `<a href="/download?id=7">年报.pdf</a>`, "/download?id=7").Pages["/download?id=7"] = status(200, pdf, "Content-Type", "application/octet-stream", "Content-Disposition", "attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.pdf")

	const inGBK = "/down?name=%C4%EA%B1%A8.pdf"
	query := attached(13, "name in the query, which a page in GBK sends in GBK", "", inGBK)
	query.Pages[show(1)] = status(200, gbk(page(1, `<a href="/down?name=年报.pdf">附件</a>`)), "Content-Type", "text/html; charset=gbk")
	lost := attached(13, "name in GBK in a page in UTF-8: lost, as in a browser", "", "/files/%C4%EA%B1%A8.pdf")
	lost.Pages[show(1)] = send(page(1, "<p>"+strings.Repeat("政府信息公开工作年度报告", 20)+`</p><a href="/files/`+gbk("年报")+`.pdf">附件</a>`))
	lost.Want = captured(1, "problem:gone /files/%EF%BF%BD%EA%B1%A8.pdf")
	attached(8, "showVsbpdfIframe", `<script>showVsbpdfIframe("/__local/1/x.pdf","100%","600")</script>`, "/__local/1/x.pdf")
	return all
}

// robots are ways to have a robots.txt.
func robots() []Case {
	var all []Case
	add := func(name string, h http.HandlerFunc, want ...string) *Case {
		c := plain(21, "robots.txt: "+name, "generic", "/nb/", Pages{"/nb/": list("", 1), "/robots.txt": h}.with(1), want)
		if want[0] == "problem:robots /nb/" {
			c.Notes = []string{"alert:column nb"}
		}
		all = append(all, c)
		return &all[len(all)-1]
	}
	add("absent", status(404, ""), captured(1)...)
	add("folders of the CMS disallowed", send("User-agent: *\nDisallow: /admin/\nDisallow: /plus/\nDisallow: /*.aspx$\n"), captured(1)...)
	add("5 MB, the rule at the beginning", send("User-agent: *\nDisallow: /show/\n"+strings.Repeat("# "+strings.Repeat("-", 1022)+"\n", 5<<10)), "problem:robots "+show(1))
	add("everything disallowed", send("User-agent: *\nDisallow: /"), "problem:robots /nb/")
	add("a folder disallowed", send("User-agent: *\nDisallow: /show/"), "problem:robots /show/1.html")
	add("503", status(503, ""), "problem:robots /nb/")
	add("a web page", send("<html><body>首页</body></html>"), captured(1)...)
	add("a delay of ten seconds", send("User-agent: *\nCrawl-delay: 10"), captured(1)...).Delay = 10 * time.Second
	return all
}
