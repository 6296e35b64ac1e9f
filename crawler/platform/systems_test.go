package platform

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/crawler"
)

const uuid = "11111111-2222-3333-4444-555555555555"

func report(unit string, year int) string {
	return fmt.Sprintf("示例市%s%d年政府信息公开工作年度报告", unit, year)
}

func item(href, title, day string) string {
	return fmt.Sprintf(`<li><a href="%s">%s</a><span>%s</span></li>`, href, title, day)
}

func TestSystems(t *testing.T) {
	kjj, jyj, sjj := report("科技局", 2023), report("教育局", 2023), report("审计局", 2023)
	block := "/columns/" + uuid + "/templates/" + uuid + "/blocks/" + uuid
	tests := []struct {
		name, platform, path string
		site                 replica
		change               func(*crawler.Column)
		links, failures      []string
	}{
		{
			name: "trs: function text beside the call, relative links", platform: "trs", path: "/zfxxgknb/index.html",
			site: replica{
				"/zfxxgknb/index.html":   `<script><!-- function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){} --></script><ul>` + item("./202401/t20240129_101.shtml", kjj, "2024-01-29") + `</ul><script>createPageHTML(3, 0, "index", "html");</script>`,
				"/zfxxgknb/index_1.html": `<ul>` + item("./202401/t20240128_102.shtml", jyj, "2024/1/28") + `</ul>`,
				"/zfxxgknb/index_2.html": `<ul>` + item("../other/202401/t20240127_103.shtml", sjj, "2024年1月27日") + `</ul>`,
			},
			links: []string{
				"|2024-01-29||" + kjj + "|/zfxxgknb/202401/t20240129_101.shtml",
				"|2024-01-28||" + jyj + "|/zfxxgknb/202401/t20240128_102.shtml",
				"|2024-01-27||" + sjj + "|/other/202401/t20240127_103.shtml",
			},
		},
		{
			name: "trs: first page fails, countPage, fifth argument", platform: "trs", path: "/nb/",
			site: replica{
				"/nb/":            "HTTP 502",
				"/nb/index_1.htm": `<ul>` + item("t20240128_102.htm", jyj, "") + `</ul><script>var countPage = 3//共多少页</script><script>createPageHTML(3,1,"index","htm",849)</script>`,
				"/nb/index_2.htm": `<ul>` + item("t20240127_103.htm", sjj, "") + `</ul>`,
			},
			links: []string{
				"|||" + jyj + "|/nb/t20240128_102.htm",
				"|||" + sjj + "|/nb/t20240127_103.htm",
			},
			failures: []string{"status /nb/"},
		},
		{
			name: "trs: year tree with odd suffixes and a missing year", platform: "trs", path: "/gknb/",
			site: replica{
				"/gknb/":            `<ul><li><a href="2023n/">2023年</a></li><li><a href="gknb2022/">2022年度</a></li><li><a href="2021n/">2021年</a></li></ul>`,
				"/gknb/2023n/":      `<a href="bm/">市直部门</a><a href="xzjd/">乡镇街道</a>`,
				"/gknb/2023n/bm/":   `<ul>` + item("t20240129_1.html", kjj, "") + `</ul>`,
				"/gknb/2023n/xzjd/": `<ul>` + item("t20240129_2.html", "东山镇年度报告", "") + `</ul>`,
				"/gknb/gknb2022/":   `<ul>` + item("t20230129_3.html", "科技局年报", "") + `</ul>`,
			},
			links: []string{
				"2023|||" + kjj + "|/gknb/2023n/bm/t20240129_1.html",
				"2023|||东山镇年度报告|/gknb/2023n/xzjd/t20240129_2.html",
				"2022|||科技局年报|/gknb/gknb2022/t20230129_3.html",
			},
			failures: []string{"gone /gknb/2021n/"},
		},
		{
			name: "trs: a counted page repeats", platform: "trs", path: "/nb/index.html",
			site: replica{
				"/nb/index.html":   item("t20240129_1.html", kjj, "") + `<script>createPageHTML(2,0,"index","html")</script>`,
				"/nb/index_1.html": item("t20240129_1.html", kjj, ""),
			},
			links:    []string{"|||" + kjj + "|/nb/t20240129_1.html"},
			failures: []string{"trap /nb/index_1.html"},
		},
		{
			name: "hanweb: datastore, next group by GET, rows without a table, broken li", platform: "hanweb", path: "/col/col77/index.html",
			site: replica{
				"/col/col77/index.html": `<div><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=73&columnid=77&unitid=764752&webname=%25E7%25A4%25BA"></a>]]></nextgroup><recordset><record><![CDATA[<li style=<br/><a href='/art/2024/1/29/art_77_1.html' title='` + kjj + `'>示例市科技局20…</a><span>2024-01-29</span></li>]]></record></recordset></datastore></script></div>`,
				"/module/web/jpage/dataproxy.jsp?page=1&webid=73&columnid=77&unitid=764752&webname=%25E7%25A4%25BA": `<datastore><recordset><record><![CDATA[<tr><td><a href="/art/2024/1/28/art_77_2.html">` + jyj + `</a></td><td>2024-01-28</td></tr>]]></record></recordset></datastore>`,
			},
			links: []string{
				"|2024-01-29||" + kjj + "|/art/2024/1/29/art_77_1.html",
				"|2024-01-28||" + jyj + "|/art/2024/1/28/art_77_2.html",
			},
		},
		{
			name: "hanweb: POST of the page's parameters", platform: "hanweb", path: "/col/col78/index.html",
			site: replica{
				"/col/col78/index.html": `<script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/art/2024/1/29/art_78_1.html">` + kjj + `</a></li>]]></record></recordset></datastore></script><script>jpage({totalRecord:2,perPage:1,proxyUrl:'/module/web/jpage/dataproxy.jsp',params:{col:1,appid:1,webid:39,path:'/',columnid:78,unitid:247686,webname:'%25E7'}})</script>`,
				"POST /module/web/jpage/dataproxy.jsp?startrecord=2&endrecord=2&perpage=1 appid=1&col=1&columnid=78&path=%2F&unitid=247686&webid=39&webname=%2525E7": `<datastore><recordset><record><![CDATA[<li><a href="/art/2024/1/28/art_78_2.html">` + jyj + `</a></li>]]></record></recordset></datastore>`,
			},
			links: []string{
				"|||" + kjj + "|/art/2024/1/29/art_78_1.html",
				"|||" + jyj + "|/art/2024/1/28/art_78_2.html",
			},
		},
		{
			name: "hanweb2: numbered pages", platform: "hanweb2", path: "/col/18073_668815/index.html",
			site: replica{
				"/col/18073_668815/index.html":   item("/col/4039_446643/art/17356608/1736ffO7DUB.html", kjj, "2025-01-07") + `共2页`,
				"/col/18073_668815/index_1.html": item("/col/4039_446643/art/17356609/1736ffO7DUC.html", jyj, "2025-01-06"),
			},
			links: []string{
				"|2025-01-07||" + kjj + "|/col/4039_446643/art/17356608/1736ffO7DUB.html",
				"|2025-01-06||" + jyj + "|/col/4039_446643/art/17356609/1736ffO7DUC.html",
			},
		},
		{
			name: "jpaas: HTML in JSON", platform: "jpaas", path: "/col/col1/index.html",
			site: jpaasSite(kjj, jyj),
			links: []string{
				"|2024-01-29||" + kjj + "|/art/2024/1/29/art_1_1.html",
				"|||" + jyj + "|/art/2024/1/28/art_1_2.html",
			},
		},
		{
			name: "gkmlpt: category in the fragment, Unix times", platform: "gkmlpt", path: "/gkmlpt/index#2811",
			site: replica{
				"/gkmlpt/index":                          `<script>window._CONFIG = {SID: '755031'}</script>`,
				"/gkmlpt/api/all/2811?page=1&sid=755031": `{"total":2,"articles":[{"id":1,"title":"` + kjj + `","publisher":"示例市科技局","url":"/gkmlpt/content/2/2155/post_2155421.html","display_publish_time":1706486400},{"title":"` + jyj + `","post_url":"/gkmlpt/content/2/2156/post_2156.html","create_time":"2024-01-28 10:00:00"}]}`,
			},
			links: []string{
				"|2024-01-29|示例市科技局|" + kjj + "|/gkmlpt/content/2/2155/post_2155421.html",
				"|2024-01-28||" + jyj + "|/gkmlpt/content/2/2156/post_2156.html",
			},
		},
		{
			name: "ucap: JSON, addresses without scheme, files beside an entry", platform: "ucap", path: "/c100/common_list.shtml",
			site: ucapSite(kjj),
			links: []string{
				"|2024-01-29||" + kjj + "|/c100/202401/c01_868731.shtml",
				"|2024-01-29||" + kjj + "|/c100/202401/c01_868731/files/a.pdf|file",
			},
		},
		{
			name: "vsb: numbers fall", platform: "vsb", path: "/xxgk/nb.htm",
			site: replica{
				"/xxgk/nb.htm":   item("../info/1216/1678.htm", kjj, "2024-01-29") + `<a href="nb/2.htm">下页</a><a href="nb/1.htm">尾页</a>`,
				"/xxgk/nb/2.htm": item("../../info/1216/1677.htm", jyj, ""),
				"/xxgk/nb/1.htm": item("../../info/1216/1676.htm", sjj, ""),
			},
			links: []string{
				"|2024-01-29||" + kjj + "|/info/1216/1678.htm",
				"|||" + jyj + "|/info/1216/1677.htm",
				"|||" + sjj + "|/info/1216/1676.htm",
			},
		},
		{
			name: "aspnet: post-back", platform: "aspnet", path: "/Info.aspx?cid=1",
			site: replica{
				"/Info.aspx?cid=1": `<form><input type="hidden" name="__VIEWSTATE" value="AAA"><table><tr><td><a href="/show/1.html">` + kjj + `</a></td></tr></table><a href="javascript:__doPostBack('List1$Pager','2')">2</a></form>`,
				"POST /Info.aspx?cid=1 __EVENTARGUMENT=2&__EVENTTARGET=List1%24Pager&__VIEWSTATE=AAA": `<form><input type="hidden" name="__VIEWSTATE" value="BBB"><a href="/show/2.html">` + jyj + `</a><a href="javascript:__doPostBack('List1$Pager','3')">...</a></form>`,
				"POST /Info.aspx?cid=1 __EVENTARGUMENT=3&__EVENTTARGET=List1%24Pager&__VIEWSTATE=BBB": `<form><a href="/show/3.html">` + sjj + `</a><a href="javascript:__doPostBack('List1$Pager','2')">2</a></form>`,
			},
			links: []string{"|||" + kjj + "|/show/1.html", "|||" + jyj + "|/show/2.html", "|||" + sjj + "|/show/3.html"},
		},
		{
			name: "aspnet: page in the query, and a page beyond the last that repeats the first", platform: "aspnet", path: "/Info.aspx?cid=1&page=1&kw=",
			site: replica{
				"/Info.aspx?cid=1&page=1&kw=": `<a href="/show/1.html">` + kjj + `</a><a href="?cid=1&page=2&kw=">2</a>`,
				"/Info.aspx?cid=1&page=2&kw=": `<a href="/show/2.html">` + jyj + `</a><a href="?cid=1&page=3&kw=">3</a>`,
				"/Info.aspx?cid=1&page=3&kw=": `<a href="/show/1.html">` + kjj + `</a><a href="?cid=1&page=4&kw=">4</a>`,
			},
			links: []string{"|||" + kjj + "|/show/1.html", "|||" + jyj + "|/show/2.html"},
		},
		{
			name: "base64: pager in disguise", platform: "base64", path: "/nb/",
			site: replica{
				"/nb/":        item("/show/1.html", kjj, "") + `<div id="pages"></div><script>document.write(atob("` + base64.StdEncoding.EncodeToString([]byte(url.PathEscape(`<a href="/nb/p2.html">下一页</a>`))) + `"))</script>`,
				"/nb/p2.html": item("/show/2.html", jyj, ""),
			},
			links: []string{"|||" + kjj + "|/show/1.html", "|||" + jyj + "|/show/2.html"},
		},
		{
			name: "numbered: until there is none", platform: "numbered", path: "/zfxxgknb/1.html",
			site: replica{
				"/zfxxgknb/1.html": item("/show/1.html", kjj, ""),
				"/zfxxgknb/2.html": item("/show/2.html", jyj, ""),
			},
			links: []string{"|||" + kjj + "|/show/1.html", "|||" + jyj + "|/show/2.html"},
		},
		{
			name: "blocks", platform: "blocks", path: "/columns/" + uuid + "/index.html",
			site: replica{
				"/columns/" + uuid + "/index.html": `<div data-url="` + block + `"></div>`,
				block + "?page=1":                  item("/columns/"+uuid+"/202301/19/"+uuid+".html", kjj, "2023-01-19"),
			},
			links: []string{"|2023-01-19||" + kjj + "|/columns/" + uuid + "/202301/19/" + uuid + ".html"},
		},
		{
			name: "roster: linked, unlinked, nested", platform: "roster", path: "/gbqk.html",
			site: replica{"/gbqk.html": `<table><tr><td>序号</td><td>单位名称</td><td>年度报告</td><td>是否按时</td></tr>
				<tr><td>1</td><td>市科技局</td><td><a href="/show/1.html">查看</a></td><td>是</td></tr>
				<tr><td>2</td><td>市教育局</td><td>未公布</td><td>否</td></tr></table>`},
			links: []string{"||市科技局|市科技局|/show/1.html", "||市教育局|市教育局||unlinked"},
		},
		{
			name: "generic: next links, a dropdown of departments, a frame", platform: "generic", path: "/nb/",
			site: replica{
				"/nb/":           item("/show/1.html", kjj, "") + `<a href="/nb/p2.html">下一页</a><select onchange="location.replace(this.value)"><option value="">请选择</option><option value="/nb/jyj/">市教育局</option></select><iframe src="frame.html"></iframe>`,
				"/nb/p2.html":    item("/show/2.html", "审计局年报", ""),
				"/nb/jyj/":       item("/show/3.html", "2023年年报", ""),
				"/nb/frame.html": item("/show/4.html", sjj, ""),
			},
			links: []string{
				"|||" + kjj + "|/show/1.html", "|||审计局年报|/show/2.html",
				"||市教育局|2023年年报|/show/3.html", "|||" + sjj + "|/show/4.html",
			},
		},
		{
			name: "generic: meta refresh once", platform: "generic", path: "/old/",
			site: replica{
				"/old/": `<meta http-equiv="refresh" content="0;url=/new/">`,
				"/new/": item("/show/1.html", kjj, ""),
			},
			links: []string{"|||" + kjj + "|/show/1.html"},
		},
		{
			name: "generic: location.href", platform: "generic", path: "/old/",
			site: replica{
				"/old/": `<script>window.location.href="../new/"</script>`,
				"/new/": item("/show/1.html", kjj, ""),
			},
			links: []string{"|||" + kjj + "|/show/1.html"},
		},
		{
			name: "generic finds the system by its marks", platform: "generic", path: "/xxgk/index.html",
			site: replica{
				"/xxgk/index.html":   item("t20240129_1.html", kjj, "") + `<script>createPageHTML(2,0,"index","html")</script>`,
				"/xxgk/index_1.html": item("t20240129_2.html", jyj, ""),
			},
			links: []string{"|||" + kjj + "|/xxgk/t20240129_1.html", "|||" + jyj + "|/xxgk/t20240129_2.html"},
		},
		{
			name: "an empty list is a failure", platform: "trs", path: "/nb/",
			site: replica{"/nb/": `<p>暂无数据</p>`}, failures: []string{"empty /nb/"},
		},
		{
			name: "filelist: channel from the page, list by POST, no scheme", platform: "filelist", path: "/n810214/index.html?tab=gknb",
			site: replica{
				"/n810214/index.html?tab=gknb": `<script>var codeId = "c102384r"; var channelId = "0ac34e96afbb4be2";</script>`,
				"POST " + fileListForm("1"):    `{"code":200,"results":{"data":{"total":"21","rows":20,"results":[` + strings.Repeat(`{"title":"`+kjj+`","url":"/a/c1/content.html"},`, 19) + `{"title":"<em>` + jyj + `</em>","url":"/a/c2/content.html","publishedTimeStr":"2024-01-28 09:00:00"}]}}}`,
				"POST " + fileListForm("2"):    `{"code":200,"results":{"data":{"total":21,"rows":20,"results":[{"title":"` + sjj + `","url":"/a/c3/content.html"}]}}}`,
			},
			links: []string{
				"|||" + kjj + "|/a/c1/content.html",
				"|2024-01-28||" + jyj + "|/a/c2/content.html",
				"|||" + sjj + "|/a/c3/content.html",
			},
		},
		{
			name: "filelist without a channel", platform: "filelist", path: "/n1/",
			site: replica{"/n1/": `<p>请开启JavaScript</p>`}, failures: []string{"unrecognised /n1/"},
		},
		{
			name: "igs: pages told", platform: "igs", path: "/igs/front/search.jhtml?code=c1&pageNumber=1&pageSize=1&siteId=10",
			site: replica{
				"/igs/front/search.jhtml?code=c1&pageNumber=1&pageSize=1&siteId=10": `{"page":{"totalPages":2,"content":[{"title":"<em>` + kjj + `</em>","url":"/t1.html","docreltime":"2024-01-29 10:00:00"}]}}`,
				"/igs/front/search.jhtml?code=c1&pageNumber=2&pageSize=1&siteId=10": `{"page":{"totalPages":2,"content":[{"FileName":"` + jyj + `","DOCPUBURL":"/t2.html","PUBDATE":"2024-01-28T00:00:00"}]}}`,
			},
			links: []string{"|2024-01-29||" + kjj + "|/t1.html", "|2024-01-28||" + jyj + "|/t2.html"},
		},
		{
			name: "igs: no hits, said by the number of pages", platform: "igs", path: "/igs/front/search/list.html?index=a",
			site:     replica{"/igs/front/search/list.html?index=a&pageNumber=1": `{"page":{"totalPages":0,"content":null}}`},
			failures: []string{"empty /igs/front/search/list.html?index=a"},
		},
		{
			name: "json: JSONP, other names, numbered from 0, Unix time", platform: "json", path: "/api/list?n={page}",
			site: replica{
				"/api/list?n=0": `cb.list({"d":{"n":2,"rows":[{"t":"` + kjj + `","u":"/show/1.html","at":1706486400000}]}});`,
				"/api/list?n=1": `cb.list({"d":{"n":2,"rows":[{"t":"` + jyj + `","u":"/show/2.html","at":"2024-01-28"}]}})`,
			},
			change: func(c *crawler.Column) {
				c.Params = map[string]string{"items": "d.rows", "total": "d.n", "title": "t", "link": "u", "date": "at", "size": "1", "first": "0"}
			},
			links: []string{"|2024-01-29||" + kjj + "|/show/1.html", "|2024-01-28||" + jyj + "|/show/2.html"},
		},
		{
			name: "json: the whole list in one answer", platform: "json", path: "/data/nb.json",
			site:   replica{"/data/nb.json": `[{"title":"` + kjj + `","url":"/show/1.html","date":"2024-01-29"}]`},
			change: func(c *crawler.Column) { c.Params = map[string]string{"items": "."} },
			links:  []string{"|2024-01-29||" + kjj + "|/show/1.html"},
		},
		{
			name: "json: no total, a short page is the last", platform: "json", path: "/api?p={page}",
			site: replica{
				"/api?p=1": `{"data":[{"title":"` + kjj + `","url":"/show/1.html"},{"title":"` + jyj + `","url":"/show/2.html"}]}`,
				"/api?p=2": `{"data":[{"title":"` + sjj + `","url":"/show/3.html"}]}`,
			},
			change: func(c *crawler.Column) { c.Params = map[string]string{"size": "2"} },
			links:  []string{"|||" + kjj + "|/show/1.html", "|||" + jyj + "|/show/2.html", "|||" + sjj + "|/show/3.html"},
		},
		{
			name: "json: an answer without its list", platform: "json", path: "/api?p={page}",
			site: replica{"/api?p=1": `{"code":500}`}, failures: []string{"unrecognised /api?p=1"},
		},
		{
			name: "json: an entry without an address", platform: "json", path: "/api?p={page}",
			site: replica{"/api?p=1": `{"data":[{"title":"` + kjj + `"}]}`}, failures: []string{"unrecognised /api?p=1"},
		},
		{
			name: "was: HTML pages, the last one comes again", platform: "was", path: "/was5/web/search?channelid=77&page=1&perpage=1",
			site: replica{
				"/was5/web/search?channelid=77&page=1&perpage=1": item("/c/t20240129_1.html", kjj, "2024-01-29"),
				"/was5/web/search?channelid=77&page=2&perpage=1": item("/c/t20240128_2.html", jyj, "2024-01-28"),
				"/was5/web/search?channelid=77&page=3&perpage=1": item("/c/t20240128_2.html", jyj, "2024-01-28"),
			},
			links: []string{"|2024-01-29||" + kjj + "|/c/t20240129_1.html", "|2024-01-28||" + jyj + "|/c/t20240128_2.html"},
		},
		{
			name: "was: no list", platform: "was", path: "/was5/web/search?channelid=78",
			site: replica{"/was5/web/search?channelid=78": `<p>系统繁忙</p>`}, failures: []string{"unrecognised /was5/web/search?channelid=78"},
		},
		{
			name: "empire: dated folders, the count agrees", platform: "empire", path: "/nb/",
			site: replica{
				"/nb/":             `<ul>` + item("2018-07-12/7478.html", kjj, "2018-07-12") + `</ul><a title="Total record">&nbsp;<b>2</b> </a><a href="index_2.html">下一页</a>`,
				"/nb/index_2.html": `<ul>` + item("2017-01-02/71.html", jyj, "2017-01-02") + `</ul>`,
			},
			links: []string{"|2018-07-12||" + kjj + "|/nb/2018-07-12/7478.html", "|2017-01-02||" + jyj + "|/nb/2017-01-02/71.html"},
		},
		{
			name: "nfcms: numbered pages", platform: "nfcms", path: "/nb/index.html",
			site: replica{
				"/nb/index.html":   item("content/post_1.html", kjj, "") + `<a href="index_2.html">2</a>`,
				"/nb/index_2.html": item("content/post_2.html", jyj, ""),
			},
			links: []string{"|||" + kjj + "|/nb/content/post_1.html", "|||" + jyj + "|/nb/content/post_2.html"},
		},
		{
			name: "a page that is no list is a failure", platform: "trs", path: "/nb/",
			site: replica{"/nb/": `<p>网站维护中</p>`}, failures: []string{"unrecognised /nb/"},
		},
		{
			name: "gkmlpt without a category", platform: "gkmlpt", path: "/gkmlpt/index",
			site: replica{"/gkmlpt/index": `SID: '755031'`}, failures: []string{"unrecognised /gkmlpt/index"},
		},
		{
			name: "jpaas that answers no", platform: "jpaas", path: "/c/",
			site: replica{
				"/c/": `<div queryData="{'webId':1}"></div>`,
				jpaasGateway + "?paramJson=" + url.QueryEscape(`{"pageNo":1,"pageSize":15}`) + "&webId=1": `{"success":false}`,
			},
			failures: []string{"unrecognised " + jpaasGateway + "?paramJson=" + url.QueryEscape(`{"pageNo":1,"pageSize":15}`) + "&webId=1"},
		},
		{
			name: "max_pages is not silent", platform: "numbered", path: "/nb/1.html",
			site: replica{
				"/nb/1.html": item("/show/1.html", kjj, ""), "/nb/2.html": item("/show/2.html", jyj, ""), "/nb/3.html": item("/show/3.html", sjj, ""),
			},
			change:   func(c *crawler.Column) { c.MaxPages = 2 },
			links:    []string{"|||" + kjj + "|/show/1.html", "|||" + jyj + "|/show/2.html"},
			failures: []string{"trap /nb/3.html"},
		},
		{
			name: "folders deeper than depth", platform: "generic", path: "/2023/",
			site: replica{
				"/2023/":       item("/show/1.html", kjj, "") + `<a href="bm/">市直部门</a>`,
				"/2023/bm/":    item("/show/2.html", jyj, "") + `<a href="xz/">乡镇</a>`,
				"/2023/bm/xz/": item("/show/3.html", sjj, ""),
			},
			change:   func(c *crawler.Column) { c.Depth = 1 },
			links:    []string{"|||" + kjj + "|/show/1.html", "|||" + jyj + "|/show/2.html"},
			failures: []string{"trap /2023/bm/xz/"},
		},
	}
	covered := map[string]bool{}
	for _, tt := range tests {
		covered[tt.platform] = true
		t.Run(tt.name, func(t *testing.T) {
			links, failures := crawl(t, tt.platform, tt.path, tt.site, tt.change)
			if d := cmp.Diff(tt.links, links); d != "" {
				t.Errorf("links (-want +got):\n%s", d)
			}
			if d := cmp.Diff(tt.failures, failures); d != "" {
				t.Errorf("failures (-want +got):\n%s", d)
			}
		})
	}
	for name := range Table() {
		if !covered[name] {
			t.Errorf("platform %s has no case", name)
		}
	}
}

func fileListForm(k string) string {
	return "/getFileListByCodeId channelId=0ac34e96afbb4be2&codeId=c102384r&page=" + k + "&relateSubChannels=false&size=20"
}

func jpaasSite(a, b string) replica {
	answer := func(html string) string {
		return `{"success":true,"data":{"html":"` + strings.ReplaceAll(html, `"`, `\"`) + `"}}`
	}
	at := func(k int) string {
		return fmt.Sprintf("%s?pageId=7&paramJson=%s&webId=a1", jpaasGateway, url.QueryEscape(fmt.Sprintf(`{"pageNo":%d,"pageSize":15}`, k)))
	}
	pager := `<div class="pagination" rows="1" count="2"></div>`
	return replica{
		"/col/col1/index.html": `<div queryData="{'webId':'a1','pageId':7}"></div>`,
		at(1):                  answer(item("/art/2024/1/29/art_1_1.html", a, "2024-01-29") + pager),
		at(2):                  answer(item("/art/2024/1/28/art_1_2.html", b, "") + pager),
	}
}

func ucapSite(title string) replica {
	return replica{
		"/c100/common_list.shtml": `<meta name="channelid" content="ab12">`,
		"/common/search/ab12?_isAgg=true&_isJson=true&_pageSize=18&_template=index&page=1": `{"data":{"total":1,"results":[{"title":"` + title + `","url":"/c100/202401/c01_868731.shtml","publishedTimeStr":"2024-01-29 09:00:00","resList":[{"filePath":"c01_868731/files/a.pdf"}]}]}}`,
	}
}

// A calendar that always has a next month ends at max_pages, with a failure.
func TestCalendarLoop(t *testing.T) {
	site := replica{}
	for i := range 60 {
		site[fmt.Sprintf("/cal?m=%d", i)] = fmt.Sprintf(`<a href="/show/%d.html">示例市科技局2023年政府信息公开年报</a><a href="/cal?m=%d">下一页</a>`, 1000+i, i+1)
	}
	links, failures := crawl(t, "generic", "/cal?m=0", site, nil)
	if len(links) != crawler.DefaultMaxPages || !slices.Equal(failures, []string{"trap /cal?m=40"}) {
		t.Errorf("%d links, failures %v", len(links), failures)
	}
}

func TestTableHasEveryPlatform(t *testing.T) {
	var names []string
	for name := range Table() {
		names = append(names, name)
	}
	slices.Sort(names)
	if d := cmp.Diff(crawler.Platforms(), names); d != "" {
		t.Errorf("crawler.Platforms and Table differ (-want +got):\n%s", d)
	}
}

func TestDetect(t *testing.T) {
	for body, want := range map[string]string{
		`<script>createPageHTML(3,0,"index","html")</script>`: "trs",
		`<script>function createPageHTML(_n,_c){}</script>`:   "generic",
		`<datastore><recordset/>`:                             "hanweb",
		`<div queryData="{'a':1}">`:                           "jpaas",
		`{SID: '755031'}`:                                     "gkmlpt",
		`<meta name="channelid" content="1">`:                 "ucap",
		`<input name="__VIEWSTATE">`:                          "aspnet",
		``:                                                    "generic",
	} {
		if got := Detect(&crawler.Page{UTF8: []byte(body)}); got != want {
			t.Errorf("Detect(%q) = %q, want %q", body, got, want)
		}
	}
}
