package crawler_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/platform"

	"github.com/google/go-cmp/cmp"
)

// rosterSite is a site with a roster of four units, two of them its agencies.
func rosterSite(t *testing.T, more string) *crawler.Site {
	t.Helper()
	return example(t, `
[[lookup]]
title = "示例市供水公司"
agency = ""
why = "a company"
[[column]]
id = "roster"
url = "`+home+`/gbqk/"
platform = "roster"
`+more)
}

// read reads the roster as captured on a day and says what it obliges.
func read(t *testing.T, s *crawler.Site, captured string, pages map[string]string) (lines []string, r crawler.Roster) {
	t.Helper()
	at, err := time.ParseInLocation(time.DateOnly, captured, crawler.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	get := func(_ context.Context, req crawler.Request) (*crawler.Page, error) {
		body, ok := pages[strings.TrimPrefix(req.URL, home)]
		if !ok {
			return nil, crawler.Fail(crawler.FailGone, req.URL, "not there")
		}
		return &crawler.Page{Document: &gongkai.Document{Body: []byte(body), Fetched: at}, UTF8: []byte(body), FinalURL: req.URL}, nil
	}
	r = crawler.ReadRoster(t.Context(), platform.Table()["roster"], s, s.Column("roster"), get)
	for _, o := range r.Obligations {
		lines = append(lines, fmt.Sprintf("%s %d %s %s %s %s", o.Agency, o.Year, o.Said, o.Basis, o.Government, strings.TrimPrefix(o.Source, home)))
	}
	for _, p := range r.Problems {
		lines = append(lines, "problem "+p.Code+" "+p.Unit)
	}
	return lines, r
}

// table is a roster page with the given rows.
func table(rows ...string) string {
	return `<table><tr><td>序号</td><td>单位名称</td><td>年度报告</td><td>是否按时</td></tr><tr>` + strings.Join(rows, "</tr><tr>") + `</tr></table>`
}

func row(unit, link, inTime string) string {
	return `<td>1</td><td>` + unit + `</td><td>` + link + `</td><td>` + inTime + `</td>`
}

const look = `<a href="/show/%d.html">%s</a>`

// TestReadRoster: who had to publish, and what the roster says of the report.
func TestReadRoster(t *testing.T) {
	page := table(
		row("示例市科技局", fmt.Sprintf(look, 1, "查看"), "是"),
		row("示例市教育局", "未公布", "否"),
		row("示例市气象局", fmt.Sprintf(look, 2, "查看"), "未按时公布"), // late, and out
		row("示例市气象局", fmt.Sprintf(look, 3, "PDF"), ""),     // the same in another form
		row("示例市地震局", "", ""),                              // says nothing
		row("示例市档案局", fmt.Sprintf(look, 4, "查看"), "未公布"),   // says both
		row("示例市供水公司", "未公布", "否"),                         // none of ours, says the site file
		row("市信访局", fmt.Sprintf(look, 5, "查看"), "是"),       // of which place?
		row("示例市审计局", fmt.Sprintf(look, 6, "示例市审计局2022年政府信息公开工作年度报告"), "是"),
	)
	got, _ := read(t, rosterSite(t, "year = 2023\n"), "2024-02-20", map[string]string{"/gbqk/": page})
	want := []string{
		"jyj 2023 missing page  /gbqk/",
		"kjj 2023 published page  /gbqk/",
		"name:示例市地震局 2023  page  /gbqk/",
		"name:示例市档案局 2023  page  /gbqk/",
		"name:示例市气象局 2023 published page  /gbqk/",
		"problem name 市信访局",
		"problem year 示例市审计局",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("obliged (-want +got):\n%s", d)
	}
}

// TestRosterYears: a line obliges for a year that is certain, or not at all.
func TestRosterYears(t *testing.T) {
	report := func(unit string, year int) string {
		return row(unit, fmt.Sprintf(look, year, fmt.Sprintf("%s%d年政府信息公开工作年度报告", unit, year)), "是")
	}
	plain := row("示例市科技局", fmt.Sprintf(look, 1, "查看"), "是")
	for _, c := range []struct {
		name, more, captured string
		pages                map[string]string
		want                 []string
	}{
		{
			"the titles agree", "", "2024-02-20",
			map[string]string{"/gbqk/": table(report("示例市教育局", 2023), plain)},
			[]string{"jyj 2023 published page  /gbqk/", "kjj 2023 published page  /gbqk/"},
		},
		{
			"the titles differ", "", "2024-02-20",
			map[string]string{"/gbqk/": table(report("示例市教育局", 2023), report("示例市科技局", 2022))},
			[]string{"problem year 示例市教育局", "problem year 示例市科技局"},
		},
		{
			"nothing names a year", "", "2024-02-20",
			map[string]string{"/gbqk/": table(plain)},
			[]string{"problem year 示例市科技局"},
		},
		{
			"the year was not over", "year = 2024\n", "2024-02-20",
			map[string]string{"/gbqk/": table(plain)},
			[]string{"problem year 示例市科技局"},
		},
		{
			"a folder that is named after the year of publication", "", "2024-02-20",
			map[string]string{"/gbqk/": `<a href="/gbqk/2024/">2024年</a>`, "/gbqk/2024/": table(report("示例市教育局", 2023))},
			[]string{"problem year 示例市教育局"},
		},
		{
			"a folder alone", "", "2024-02-20",
			map[string]string{"/gbqk/": `<a href="/gbqk/2023/">2023年</a>`, "/gbqk/2023/": table(plain)},
			[]string{"problem year 示例市科技局"},
		},
	} {
		got, r := read(t, rosterSite(t, c.more), c.captured, c.pages)
		if d := cmp.Diff(c.want, got); d != "" || r.Failed != nil {
			t.Errorf("%s: %v (-want +got):\n%s", c.name, r.Failed, d)
		}
	}
}
