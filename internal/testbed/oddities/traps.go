package oddities

import (
	"net/http"
	"strings"
)

// traps are lists and pages that lead a crawler on, or hide what they have.
func traps() []Case {
	all := []Case{
		plain(4, "jpage: POST with a webname encoded twice, broken <li>", "hanweb", "/col/col78/index.html", Pages{
			"/col/col78/index.html": send(`<script type="text/xml"><datastore><recordset><record><![CDATA[` + strings.Replace(row(1), "<li>", "<li style=<br/>", 1) +
				`]]></record><record><![CDATA[` + row(2) + `]]></record></recordset></datastore></script>` +
				`<script>var totalRecord = 3; var perPage = 2; var params = {col:1, webid:39, path:'/', columnid:78, unitid:247686, webname:'%25E7%25A4%25BA', permissiontype:0};` +
				`url = "/module/web/jpage/dataproxy.jsp";</script>`),
			"POST /module/web/jpage/dataproxy.jsp?startrecord=3&endrecord=3&perpage=2": func(w http.ResponseWriter, r *http.Request) {
				if r.FormValue("webname") != "%25E7%25A4%25BA" || r.FormValue("columnid") != "78" {
					http.Error(w, "wrong form", http.StatusInternalServerError)
					return
				}
				send("<datastore><recordset><record><![CDATA["+row(3)+"]]></record></recordset></datastore>")(w, r)
			},
		}.with(3), captured(3)),
		plain(10, "a dropdown of departments", "generic", "/nb/", Pages{
			"/nb/":   send(`<select onchange="location.replace(this.value)"><option value="">选择</option><option value="/nb/a/">财政局</option><option value="/nb/b/">教育局</option></select>`),
			"/nb/a/": list("", 1),
			"/nb/b/": list("", 2),
		}.with(2), captured(2)),
		plain(22, "the counted last page is the one before it again", "trs", "/nb/", Pages{
			"/nb/":             list(`<script>createPageHTML(3,0,"index","html");</script>`, 1),
			"/nb/index_1.html": list(`<script>createPageHTML(3,1,"index","html");</script>`, 2),
			"/nb/index_2.html": list(`<script>createPageHTML(3,2,"index","html");</script>`, 2),
		}.with(2), captured(2, "problem:trap /nb/index_2.html"), "alert:column nb"),
		plain(22, "session id in the path", "generic", "/nb/", Pages{
			"/nb/": send(strings.ReplaceAll("<ul>"+rows(1, 2)+"</ul>", ".html", ".html;jsessionid=0A1B")),
		}.with(2), captured(2)),
		plain(25, "title cut in the text, whole in the attribute; the same entry twice", "generic", "/nb/", Pages{
			"/nb/": send("<ul>" + rows(1) + strings.Replace(row(2), ">"+title(2)+"<", ">示例市教育局2023年政府信…<", 1) + rows(2) + "</ul>"),
		}.with(2), captured(2)),
	}
	return append(all, charsets()...)
}

// charsets are pages that do not say how they are encoded, or say it wrong. List
// and report are encoded alike; the list cuts the title short, so that it must
// be read from the report.
func charsets() []Case {
	var all []Case
	cut := strings.ReplaceAll(row(1), title(1), "示例市财政局2023年政府信…")
	add := func(name, declared string, encode func(string) string) {
		all = append(all, Case{
			Number: 11, Name: name, Platform: "generic", Column: "/nb/",
			Pages: Pages{
				"/nb/":  status(200, encode("<html><body><ul>"+cut+"</ul></body></html>"), "Content-Type", declared),
				show(1): status(200, encode(page(1, "<p>一、总体情况</p>")), "Content-Type", declared),
			},
			Want: captured(1), Filed: map[string]string{show(1): "- 2023 " + title(1)},
		})
	}
	after := func(head string, encode func(string) string) func(string) string {
		return func(s string) string { return encode(strings.Replace(s, "<html>", "<html>"+head, 1)) }
	}
	utf8 := func(s string) string { return s }
	const meta = `<meta charset="gb2312">`
	add("GBK without header, with meta", "text/html", after(meta, gbk))
	add("GBK without a word", "text/html", gbk)
	add("GBK, meta after 4 KB of script", "text/html", after("<script>"+strings.Repeat("var a;", 700)+"</script>"+meta, gbk))
	add("GBK, the header says utf-8", "text/html; charset=utf-8", gbk)
	add("UTF-8, meta says gb2312", "text/html", after(meta, utf8))
	add("UTF-8 with one bad byte", "text/html", func(s string) string { return s + "\xff" })
	add("UTF-8 with a byte order mark, the header says gbk", "text/html; charset=gbk", func(s string) string { return "\ufeff" + s })
	add("UTF-8 without a word, few characters", "text/html", utf8)
	return all
}
