package platform

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai"
	"gongkai/crawler"
)

const at = "http://www.example.gov.cn/nb/202401/t20240129_1.html"

func TestFiles(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("年报")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, html string
		want       []string // title|address
	}{
		{"beside the page", `<a href="./P020240129543085768960.pdf">年报.pdf</a>`, []string{"年报.pdf|/nb/202401/P020240129543085768960.pdf"}},
		{"jcms download", `<a href="/module/download/downfile.jsp?classid=0&amp;showname=a.pdf&amp;filename=0f.pdf">附件</a>`, []string{"附件|/module/download/downfile.jsp?classid=0&showname=a.pdf&filename=0f.pdf"}},
		{"vsb download", `<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=2">附件【年报.docx】</a>`, []string{"附件【年报.docx】|/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=2"}},
		{"vsb frame", `<script>showVsbpdfIframe("/__local/A/B/x.pdf","100%","600")</script>`, []string{"x.pdf|/__local/A/B/x.pdf"}},
		{"onclick", `<a href="javascript:void(0)" onclick="down3('AB12.PDF')">下载</a>`, []string{"下载|/nb/202401/AB12.PDF"}},
		{"viewer", `<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2F%E5%B9%B4.pdf"></iframe>`, []string{"年.pdf|/files/%E5%B9%B4.pdf"}},
		{"embed, object and param", `<embed src="a.pdf"><object data="b.pdf"></object><object><param name="src" value="c.pdf"></object>`, []string{"a.pdf|/nb/202401/a.pdf", "b.pdf|/nb/202401/b.pdf", "c.pdf|/nb/202401/c.pdf"}},
		{"window.open", `<span onclick="window.open('../d.docx')">附件</span>`, []string{"附件|/nb/d.docx"}},
		{"raw UTF-8 and spaces", `<a href="/f/年度 报告.wps">年报</a>`, []string{"年报|/f/%E5%B9%B4%E5%BA%A6%20%E6%8A%A5%E5%91%8A.wps"}},
		{"raw GBK bytes", `<a href="/f/` + gbk + `.pdf">x</a>`, []string{"x|/f/%C4%EA%B1%A8.pdf"}},
		{"file by the text of its link", `<a href="/download?id=7">年报.pdf</a><a href="/go?id=8">附件【年报.DOCX】</a><a href="/go?id=9">年报.pdf的说明</a>`, []string{"年报.pdf|/download?id=7", "附件【年报.DOCX】|/go?id=8"}},
		{"twins", `<a href="a.pdf">年报（图片版）.pdf</a><a href="b.pdf">年报（超链版）.pdf</a><a href="a.pdf">again</a>`, []string{"年报（图片版）.pdf|/nb/202401/a.pdf", "年报（超链版）.pdf|/nb/202401/b.pdf"}},
		{"not the footer's", `<div class="footer"><a href="/help.pdf">帮助</a></div><a href="mailto:x@y">x</a><a href="/a.html">y</a>`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, l := range (Articles{}).Dissect(&crawler.Page{UTF8: []byte(tt.html), FinalURL: at}).Files {
				got = append(got, l.Title+"|"+l.URL[len("http://www.example.gov.cn"):])
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("files (-want +got):\n%s", d)
			}
		})
	}
}

func TestParts(t *testing.T) {
	const base = "http://www.example.gov.cn/nb/202401/t20240129_1"
	page := func(call string) *crawler.Page {
		return &crawler.Page{UTF8: []byte("<script>" + call + "</script>"), FinalURL: at}
	}
	got := (Articles{}).Dissect(page(`createPageHTML(3, 0, "t20240129_1", "html");`)).Parts
	if d := cmp.Diff([]string{base + "_1.html", base + "_2.html"}, got); d != "" {
		t.Errorf("parts (-want +got):\n%s", d)
	}
	for _, none := range []string{`createPageHTML(1, 0, "t20240129_1", "html");`, `createPageHTML(9, 0, "index", "html");`, ``} {
		if got := (Articles{}).Dissect(page(none)).Parts; got != nil {
			t.Errorf("parts of %q: %v", none, got)
		}
	}
}

func TestFragments(t *testing.T) {
	const load = `<script>$("#zoom").load("/fragment/1.html"); $('.x').load('/fragment/1.html'); $(".y").load("http://www.other.example/")</script>`
	for html, want := range map[string][]string{
		load: {"http://www.example.gov.cn/fragment/1.html"},
		"<table><tr><td>1</td></tr></table>" + load:     nil,
		`<script>$(window).load(function(){})</script>`: nil,
	} {
		got := (Articles{}).Dissect(&crawler.Page{UTF8: []byte(html), FinalURL: at}).Parts
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("parts of %q (-want +got):\n%s", html, d)
		}
	}
}

// TestQueryInGBK: a page in GBK sends its query in GBK and its path in UTF-8.
func TestQueryInGBK(t *testing.T) {
	const html = `<p>政府信息公开</p><a href="/年/down.jsp?name=年报.pdf&amp;x=%20">附件</a>`
	raw, err := simplifiedchinese.GBK.NewEncoder().String(html)
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]string{raw: "%C4%EA%B1%A8", html: "年报"} {
		p := &crawler.Page{Document: &gongkai.Document{Body: []byte(body)}, UTF8: []byte(html), FinalURL: at}
		files := (Articles{}).Dissect(p).Files
		if len(files) != 1 || files[0].URL != "http://www.example.gov.cn/%E5%B9%B4/down.jsp?name="+want+".pdf&x=%20" {
			t.Errorf("files of %q: %v", body, files)
		}
	}
}

func TestMoved(t *testing.T) {
	for html, want := range map[string]string{
		`<meta http-equiv="Refresh" content="0; URL='../x.html'">`:                      "http://www.example.gov.cn/nb/x.html",
		`<script>location.replace("/y.html")</script>`:                                  "http://www.example.gov.cn/y.html",
		`<p>正文</p><ul><li>1</li></ul><script>function f(){location.href="/z"}</script>`: "",
		`<frameset><frame src="/f.html"></frameset>`:                                    "http://www.example.gov.cn/f.html",
		`<frameset><frame src="/a.html"><frame src="/b.html"></frameset>`:               "",
		`<meta http-equiv="refresh" content="300">`:                                     "",
		`<meta http-equiv="refresh" content="0;url=javascript:alert(1)">`:               "",
	} {
		if got := (Articles{}).Dissect(&crawler.Page{UTF8: []byte(html), FinalURL: at}).Moved; got != want {
			t.Errorf("Moved(%q) = %q, want %q", html, got, want)
		}
	}
}

func TestOwnTitle(t *testing.T) {
	for html, want := range map[string]string{
		`<head><title>示例市科技局2023年政府信息公开年报_示例市人民政府</title></head>`: "示例市科技局2023年政府信息公开年报",
		`<title>示例市科技局2023年政府信息公开年报 - 政府信息公开年报</title>`:           "示例市科技局2023年政府信息公开年报",
		`<title>示例市-科技局2023年政府信息公开年报</title>`:                     "示例市-科技局2023年政府信息公开年报",
		`<meta name="articletitle" content="甲"><title>乙</title>`:  "甲",
		`<p>年报</p>`: "",
	} {
		if got := (Articles{}).Dissect(&crawler.Page{UTF8: []byte(html), FinalURL: at}).Title; got != want {
			t.Errorf("title of %q is %q, want %q", html, got, want)
		}
	}
}
