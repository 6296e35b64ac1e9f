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
	_, category, _ := strings.Cut(first.asked, "#")
	category = cmp.Or(category, w.col.Params["category"])
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
	head, err := gkmlptAnswer(p)
	if err != nil {
		w.fail(err)
		return
	}
	failures, listed := w.failures, 0
	n := (head.total() + gkmlptSize - 1) / gkmlptSize
	w.pages(p, countedIf(head.Total != nil), func(cur *page) []crawler.Link {
		answer, err := gkmlptAnswer(cur)
		if err != nil {
			w.fail(err)
			return nil
		}
		listed += len(answer.Articles)
		return w.gkmlptLinks(cur, answer)
	}, func(k int, cur *page) *crawler.Request {
		if head.Total != nil && k >= n {
			return nil
		}
		return request(k + 1)
	})
	// The API is known to list fewer than the column counts.
	if want := max(head.total(), head.Classify.PostCount); listed < want && w.failures == failures && !w.stopped {
		w.fail(short(first.asked, want, listed))
	}
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

// A gkmlptList is an answer of the API. Some do not say how many there are:
// they are asked until a page is empty.
type gkmlptList struct {
	Total    *int
	Classify struct {
		PostCount int `json:"post_count"` // what the column counts
	}
	Articles []gkmlptEntry
}

type gkmlptEntry struct {
	Title     string
	Publisher string
	URL       string
	PostURL   string `json:"post_url"`
	Display   stamp  `json:"display_publish_time"`
	Created   stamp  `json:"create_time"`
}

func (l *gkmlptList) total() int {
	if l.Total == nil {
		return 0
	}
	return min(max(*l.Total, 0), 1_000_000)
}

func gkmlptAnswer(p *page) (*gkmlptList, error) {
	answer := &gkmlptList{}
	if err := json.Unmarshal(p.body, answer); err != nil || answer.Articles == nil && answer.Total == nil {
		return nil, crawler.Fail(crawler.FailUnrecognised, p.address, "the API's answer is no list: %v", err)
	}
	return answer, nil
}

// gkmlptLinks are the entries of an answer. One without title or address is a
// failure of its own and loses no other.
func (w *walker) gkmlptLinks(p *page, answer *gkmlptList) []crawler.Link {
	var links []crawler.Link
	for _, a := range answer.Articles {
		address := p.resolve(cmp.Or(a.URL, a.PostURL))
		if address == "" || a.Title == "" {
			w.fail(crawler.Fail(crawler.FailEntry, p.address, "an entry without title or address: %q", a.Title))
			continue
		}
		links = append(links, crawler.Link{URL: address, Title: a.Title, Published: string(cmp.Or(a.Display, a.Created)), Unit: a.Publisher})
	}
	return links
}
