package platform

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"gongkai/crawler"
)

// gkmlpt, the 信息公开目录平台 of Guangdong: the page is a shell, the category
// stands in the address's fragment (/gkmlpt/index#2811) and the list comes
// from an API by site id and category, 100 entries a page.
var gkmlptSID = regexp.MustCompile(`\bSID\s*:\s*["']?(\d{3,12})`)

const gkmlptSize = 100

func readGKMLPT(w *walker, first *page) {
	m := gkmlptSID.FindSubmatch(first.body)
	_, category, _ := strings.Cut(w.col.URL, "#")
	category = cmp.Or(w.col.Params["category"], category)
	if m == nil || category == "" {
		w.fail(crawler.Fail(crawler.FailUnrecognised, first.address, "no SID on the page or no category (hint: #2811 in url, or params.category)"))
		return
	}
	root, _, ok := strings.Cut(first.address, "/gkmlpt")
	if !ok {
		root = first.resolve("/")
	}
	api := strings.TrimSuffix(root, "/") + "/gkmlpt/api/all/" + category
	request := func(k int) *crawler.Request {
		return &crawler.Request{URL: fmt.Sprintf("%s?page=%d&sid=%s", api, k, m[1])}
	}
	p, ok := w.open(*request(1), first.folder)
	if !ok {
		return
	}
	total, _, err := gkmlptPage(p)
	if err != nil {
		w.fail(err)
		return
	}
	n := (total + gkmlptSize - 1) / gkmlptSize
	w.pages(p, counted, func(cur *page) []crawler.Link {
		_, links, err := gkmlptPage(cur)
		if err != nil {
			w.fail(err)
		}
		return links
	}, func(k int, _ *page) *crawler.Request {
		if k >= n {
			return nil
		}
		return request(k + 1)
	})
}

// A stamp is a date that comes as text or in Unix seconds.
type stamp string

func (s *stamp) UnmarshalJSON(b []byte) error {
	var n int64
	if err := json.Unmarshal(b, &n); err == nil {
		*s = ""
		if n > 0 {
			if n > 1e11 { // milliseconds
				n /= 1000
			}
			*s = stamp(time.Unix(n, 0).In(crawler.Shanghai).Format(time.DateOnly))
		}
		return nil
	}
	var t string
	_ = json.Unmarshal(b, &t) // null and odd types leave no date
	*s = stamp(day(t))
	return nil
}

func gkmlptPage(p *page) (total int, links []crawler.Link, err error) {
	var answer struct {
		Total    *int
		Articles []struct {
			Title     string
			Publisher string
			URL       string
			PostURL   string `json:"post_url"`
			Display   stamp  `json:"display_publish_time"`
			Created   stamp  `json:"create_time"`
		}
	}
	if err := json.Unmarshal(p.body, &answer); err != nil || answer.Total == nil {
		return 0, nil, crawler.Fail(crawler.FailUnrecognised, p.address, "the API's answer is no list: %v", err)
	}
	for _, a := range answer.Articles {
		address := p.resolve(cmp.Or(a.URL, a.PostURL))
		if address == "" || a.Title == "" {
			return 0, nil, crawler.Fail(crawler.FailUnrecognised, p.address, "an entry without title or address: %q", a.Title)
		}
		links = append(links, crawler.Link{URL: address, Title: a.Title, Published: string(cmp.Or(a.Display, a.Created)), Unit: a.Publisher})
	}
	return min(max(*answer.Total, 0), 1_000_000), links, nil
}
