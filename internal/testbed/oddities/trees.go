package oddities

import "strings"

// trees are lists in folders and behind interfaces.
func trees() []Case {
	return []Case{
		{
			Number: 3, Name: "TRS: years with odd suffixes, one of them missing, then departments and streets", Platform: "trs", Column: "/nb/",
			Pages: Pages{
				"/nb/":             send(`<ul><li><a href="2023n/">2023年</a></li><li><a href="nb2022_43/">2022年度</a></li><li><a href="2021n/">2021年</a></li></ul>`),
				"/nb/2023n/":       send(`<a href="bm/">市直部门</a><a href="jd/">乡镇街道</a>`),
				"/nb/2023n/bm/":    list("", 1, 2),
				"/nb/2023n/jd/":    list("", 3),
				"/nb/nb2022_43/":   send(`<ul><li><a href="/show/4.html">示例市司法局年报</a></li></ul>`),
				"/nb/2023n/other/": list("", 5),
			}.with(4),
			Want: captured(4, "problem:gone /nb/2021n/"), Notes: []string{"alert:column nb"},
			Filed: map[string]string{"/show/1.html": "- 2023 " + title(1), "/show/4.html": "- 2022 示例市司法局年报"},
		},
		{
			Number: 4, Name: "jpage: the next group by GET, rows without a table", Platform: "hanweb", Column: "/col/col77/index.html",
			Pages: Pages{
				"/col/col77/index.html": send(`<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="` + strings.ReplaceAll(jpageNext, "&", "&amp;") +
					`"></a>]]></nextgroup><recordset><record><![CDATA[` + row(1) + `]]></record></recordset></datastore></script>`),
				jpageNext: send(`<datastore><recordset><record><![CDATA[<tr><td><a href="/show/2.html">` + title(2) + `</a></td><td>2024-01-28</td></tr>]]></record></recordset></datastore>`),
			}.with(2),
			Want: captured(2),
		},
		{
			Number: 6, Name: "gkmlpt: the category in the fragment, Unix times, HTTP only", Platform: "gkmlpt", Column: "/gkmlpt/index#2811",
			Pages: Pages{
				"/gkmlpt/index": send(`<script>window._CONFIG = {SID: '755031'}</script>`),
				"/gkmlpt/api/all/2811?page=1&sid=755031": send(`{"total":2,"articles":[{"id":1,"title":"` + title(1) + `","publisher":"示例市财政局","url":"http://` + Host +
					`/show/1.html","display_publish_time":1706486400},{"id":2,"title":"` + title(2) + `","post_url":"/show/2.html","create_time":"2024-01-28 10:00:00"}]}`),
			}.with(2),
			Want: captured(2),
		},
		{
			Number: 7, Name: "ucap: JSON, addresses without a scheme, files beside an entry", Platform: "ucap", Column: "/c100/index.shtml",
			Pages: Pages{
				"/c100/index.shtml": send(`<html><head><meta name="channelid" content="0a1b"></head><body></body></html>`),
				"/common/search/0a1b?_isAgg=true&_isJson=true&_pageSize=18&_template=index&page=1": send(`{"data":{"total":2,"results":[{"title":"<em>` + title(1) +
					`</em>","url":"//` + Host + `/show/1.html","publishedTimeStr":"2024-01-29 10:00:00","resList":[{"filePath":"/files/a.pdf"}]},{"title":"` + title(2) + `","url":"/show/2.html"}]}}`),
				"/files/a.pdf": status(200, pdf, "Content-Type", "application/pdf"),
			}.with(2),
			Want: captured(2, "new /files/a.pdf"), Filed: map[string]string{"/show/1.html": "- 2023 " + title(1), "/files/a.pdf": "- 2023 " + title(1)},
		},
		{
			Number: 8, Name: "VSB: the numbers of the pages fall", Platform: "vsb", Column: "/nb.htm",
			Pages: Pages{
				"/nb.htm":   list(`<a href="nb/2.htm">下页</a><a href="nb/1.htm">尾页</a>`, 1),
				"/nb/2.htm": list(`<a href="../nb.htm">上页</a><a href="1.htm">下页</a>`, 2),
				"/nb/1.htm": list("", 3),
			}.with(3),
			Want: captured(3),
		},
		{
			Number: 8, Name: "VSB: a file behind a captcha", Platform: "generic", Column: "/nb/",
			Pages: Pages{
				"/nb/":         list("", 1),
				"/show/1.html": send(page(1, `<a href="`+strings.ReplaceAll(vsbFile, "&", "&amp;")+`">附件【年报.pdf】</a>`)),
				vsbFile:        send(`<html><head><title>附件下载</title></head><body><form action="/system/_content/download.jsp">请输入验证码<input name="codeValue"><input type="submit" value="提交"></form></body></html>`),
			},
			Want: captured(1, "problem:captcha "+vsbFile), Notes: []string{"alert:blocked"},
		},
	}
}

const jpageNext = "/module/web/jpage/dataproxy.jsp?page=1&webid=73&columnid=77&unitid=764752"

const vsbFile = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=2"
