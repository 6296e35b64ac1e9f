package crawler_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/platform"
)

// A world is agency sites, an archive and a clock, all in memory.
type world struct {
	t     *testing.T
	mu    sync.Mutex
	pages map[string]string                // address → HTML, or "!KIND" for a failure
	kept  map[string]string                // address → provenance and body of the last document put
	log   []string                         // requests in order
	now   time.Time                        // the clock
	dir   string                           // of the journal
	onGet func(n int, req crawler.Request) // called before the n-th request is answered
	onPut func(d *gongkai.Document) error  // may refuse a document
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{
		t: t, pages: map[string]string{}, kept: map[string]string{}, dir: t.TempDir(),
		now: time.Date(2024, 2, 1, 2, 0, 0, 0, crawler.Shanghai),
	}
}

func (w *world) get(_ context.Context, req crawler.Request) (*crawler.Page, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, req.URL)
	if w.onGet != nil {
		w.onGet(len(w.log), req)
	}
	body, ok := w.pages[req.URL]
	switch {
	case !ok:
		return nil, &crawler.Failure{Kind: crawler.FailGone, URL: req.URL, Status: 404}
	case strings.HasPrefix(body, "!"):
		return nil, &crawler.Failure{Kind: crawler.FailureKind(body[1:]), URL: req.URL}
	}
	d := &gongkai.Document{Name: req.URL, URL: req.URL, Fetched: w.now, Body: []byte(body)}
	p := &crawler.Page{Document: d, FinalURL: req.URL, Status: 200}
	if !strings.HasSuffix(req.URL, ".pdf") {
		p.UTF8 = d.Body
	}
	return p, nil
}

// Put implements crawler.Sink.
func (w *world) Put(_ context.Context, d *gongkai.Document) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.onPut != nil {
		if err := w.onPut(d); err != nil {
			return err
		}
	}
	w.kept[d.URL] = fmt.Sprintf("%s|%d|%s|%s|%s", d.AgencyID, d.Year, d.Published, d.LinkTitle, d.Body)
	return nil
}

// crawl runs a night.
func (w *world) crawl(sites ...*crawler.Site) *crawler.RunSummary {
	w.t.Helper()
	r, err := w.try(w.t.Context(), nil, sites...)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) try(ctx context.Context, change func(*crawler.Options), sites ...*crawler.Site) (*crawler.RunSummary, error) {
	w.t.Helper()
	j, err := crawler.OpenJournal(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	defer j.Close()
	w.log = nil
	o := crawler.Options{
		Sites: sites, Platforms: platform.Table(), Get: w.get, Sink: w, Anatomist: platform.Articles{},
		Journal: j, Now: func() time.Time { return w.now },
	}
	if change != nil {
		change(&o)
	}
	r, err := crawler.Crawl(ctx, o)
	if r != nil {
		for _, s := range r.Sites {
			if !s.Conserved() {
				w.t.Errorf("%s: not conserved: %s", s.Site, counts(s))
			}
		}
	}
	return r, err
}

// nights lets n days pass.
func (w *world) nights(n int) { w.now = w.now.AddDate(0, 0, n) }

// documents returns the requests of the last run that were not for the list.
func (w *world) documents() []string {
	var out []string
	for _, u := range w.log {
		if !strings.HasSuffix(u, "/") {
			out = append(out, u[strings.LastIndexByte(u, '/')+1:])
		}
	}
	return out
}

// counts writes a summary as text: "expected=3 new=2 problem:gone=1".
func counts(s *crawler.SiteSummary) string {
	out := []string{fmt.Sprintf("expected=%d", s.Expected)}
	for _, k := range slices.Sorted(maps.Keys(s.Captured)) {
		out = append(out, fmt.Sprintf("%s=%d", k, s.Captured[k]))
	}
	for _, k := range slices.Sorted(maps.Keys(s.Problems)) {
		out = append(out, fmt.Sprintf("problem:%s=%d", k, s.Problems[k]))
	}
	for _, k := range slices.Sorted(maps.Keys(s.Skips)) {
		out = append(out, fmt.Sprintf("skip:%s=%d", k, s.Skips[k]))
	}
	return strings.Join(out, " ")
}

func codes(notices []crawler.Notice) []string {
	var out []string
	for _, n := range notices {
		out = append(out, n.Code)
	}
	slices.Sort(out)
	return out
}

const home = "http://www.example.gov.cn"

// example is a site of one list with four units.
func example(t *testing.T, more string) *crawler.Site {
	t.Helper()
	s, err := crawler.Parse("example.toml", []byte(`
name = "示例市人民政府"
platform = "generic"
hosts = ["www.example.gov.cn"]
evidence = ["a test"]
`+more+`
[[column]]
id = "nb"
url = "`+home+`/nb/"
[[agency]]
id = "kjj"
name = "示例市科学技术局"
aliases = ["示例市科技局"]
level = "prefecture"
type = "department"
first_year = 2022
[[agency]]
id = "jyj"
name = "示例市教育局"
level = "prefecture"
type = "department"
first_year = 2022
[[agency]]
id = "szf"
name = "示例市人民政府"
level = "prefecture"
type = "government"
first_year = 2022
`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// list writes a list page of href, title and date.
func list(rows ...[3]string) string {
	var b strings.Builder
	b.WriteString("<ul>")
	for _, r := range rows {
		fmt.Fprintf(&b, `<li><a href="%s">%s</a><span>%s</span></li>`, r[0], r[1], r[2])
	}
	return b.String() + "</ul>"
}

// standard fills the world with the example site's pages.
func (w *world) standard() {
	w.pages[home+"/nb/"] = list(
		[3]string{"/show/1.html", "示例市科技局2023年政府信息公开工作年度报告", "2024-01-20"},
		[3]string{"/show/2.html", "示例市教育局2023年政府信息公开工作年度报告", "2024-02-01"},
		[3]string{"/show/3.html", "关于做好2023年政府信息公开工作年度报告编制发布工作的通知", "2023-12-20"},
		[3]string{"/show/4.html", "示例市2022年政府信息公开工作年度报告", "2023-03-20"},
		[3]string{"/show/5.html", "示例市档案局2023年政府信息公开工作年度报告", "2024-01-20"},
		[3]string{"/show/6.html", "示例市2023年政府网站工作年度报表", "2024-01-20"},
		[3]string{"/show/7.html", "示例市科技局2022年政府信息公开工作年度报告", "2023-01-20"},
	)
	w.pages[home+"/show/1.html"] = `<p>一</p><a href="a.pdf">年报.pdf</a><a href="b.pdf">2023年政府网站工作年度报表</a>`
	w.pages[home+"/show/a.pdf"] = "%PDF a"
	w.pages[home+"/show/2.html"] = "<p>二</p>"
	w.pages[home+"/show/4.html"] = "<p>四</p>"
	w.pages[home+"/show/5.html"] = "<p>五</p>"
}
