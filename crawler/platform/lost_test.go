package platform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/crawler"
)

// TestNothingLost: what lists of real sites do, so that links below the first
// page, of odd addresses or on another host of the site were lost in silence.
func TestNothingLost(t *testing.T) {
	kjj, jyj, sjj := report("科技局", 2023), report("教育局", 2022), report("审计局", 2021)
	for _, tt := range []struct {
		name, platform, path string
		site                 replica
		links, failures      []string
	}{
		{
			name: "a tree whose first page has no pager, the lists below have those of two systems", platform: "generic", path: "/gknb/",
			site: replica{
				"/gknb/":                                 `<a href="2023n/">2023年</a><a href="bm/">部门年报</a>`,
				"/gknb/2023n/":                           item("t20240129_1.html", kjj, "") + `<script>createPageHTML(2, 0, "index", "html")</script>`,
				"/gknb/2023n/index_1.html":               item("t20240128_2.html", jyj, ""),
				"/gknb/bm/":                              `<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2"></a>]]></nextgroup><recordset><record><![CDATA[<li><a href="/art/2022/1/28/art_7_3.html">` + sjj + `</a></li>]]></record></recordset></datastore></script>`,
				"/module/web/jpage/dataproxy.jsp?page=2": `<datastore><recordset><record><![CDATA[<li><a href="/art/2022/1/28/art_7_4.html">` + report("水利局", 2021) + `</a></li>]]></record></recordset></datastore>`,
			},
			links: []string{
				"2023|||" + kjj + "|/gknb/2023n/t20240129_1.html", "2023|||" + jyj + "|/gknb/2023n/t20240128_2.html",
				"|||" + sjj + "|/art/2022/1/28/art_7_3.html", "|||" + report("水利局", 2021) + "|/art/2022/1/28/art_7_4.html",
			},
		},
		{
			name: "siblings of entries are entries, folders and pagers among them are not", platform: "empire", path: "/nb/",
			site: replica{
				"/nb/": `<ul class="list">` + item("2024-01-29/10001.html", kjj, "2024-01-29") + item("2018-07-12/7478.html", "杨集镇政府信息年度报告", "2018-07-12") + item("view.php?art", "水利局政府信息与政务公开工作总结", "") +
					item("2022.html", jyj, "") + item("2021/", "2021年", "") + item("nb2.html", "下一页", "") + `</ul>共<b>4</b>条`,
				"/nb/2021/":    `<p>暂无数据</p>`,
				"/nb/nb2.html": `<ul></ul>`,
			},
			links: []string{
				"|2024-01-29||" + kjj + "|/nb/2024-01-29/10001.html", "|2018-07-12||杨集镇政府信息年度报告|/nb/2018-07-12/7478.html",
				"|||水利局政府信息与政务公开工作总结|/nb/view.php?art", "|||" + jyj + "|/nb/2022.html",
			},
			failures: []string{"empty /nb/2021/"},
		},
		{
			name: "nfcms: a list that says that it has more", platform: "nfcms", path: "/nb/index.html",
			site:     replica{"/nb/index.html": item("content/post_1.html", kjj, "") + item("content/post_2.html", jyj, "") + `<span>共 3 条记录</span>`},
			links:    []string{"|||" + kjj + "|/nb/content/post_1.html", "|||" + jyj + "|/nb/content/post_2.html"},
			failures: []string{"short /nb/index.html"},
		},
		{
			name: "articles with a year in their title are no folders", platform: "generic", path: "/xxgk/",
			site: replica{
				"/xxgk/": item("t20240129_1.html", kjj, "") + `<a href="zf/2018gzbg.htm">2018年政府工作报告</a><a href="zf/2018ys.htm">2018年部门预算公开</a><a href="2017/">2017年度政府信息公开年报</a>`,

				"/xxgk/2017/": item("/show/1.html", report("水利局", 2017), ""),
			},
			links: []string{"|||" + kjj + "|/xxgk/t20240129_1.html", "2017|||" + report("水利局", 2017) + "|/show/1.html"},
		},
		{
			name: "gkmlpt: no total, an entry without an address", platform: "gkmlpt", path: "/gkmlpt/index#77",
			site: replica{
				"/gkmlpt/index":                        `<script>window._CONFIG = {SID: '755031'}</script>`,
				"/gkmlpt/api/all/77?page=1&sid=755031": `{"articles":[{"title":"` + kjj + `","url":"/gkmlpt/content/2/post_1.html"},{"title":"` + jyj + `"},{"title":"` + sjj + `","url":"/gkmlpt/content/2/post_3.html"}]}`,
				"/gkmlpt/api/all/77?page=2&sid=755031": `{"articles":[]}`,
			},
			links:    []string{"|||" + kjj + "|/gkmlpt/content/2/post_1.html", "|||" + sjj + "|/gkmlpt/content/2/post_3.html"},
			failures: []string{"entry /gkmlpt/api/all/77?page=1&sid=755031"},
		},
		{
			name: "gkmlpt: the API gives fewer than the column counts", platform: "gkmlpt", path: "/gkmlpt/index#78",
			site: replica{
				"/gkmlpt/index":                        `<script>window._CONFIG = {SID: '755031'}</script>`,
				"/gkmlpt/api/all/78?page=1&sid=755031": `{"total":1,"classify":{"post_count":3},"articles":[{"title":"` + kjj + `","url":"/gkmlpt/content/2/post_1.html"}]}`,
			},
			links:    []string{"|||" + kjj + "|/gkmlpt/content/2/post_1.html"},
			failures: []string{"short /gkmlpt/index#78"},
		},
		{
			name: "gkmlpt: a category that a menu leads to", platform: "generic", path: "/gknb/",
			site: replica{
				"/gknb/":                               `<a href="/gkmlpt/index#79">部门年报</a>`,
				"/gkmlpt/index":                        `<script>window._CONFIG = {SID: '755031'}</script>`,
				"/gkmlpt/api/all/79?page=1&sid=755031": `{"total":1,"articles":[{"title":"` + kjj + `","url":"/gkmlpt/content/2/post_1.html"}]}`,
			},
			links: []string{"|||" + kjj + "|/gkmlpt/content/2/post_1.html"},
		},
		{
			name: "json: one bad entry loses no other, and fewer than the total are told", platform: "json", path: "/api?p={page}",
			site: replica{
				"/api?p=1": `{"data":[{"title":"` + kjj + `","url":"/show/1.html"},{"title":"` + jyj + `"}]}`,
			},
			links: []string{"|||" + kjj + "|/show/1.html"}, failures: []string{"entry /api?p=1"},
		},
		{
			name: "igs: fewer than the total", platform: "igs", path: "/igs/front/search.jhtml?code=a&pageNumber=1&pageSize=10",
			site: replica{
				"/igs/front/search.jhtml?code=a&pageNumber=1&pageSize=10": `{"page":{"totalPages":1,"total":3,"content":[{"title":"` + kjj + `","url":"/show/1.html"}]}}`,
			},
			links: []string{"|||" + kjj + "|/show/1.html"}, failures: []string{"short /igs/front/search.jhtml?code=a&pageNumber=1&pageSize=10"},
		},
		{
			name: "was: only POST has the list", platform: "was", path: "/was5/web/search?channelid=77&page=1",
			site: replica{
				"POST /was5/web/search channelid=77&page=1": item("/c/t20240129_1.html", kjj, ""),
				"POST /was5/web/search channelid=77&page=2": item("/c/t20240128_2.html", jyj, ""),
				"POST /was5/web/search channelid=77&page=3": item("/c/t20240128_2.html", jyj, ""),
				"/was5/web/search?channelid=77&page=1":      `<p>外壳</p>`,
			},
			links: []string{"|||" + kjj + "|/c/t20240129_1.html", "|||" + jyj + "|/c/t20240128_2.html"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			links, failures := crawl(t, tt.platform, tt.path, tt.site, nil)
			if d := cmp.Diff(tt.links, links); d != "" {
				t.Errorf("links (-want +got):\n%s", d)
			}
			if d := cmp.Diff(tt.failures, failures); d != "" {
				t.Errorf("failures (-want +got):\n%s", d)
			}
		})
	}
}

// TestOtherHostOfSite: a department's list on its own host is followed if the
// site names the host, and only then.
func TestOtherHostOfSite(t *testing.T) {
	page := func(hosts ...string) []subfolder {
		p := newPage(&crawler.Page{FinalURL: "http://www.a.example/gk/", UTF8: []byte(
			`<select><option value="http://rsj.a.example/nb/">市人社局</option></select><a href="http://jyj.a.example/nb/">部门年报</a>`,
		)}, crawler.Request{}, folder{})
		return folders(p, &crawler.Column{URL: "http://www.a.example/gk/"}, &crawler.Site{Hosts: hosts})
	}
	var got []string
	for _, f := range page("www.a.example", "rsj.a.example", "jyj.a.example") {
		got = append(got, f.address)
	}
	if d := cmp.Diff([]string{"http://jyj.a.example/nb/", "http://rsj.a.example/nb/"}, got); d != "" {
		t.Errorf("folders (-want +got):\n%s", d)
	}
	if n := len(page("www.a.example")); n != 0 {
		t.Errorf("%d folders on hosts that the site does not name", n)
	}
}

// TestPrintedTotal reads the number of entries as lists print it.
func TestPrintedTotal(t *testing.T) {
	for form, read := range map[string]bool{
		"共%d条": true, "共 <b>%d</b> 条记录": true, "共有<span class=\"n\">%d</span>篇": true, "总记录数：%d": true, "共计%d项": true,
		`<a title="Total record">&nbsp;<b>%d</b> </a>`: true,
		"共%d页": false, "共%d人次": false, "共99条，共%d条": false, "公共%d条": true,
	} {
		for _, n := range []int{3, 47, 1203} {
			want := 0
			if read {
				want = n
			}
			if got := printedTotal(&page{body: fmt.Appendf(nil, strings.ReplaceAll(form, "%", "%"), n)}); got != want {
				t.Errorf("%q with %d: %d, want %d", form, n, got, want)
			}
		}
	}
}
