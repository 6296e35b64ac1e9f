package crawler_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/platform"
)

type drop struct{}

func (drop) Put(context.Context, *gongkai.Document) error { return nil }

// BenchmarkCrawl crawls 20 sites of 100 reports each from memory: what the
// crawl itself costs, without network, archive or delay.
func BenchmarkCrawl(b *testing.B) {
	const nsites, nreports, perPage = 20, 100, 20
	var sites []*crawler.Site
	for i := range nsites {
		s, err := crawler.Parse(fmt.Sprintf("s%d.toml", i), fmt.Appendf(nil, `
name = "示例%d"
platform = "trs"
hosts = ["h%d.gov.cn"]
[[column]]
id = "nb"
url = "http://h%d.gov.cn/nb/index.html"
`, i, i, i))
		if err != nil {
			b.Fatal(err)
		}
		sites = append(sites, s)
	}
	pages := map[string][]byte{}
	for k := range nreports / perPage {
		var rows [][3]string
		for r := range perPage {
			n := k*perPage + r
			rows = append(rows, [3]string{fmt.Sprintf("./202401/t20240129_%d.shtml", n), fmt.Sprintf("示例市第%d局2023年政府信息公开工作年度报告", n), "2024-01-29"})
		}
		name := "index.html"
		if k > 0 {
			name = fmt.Sprintf("index_%d.html", k)
		}
		pages[name] = []byte(list(rows...) + fmt.Sprintf(`<script>createPageHTML(%d,%d,"index","html")</script>`, nreports/perPage, k))
	}
	report := []byte("<title>年报</title>" + strings.Repeat("<p>一、总体情况。本机关主动公开政府信息。</p><table><tr><td>0</td></tr></table>", 50))
	get := func(_ context.Context, req crawler.Request) (*crawler.Page, error) {
		body, ok := pages[req.URL[len(req.URL)-len(lastPart(req.URL)):]]
		if !ok {
			body = report
		}
		return &crawler.Page{Document: &gongkai.Document{Name: req.URL, URL: req.URL, Body: body}, UTF8: body, FinalURL: req.URL, Status: 200}, nil
	}
	for b.Loop() {
		j, err := crawler.OpenJournal(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		r, err := crawler.Crawl(b.Context(), crawler.Options{
			Sites: sites, Platforms: platform.Table(), Get: get, Sink: drop{}, Anatomist: platform.Articles{}, Journal: j,
			Now: func() time.Time { return time.Date(2024, 2, 1, 0, 0, 0, 0, crawler.Shanghai) },
		})
		if err != nil {
			b.Fatal(err)
		}
		if t := r.Total(); t.Captured[crawler.New] != nsites*nreports {
			b.Fatal(counts(&t))
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MiB-heap")
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*nsites*nreports)/b.Elapsed().Seconds(), "pages/s")
}

func lastPart(address string) string {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '/' {
			return address[i+1:]
		}
	}
	return address
}
