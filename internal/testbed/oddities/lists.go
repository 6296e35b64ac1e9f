package oddities

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// lists are oddities of how sites list their reports.
func lists() []Case {
	const gateway = "/api-gateway/jpaas-publish-server/front/page/build/unit?paramJson="
	jpaas := func(ns ...int) http.HandlerFunc {
		return send(fmt.Sprintf(`{"success":true,"data":{"html":%q}}`, rows(ns...)+`<div class="pagination" rows="2" count="3"></div>`))
	}
	jpaasURI := func(page int) string {
		return gateway + url.QueryEscape(fmt.Sprintf(`{"pageNo":%d,"pageSize":15}`, page)) + "&webId=9"
	}
	pager := base64.StdEncoding.EncodeToString([]byte(url.PathEscape(`<a href="/nb/p2.html">下一页</a>`)))
	const form = `<form><input type="hidden" name="__VIEWSTATE" value="%s"></form><a href="javascript:__doPostBack('P','%d')">%[2]d</a>`
	return append([]Case{
		plain(1, "TRS: function text in the page beside the call", "trs", "/nb/", Pages{
			"/nb/":             list(`<script>function createPageHTML(_n,_c,_s,_e){}</script><script>createPageHTML(2,0,"index","html");</script>`, 1, 2),
			"/nb/index_1.html": list(`<script>createPageHTML(2,1,"index","html");</script>`, 3),
		}.with(3), captured(3)),
		plain(2, "TRS: the first page is 502, countPage counts", "trs", "/nb/", Pages{
			"/nb/":             status(502, ""),
			"/nb/index_1.html": list(`<script>var countPage = 3//共多少页</script>`, 2),
			"/nb/index_2.html": list("", 3),
		}.with(3), []string{"new /show/2.html", "new /show/3.html", "problem:status /nb/"}, "alert:column nb"),
		plain(2, "TRS: the first page is 500, the second counts the pages", "trs", "/nb/", Pages{
			"/nb/":             status(500, ""),
			"/nb/index_1.html": list(`<script>createPageHTML(2,1,"index","html",849);</script>`, 3),
		}.with(3), []string{"new /show/3.html", "problem:status /nb/"}, "alert:column nb"),
		plain(5, "jpaas: queryData, HTML in JSON", "jpaas", "/nb/", Pages{
			"/nb/":      send(`<div queryData="{'webId':'9'}"></div>`),
			jpaasURI(1): jpaas(1, 2), jpaasURI(2): jpaas(3),
		}.with(3), captured(3)),
		plain(9, "ASP.NET: the pager posts __VIEWSTATE back", "aspnet", "/Info.aspx?cid=1", Pages{
			"/Info.aspx?cid=1": list(fmt.Sprintf(form, "one", 2), 1, 2),
			"POST /Info.aspx?cid=1": func(w http.ResponseWriter, r *http.Request) {
				if r.FormValue("__VIEWSTATE") != "one" || r.FormValue("__EVENTARGUMENT") != "2" {
					http.Error(w, "wrong state", http.StatusInternalServerError)
					return
				}
				list("", 3)(w, r)
			},
		}.with(3), captured(3)),
		plain(10, "pager in base64", "base64", "/nb/", Pages{
			"/nb/":        list(`<div id="pages"></div><script>document.write(atob("`+pager+`"))</script>`, 1, 2),
			"/nb/p2.html": list("", 3),
		}.with(3), captured(3)),
		{
			Number: 10, Name: "a list in JSONP", Platform: "json", Column: "/api/list?callback=cb&n={page}",
			Site: "[column.params]\nitems = \"d.rows\"\ntotal = \"d.n\"\ntitle = \"t\"\nlink = \"u\"\ndate = \"at\"\nsize = \"1\"\nfirst = \"0\"",
			Pages: Pages{
				"/api/list?callback=cb&n=0": status(200, `cb({"d":{"n":2,"rows":[{"t":"`+title(1)+`","u":"/show/1.html","at":1706486400000}]}});`, "Content-Type", "application/javascript"),
				"/api/list?callback=cb&n=1": status(200, `cb({"d":{"n":2,"rows":[{"t":"`+title(2)+`","u":"/show/2.html","at":"2024-01-28"}]}})`, "Content-Type", "application/javascript"),
			}.with(2),
			Want: captured(2),
		},
		plain(16, "one folder of a tree is 403, the others work", "generic", "/nb/", Pages{
			"/nb/":      send(`<a href="2023/">2023年</a><a href="2022/">2022年</a>`),
			"/nb/2023/": list("", 1), "/nb/2022/": status(403, "<html><body>403 Forbidden</body></html>"),
		}.with(1), captured(1, "problem:status /nb/2022/"), "alert:column nb"),
		plain(22, "pages beyond the last are the first again", "aspnet", "/Info.aspx?page=1", Pages{
			"/Info.aspx?page=1": list(`<a href="/Info.aspx?page=2">2</a>`, 1, 2),
			"/Info.aspx?page=2": list(`<a href="/Info.aspx?page=9999">9999</a>`, 3),
			"/Info.aspx?page=3": list(`<a href="/Info.aspx?page=9999">9999</a>`, 1, 2),
		}.with(3), captured(3)),
		plain(25, "a notice, an overview and another report as decoys", "generic", "/nb/", Pages{
			"/nb/": send("<ul>" + rows(1) + `<li><a href="/show/7.html">关于做好2023年政府信息公开工作年度报告编制发布工作的通知</a></li>` +
				`<li><a href="/show/8.html">2023年政府信息公开工作年度报告发布情况汇总</a></li><li><a href="/show/9.html">2023年信访工作情况</a></li></ul>`),
		}.with(1), captured(1, "skip:notice /show/7.html", "skip:other /show/9.html", "skip:roster /show/8.html")),
	}, calendar())
}

// calendar is a list with a next month for ever.
func calendar() Case {
	c := Case{Number: 22, Name: "a calendar with a next month for ever", Platform: "generic", Column: "/nb/?m=1", Site: "max_pages = 12", Pages: Pages{}}
	for m := range 100 {
		c.Pages[fmt.Sprintf("/nb/?m=%d", m)] = send(fmt.Sprintf(`<ul><li><a href="/show/%d.html">示例市第%d次常务会议</a></li></ul><a href="/nb/?m=%d">下一页</a>`, m, m, m+1))
	}
	for m := range 12 {
		c.Want = append(c.Want, fmt.Sprintf("skip:other /show/%d.html", m+1))
	}
	c.Want = append(c.Want, "problem:trap /nb/?m=13")
	slices.Sort(c.Want)
	c.Notes = []string{"alert:column nb"}
	return c
}
