package crawler_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/crawler"
)

func TestFirstNight(t *testing.T) {
	w := newWorld(t)
	w.standard()
	s := w.crawl(example(t, "")).Sites[0]
	if got, want := counts(s), "expected=9 new=5 problem:gone=1 skip:not_a_report=1 skip:notice=1 skip:website=1"; got != want {
		t.Errorf("counts %s, want %s", got, want)
	}
	if d := cmp.Diff([]string{crawler.NoticeUnmatched}, codes(s.Notices)); d != "" {
		t.Errorf("notices (-want +got):\n%s", d)
	}
	if got, want := w.kept[home+"/show/1.html"], "kjj|2023|2024-01-20|示例市科技局2023年政府信息公开工作年度报告|"; !strings.HasPrefix(got, want) {
		t.Errorf("document 1 is %q, want %q…", got, want)
	}
	if got, want := w.kept[home+"/show/a.pdf"], "kjj|2023|2024-01-20|年报.pdf|%PDF a"; got != want {
		t.Errorf("attachment is %q, want %q", got, want)
	}
	if got, want := w.kept[home+"/show/4.html"], "szf|2022|"; !strings.HasPrefix(got, want) {
		t.Errorf("document 4 is %q, want %q…", got, want)
	}
	if got := w.kept[home+"/show/5.html"]; !strings.HasPrefix(got, "|2023|") {
		t.Errorf("the unmatched document is %q", got)
	}
	var missing, late []string
	for _, g := range s.Missing {
		missing = append(missing, fmt.Sprint(g.Agency, g.Year))
	}
	for _, g := range s.Late {
		late = append(late, fmt.Sprint(g.Agency, g.Year, g.Published))
	}
	if d := cmp.Diff([]string{"jyj2022", "kjj2022"}, missing); d != "" {
		t.Errorf("missing (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"jyj20232024-02-01"}, late); d != "" {
		t.Errorf("late (-want +got):\n%s", d)
	}
}

func TestSecondNightDownloadsNothing(t *testing.T) {
	w := newWorld(t)
	w.standard()
	w.crawl(example(t, ""))
	before := maps.Clone(w.kept)
	w.nights(1)
	delete(w.pages, home+"/show/7.html") // failed yesterday, not due again before tomorrow at midnight
	s := w.crawl(example(t, "")).Sites[0]
	if got := w.documents(); !slices.Equal(got, []string{"7.html"}) {
		t.Errorf("requested %v", got)
	}
	if got, want := counts(s), "expected=9 known=5 problem:gone=1 skip:not_a_report=1 skip:notice=1 skip:website=1"; got != want {
		t.Errorf("counts %s, want %s", got, want)
	}
	if d := cmp.Diff(before, w.kept); d != "" {
		t.Errorf("documents changed:\n%s", d)
	}
	if r := w.crawl(example(t, "")); len(r.Sites) != 0 || len(w.log) != 0 {
		t.Errorf("the same night again: %d sites, %v", len(r.Sites), w.log)
	}
}

func TestOffSeasonWeekly(t *testing.T) {
	w := newWorld(t)
	w.standard()
	w.now = time.Date(2024, 7, 1, 2, 0, 0, 0, crawler.Shanghai)
	w.crawl(example(t, ""))
	for night := 1; night < 7; night++ {
		w.nights(1)
		if r := w.crawl(example(t, "")); len(r.NotDue) != 1 {
			t.Fatalf("visited after %d days", night)
		}
	}
	w.nights(1)
	w.now = w.now.Add(-time.Hour) // a run that starts earlier than last week's
	if r := w.crawl(example(t, "")); len(r.Sites) != 1 {
		t.Error("not visited after 7 days")
	}
}

func TestMonthlyRecheckFindsCorrections(t *testing.T) {
	w := newWorld(t)
	w.standard()
	w.crawl(example(t, ""))
	w.nights(30)
	w.pages[home+"/show/2.html"] = "<p>二（更正）</p>"
	delete(w.pages, home+"/show/4.html") // withdrawn
	s := w.crawl(example(t, "")).Sites[0]
	if got, want := counts(s), "expected=9 revised=1 unchanged=3 problem:gone=2 skip:not_a_report=1 skip:notice=1 skip:website=1"; got != want {
		t.Errorf("counts %s, want %s", got, want)
	}
	if !strings.Contains(w.kept[home+"/show/2.html"], "更正") || w.kept[home+"/show/4.html"] == "" {
		t.Error("the correction is not kept, or the withdrawn report is lost")
	}
}

func TestSecondAddressAndUnlisted(t *testing.T) {
	w := newWorld(t)
	w.standard()
	w.crawl(example(t, ""))
	w.nights(1)
	w.pages[home+"/nb/"] = strings.Replace(w.pages[home+"/nb/"], "/show/2.html", "/show/22.html", 1)
	w.pages[home+"/show/22.html"] = "<p>二</p>"
	s := w.crawl(example(t, "")).Sites[0]
	if d := cmp.Diff([]string{crawler.NoticeUnlisted, crawler.NoticeUnmatched, crawler.NoticeVersion}, codes(s.Notices)); d != "" {
		t.Errorf("notices (-want +got):\n%s", d)
	}
}

func TestYearConflicts(t *testing.T) {
	w := newWorld(t)
	w.pages[home+"/nb/"] = `<a href="/nb/2023/">2023年</a>`
	w.pages[home+"/nb/2023/"] = list(
		[3]string{"/show/1.html", "示例市科技局2022年政府信息公开工作年度报告", ""},
		[3]string{"/show/2.html", "示例市教育局政府信息公开工作年度报告", ""},
		[3]string{"/show/3.html", "示例市2022年2023年政府信息公开工作年度报告", ""},
	)
	for i := range 3 {
		w.pages[fmt.Sprintf("%s/show/%d.html", home, i+1)] = fmt.Sprint(i)
	}
	s := w.crawl(example(t, "")).Sites[0]
	if d := cmp.Diff([]string{crawler.NoticeYear, crawler.NoticeYears}, codes(s.Notices)); d != "" {
		t.Errorf("notices (-want +got):\n%s", d)
	}
	for page, want := range map[string]string{"1": "kjj|2022|", "2": "jyj|2023|", "3": "szf|2023|"} {
		if got := w.kept[home+"/show/"+page+".html"]; !strings.HasPrefix(got, want) {
			t.Errorf("document %s is %q, want %q…", page, got, want)
		}
	}
}

func TestRedesignIsNoticed(t *testing.T) {
	w := newWorld(t)
	w.standard()
	w.crawl(example(t, "[assertions]\nmin_items = 6\nmin_reports = 1\n"))
	full := w.pages[home+"/nb/"]
	w.nights(1)
	w.pages[home+"/nb/"] = list([3]string{"/show/1.html", "示例市科技局2023年政府信息公开工作年度报告", ""})
	s := w.crawl(example(t, "[assertions]\nmin_items = 6\nmin_reports = 1\n")).Sites[0]
	if d := cmp.Diff([]string{crawler.AlertDrop, crawler.AlertMinItems}, codes(s.Alerts)); d != "" {
		t.Errorf("7 → 1: alerts (-want +got):\n%s", d)
	}
	w.nights(1)
	w.pages[home+"/nb/"] = `<div class="new">栏目升级</div>`
	s = w.crawl(example(t, "")).Sites[0]
	if d := cmp.Diff([]string{crawler.AlertColumn}, codes(s.Alerts)); d != "" || s.Problems[crawler.FailUnrecognised] != 1 {
		t.Errorf("7 → 0: %s, alerts (-want +got):\n%s", counts(s), d)
	}
	w.nights(1)
	w.pages[home+"/nb/"] = full
	if s = w.crawl(example(t, "")).Sites[0]; len(s.Alerts) != 0 || s.Captured[crawler.Known] != 5 {
		t.Errorf("mended: %s, alerts %v", counts(s), s.Alerts)
	}
}

func TestMinReports(t *testing.T) {
	w := newWorld(t)
	w.standard()
	s := w.crawl(example(t, "[assertions]\nmin_reports = 3\n")).Sites[0]
	if d := cmp.Diff([]string{crawler.AlertMinReports}, codes(s.Alerts)); d != "" {
		t.Errorf("alerts (-want +got):\n%s", d)
	}
}

func TestEmptyMayBeAllowed(t *testing.T) {
	w := newWorld(t)
	w.pages[home+"/nb/"] = "<p>暂无数据</p>"
	s := w.crawl(example(t, `empty_ok_until = "2024-02-10"`)).Sites[0]
	if got, want := counts(s), "expected=1 skip:empty_ok=1"; got != want || len(s.Alerts) != 0 {
		t.Errorf("counts %s, alerts %v", got, s.Alerts)
	}
	w.nights(10)
	s = w.crawl(example(t, `empty_ok_until = "2024-02-10"`)).Sites[0]
	if got, want := counts(s), "expected=1 problem:empty=1"; got != want || len(s.Alerts) != 1 {
		t.Errorf("after the date: counts %s, alerts %v", got, s.Alerts)
	}
}

func TestDeadHostBacksOff(t *testing.T) {
	w := newWorld(t)
	w.standard()
	for u := range w.pages {
		if strings.Contains(u, "/show/") {
			w.pages[u] = "!network"
		}
	}
	w.pages[home+"/show/7.html"] = "!network"
	s := w.crawl(example(t, "")).Sites[0]
	if got, want := counts(s), "expected=7 problem:network=3 skip:host_down=2 skip:notice=1 skip:website=1"; got != want {
		t.Errorf("counts %s, want %s", got, want)
	}
	w.pages[home+"/nb/"] = "!network"
	visits := 0
	for range 64 {
		w.nights(1)
		if r := w.crawl(example(t, "")); len(r.Sites) == 1 {
			visits++
		}
	}
	if visits != 7 { // after 1, 1, 2, 4, 8, 16 and 30 days
		t.Errorf("a dead host was visited %d times in 64 nights", visits)
	}
}

func TestBlockedIsNotRetriedNightly(t *testing.T) {
	w := newWorld(t)
	w.standard()
	w.pages[home+"/show/2.html"] = "!blocked"
	s := w.crawl(example(t, "")).Sites[0]
	if s.Problems[crawler.FailBlocked] != 1 || !slices.Contains(codes(s.Alerts), crawler.AlertBlocked) {
		t.Errorf("%s, alerts %v", counts(s), s.Alerts)
	}
	for night := 1; night <= 7; night++ {
		w.nights(1)
		w.crawl(example(t, ""))
		if asked := slices.Contains(w.documents(), "2.html"); asked != (night == 7) {
			t.Errorf("night %d: asked %v", night, asked)
		}
	}
}

func TestBudgetCarriesOver(t *testing.T) {
	w := newWorld(t)
	w.standard()
	s := w.crawl(example(t, "budget = 3")).Sites[0]
	if got, want := counts(s), "expected=9 new=2 skip:budget=4 skip:not_a_report=1 skip:notice=1 skip:website=1"; got != want {
		t.Errorf("counts %s, want %s", got, want)
	}
	w.nights(1)
	s = w.crawl(example(t, "budget = 30")).Sites[0]
	if s.Captured[crawler.New] != 3 || s.Captured[crawler.Known] != 2 {
		t.Errorf("second night: %s", counts(s))
	}
}

func TestOffSiteIsNeverRequested(t *testing.T) {
	w := newWorld(t)
	w.pages[home+"/nb/"] = list([3]string{"http://mirror.example.com/show/1.html", "示例市科技局2023年政府信息公开年报", ""})
	s := w.crawl(example(t, "")).Sites[0]
	if s.Problems[crawler.FailOffSite] != 1 || len(w.log) != 1 {
		t.Errorf("%s, requests %v", counts(s), w.log)
	}
}

func TestOneAddressAYear(t *testing.T) {
	w := newWorld(t)
	s, err := crawler.Parse("one.toml", []byte(`
name = "示例市"
platform = "generic"
hosts = ["www.example.gov.cn"]
[[column]]
id = "nb"
url = "`+home+`/report.jsp?fbtime={year}&area={uscc}"
shape = "report"
[[agency]]
id = "ls"
name = "示例市人民政府"
uscc = "113325000026455663"
level = "prefecture"
type = "government"
column = "nb"
first_year = 2021
`))
	if err != nil {
		t.Fatal(err)
	}
	w.pages[home+"/report.jsp?fbtime=2022&area=113325000026455663"] = "2022"
	sum := w.crawl(s).Sites[0]
	// 2023 is not due before 31 March, 2021 is missing.
	if got, want := counts(sum), "expected=3 new=1 problem:gone=1 skip:not_yet=1"; got != want {
		t.Errorf("counts %s, want %s", got, want)
	}
}

func TestYearsAndLookups(t *testing.T) {
	w := newWorld(t)
	w.standard()
	s := example(t, "")
	s.Lookups = []crawler.Lookup{{Title: "示例市档案局", Why: "a party body"}}
	r, err := w.try(t.Context(), func(o *crawler.Options) { o.FromYear = 2023 }, s)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := counts(r.Sites[0]), "expected=9 new=3 skip:ignored=1 skip:not_a_report=1 skip:notice=1 skip:website=1 skip:year=2"; got != want {
		t.Errorf("counts %s, want %s", got, want)
	}
}

func TestSitesOnOneHostTakeTurns(t *testing.T) {
	w := newWorld(t)
	var sites []*crawler.Site
	for i := range 6 {
		s, err := crawler.Parse(fmt.Sprintf("s%d.toml", i), fmt.Appendf(nil, `
name = "示例%d"
platform = "generic"
hosts = ["h%d.gov.cn", "h%d.gov.cn"]
[[column]]
id = "nb"
url = "http://h%d.gov.cn/nb/"
`, i, i, i+1, i))
		if err != nil {
			t.Fatal(err)
		}
		w.pages[s.Columns[0].URL] = list([3]string{fmt.Sprintf("/show/%d.html", i), "示例镇2023年政府信息公开年报", ""})
		w.pages[fmt.Sprintf("http://h%d.gov.cn/show/%d.html", i, i)] = "x"
		sites = append(sites, s)
	}
	w.crawl(sites...)
	var order []string
	for _, u := range w.log {
		order = append(order, u[len("http://"):len("http://h0")])
	}
	if got, want := strings.Join(order, " "), "h0 h0 h1 h1 h2 h2 h3 h3 h4 h4 h5 h5"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
}

func TestPageTitleCompletesTheList(t *testing.T) {
	w := newWorld(t)
	w.pages[home+"/nb/"] = list(
		[3]string{"/show/1.html", "示例市科学技术局2023年政府信…", ""},
		[3]string{"/show/2.html", "政府信息公开工作年度报告", ""},
		[3]string{"/show/3.html", "示例市档案局2023年政府信息公开年报", ""},
	)
	w.pages[home+"/show/1.html"] = `<title>示例市科学技术局2023年政府信息公开工作年度报告_示例市人民政府</title>`
	w.pages[home+"/show/2.html"] = `<meta name="ArticleTitle" content="示例市教育局2022年政府信息公开工作年度报告">`
	w.pages[home+"/show/3.html"] = `<title>示例市教育局2021年政府信息公开年报</title>` // a page's title does not overrule a clear list
	s := w.crawl(example(t, "")).Sites[0]
	for page, want := range map[string]string{
		"1": "kjj|2023||示例市科学技术局2023年政府信息公开工作年度报告|", "2": "jyj|2022||政府信息公开工作年度报告|", "3": "|2023||示例市档案局2023年政府信息公开年报|",
	} {
		if got := w.kept[home+"/show/"+page+".html"]; !strings.HasPrefix(got, want) {
			t.Errorf("document %s is %q, want %q…", page, got, want)
		}
	}
	if d := cmp.Diff([]string{crawler.NoticeUnmatched}, codes(s.Notices)); d != "" {
		t.Errorf("notices (-want +got):\n%s", d)
	}
	w.nights(1)
	if s := w.crawl(example(t, "")).Sites[0]; len(w.documents()) != 0 || s.Captured[crawler.Known] != 3 {
		t.Errorf("second night: %s, requests %v", counts(s), w.log)
	}
}

// A new alias names documents that were captured without an agency.
func TestNewAliasNamesOldDocuments(t *testing.T) {
	w := newWorld(t)
	w.standard()
	w.crawl(example(t, ""))
	w.nights(1)
	s := example(t, "")
	s.Agencies = append(s.Agencies, crawler.Agency{ID: "daj", Name: "示例市档案局"})
	sum := w.crawl(s).Sites[0]
	if got := w.kept[home+"/show/5.html"]; !strings.HasPrefix(got, "daj|2023|") {
		t.Errorf("document 5 is %q", got)
	}
	if len(sum.Notices) != 0 || sum.Captured[crawler.Unchanged] != 1 {
		t.Errorf("%s, notices %v", counts(sum), sum.Notices)
	}
}

func TestOneAddressInTwoColumns(t *testing.T) {
	w := newWorld(t)
	w.standard()
	s := example(t, "")
	again := s.Columns[0]
	again.ID, again.URL = "nb2", home+"/nb2/"
	s.Columns = append(s.Columns, again)
	w.pages[again.URL] = list([3]string{"/show/1.html#top", "示例市科技局2023年政府信息公开工作年度报告", ""})
	for range 2 {
		sum := w.crawl(s).Sites[0]
		if sum.Skips[crawler.SkipDuplicate] != 1 {
			t.Errorf("%s", counts(sum))
		}
		w.nights(1)
	}
}

func TestLastDayIsInTime(t *testing.T) {
	w := newWorld(t)
	w.pages[home+"/nb/"] = list(
		[3]string{"/show/1.html", "示例市科技局2023年政府信息公开工作年度报告", "2024-01-31"},
		[3]string{"/show/2.html", "示例市教育局2023年政府信息公开工作年度报告", "2024-02-01"},
	)
	w.pages[home+"/show/1.html"], w.pages[home+"/show/2.html"] = "1", "2"
	late := w.crawl(example(t, "")).Sites[0].Late
	if len(late) != 1 || late[0].Agency != "jyj" || !late[0].Sure {
		t.Errorf("late: %v", late)
	}
}
