package platform

import (
	"context"
	"net/url"
	"testing"

	"gongkai"
	"gongkai/crawler"
)

// FuzzSystems feeds the same hostile page to every request of every system:
// each must come to an end, with links that can be fetched, and never in silence.
func FuzzSystems(f *testing.F) {
	for _, seed := range []string{
		`<a href="t20240129_1.html">示例市科技局2023年政府信息公开年报</a><script>createPageHTML(9,0,"index","html")</script>`,
		`<datastore><nextgroup><![CDATA[<a href="?page=2">]]></nextgroup><recordset><record><![CDATA[<tr><td><a href=/art/2024/1/1/art_1_1.html>年报</a>]]></record></recordset></datastore>`,
		`{"success":true,"data":{"html":"<a href='/show/1.html'>年报</a><div class=pagination rows=0 count=999999></div>","total":9,"results":[{"title":"x","url":"//h/1"}]},"total":999999,"articles":[{"title":"年报","url":"/post_1.html"}]}`,
		`<div querydata="{'a':'b'}">SID: '123456' <meta name=channelid content=1> <a href="javascript:__doPostBack('a','2')">`,
		`<table><tr><td>单位<td>年报<tr><td>市局<td>否</table><select><option value="/a/">x</select><iframe src="b/"></iframe>`,
		`atob("PGEgaHJlZj0iL2EiPuS4i+S4gOmhtTwvYT4=")`,
	} {
		for which := range len(crawler.Platforms()) {
			f.Add(seed, uint8(which))
		}
	}
	names := crawler.Platforms()
	f.Fuzz(func(t *testing.T, body string, which uint8) {
		name := names[int(which)%len(names)]
		p := Table()[name]
		asked := 0
		get := func(_ context.Context, req crawler.Request) (*crawler.Page, error) {
			if asked++; asked > 8 {
				return nil, crawler.Fail(crawler.FailBudget, req.URL, "budget")
			}
			return &crawler.Page{Document: &gongkai.Document{Body: []byte(body)}, UTF8: []byte(body), FinalURL: req.URL}, nil
		}
		c := &crawler.Column{ID: "nb", URL: "http://a.gov.cn/nb/1.html#7", MaxPages: 5, Depth: 2}
		found, failed := 0, 0
		for l, err := range p.Links(t.Context(), &crawler.Site{Platform: name, Hosts: []string{"a.gov.cn"}}, c, get) {
			if err != nil {
				failed++
				continue
			}
			found++
			if u, err := url.Parse(l.URL); l.Entry != crawler.EntryUnlinked && (err != nil || u.Host == "") {
				t.Errorf("%s: link %q", name, l.URL)
			}
		}
		if found == 0 && failed == 0 {
			t.Errorf("%s: nothing found and nothing said", name)
		}
		page := &crawler.Page{UTF8: []byte(body), FinalURL: "http://a.gov.cn/t20240101_1.html"}
		for _, l := range (Articles{}).Dissect(page).Files {
			if _, err := url.Parse(l.URL); err != nil {
				t.Error(err)
			}
		}
	})
}
