package oddities

import (
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// traps are lists and pages that lead a crawler on, or hide what they have.
func traps() []Case {
	gbk := func(s string) string {
		encoded, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			panic(err) // words of ours
		}
		return encoded
	}
	all := []Case{
		{4, "jpage: POST with a webname encoded twice, broken <li>", "hanweb", "/col/col78/index.html", Pages{
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
		}.with(3), captured(3)},
		{10, "a dropdown of departments", "generic", "/nb/", Pages{
			"/nb/":   send(`<select onchange="location.replace(this.value)"><option value="">选择</option><option value="/nb/a/">财政局</option><option value="/nb/b/">教育局</option></select>`),
			"/nb/a/": list("", 1),
			"/nb/b/": list("", 2),
		}.with(2), captured(2)},
		{22, "the counted last page is the one before it again", "trs", "/nb/", Pages{
			"/nb/":             list(`<script>createPageHTML(3,0,"index","html");</script>`, 1),
			"/nb/index_1.html": list(`<script>createPageHTML(3,1,"index","html");</script>`, 2),
			"/nb/index_2.html": list(`<script>createPageHTML(3,2,"index","html");</script>`, 2),
		}.with(2), captured(2, "problem:trap /nb/index_2.html")},
		{22, "session id in the path", "generic", "/nb/", Pages{
			"/nb/": send(strings.ReplaceAll("<ul>"+rows(1, 2)+"</ul>", ".html", ".html;jsessionid=0A1B")),
		}.with(2), captured(2)},
		{25, "title cut in the text, whole in the attribute; the same entry twice", "generic", "/nb/", Pages{
			"/nb/": send("<ul>" + rows(1) + strings.Replace(row(2), ">"+title(2)+"<", ">示例市教育局2023年政府信…<", 1) + rows(2) + "</ul>"),
		}.with(2), captured(2)},
	}
	charset := func(name, declared, meta, body string) {
		all = append(all, Case{11, name, "generic", "/nb/", Pages{
			"/nb/": status(200, meta+body, "Content-Type", declared),
		}.with(1), captured(1)})
	}
	line := "<html><body><ul>" + row(1) + "</ul></body></html>"
	charset("GBK without header, with meta", "text/html", `<meta charset="gb2312">`, gbk(line))
	charset("GBK without a word", "text/html", "", gbk(line))
	charset("GBK, meta after 4 KB of script", "text/html", "<script>"+strings.Repeat("var a;", 700)+`</script><meta charset="gbk">`, gbk(line))
	charset("GBK, the header says utf-8", "text/html; charset=utf-8", "", gbk(line))
	charset("UTF-8, meta says gb2312", "text/html", `<meta charset="gb2312">`, line)
	charset("UTF-8 with one bad byte", "text/html", "", line+"\xff")
	charset("UTF-8 with a byte order mark", "text/html; charset=gbk", "\ufeff", line)
	for _, f := range []struct{ name, magic, ext string }{
		{"RAR", "Rar!\x1a\x07\x01\x00", "rar"}, {"ZIP", "PK\x05\x06" + strings.Repeat("\x00", 18), "zip"}, {"OFD", "PK\x05\x06" + strings.Repeat("\x00", 18), "ofd"},
		{"WPS", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 512), "wps"}, {"XLS", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 512), "xls"},
	} {
		all = append(all, Case{14, f.name + " is kept for those who can read it", "generic", "/nb/", Pages{
			"/nb/":              send(fmt.Sprintf(`<ul><li><a href="/files/r.%s">%s</a></li></ul>`, f.ext, title(1))),
			"/files/r." + f.ext: status(200, f.magic, "Content-Type", "application/octet-stream"),
		}, []string{"new /files/r." + f.ext}})
	}
	return all
}
