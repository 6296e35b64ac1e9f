package platform

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
)

// jpaas, the intensive platform: the page carries queryData="{'webId':…}"
// and the list comes as HTML inside JSON from an API gateway, page by page.
const jpaasGateway = "/api-gateway/jpaas-publish-server/front/page/build/unit"

var jpaasPair = regexp.MustCompile(`["'](\w+)["']\s*:\s*(?:'([^']*)'|"([^"]*)"|([^,}'"\s]+))`)

func readJpaas(w *walker, first *page) {
	w.tree(first, func(p *page) int {
		all, units := 0, 0
		p.html().Find("[querydata]").Each(func(_ int, s *goquery.Selection) {
			data, _ := s.Attr("querydata")
			gateway := s.AttrOr("url", jpaasGateway)
			if q := jpaasQuery(data); q != nil {
				units++
				all += w.jpaasUnit(p, p.resolve(gateway), q)
			}
		})
		if units == 0 {
			return w.emit(p, pageEntries(p))
		}
		return all
	})
}

// jpaasQuery reads the attribute, which is JSON but for its single quotes.
func jpaasQuery(data string) url.Values {
	q := url.Values{}
	for _, m := range jpaasPair.FindAllStringSubmatch(data, -1) {
		q.Set(m[1], m[2]+m[3]+m[4])
	}
	if len(q) == 0 {
		return nil
	}
	return q
}

const jpaasRows = 15

func (w *walker) jpaasUnit(p *page, gateway string, q url.Values) int {
	request := func(k int) *crawler.Request {
		v := url.Values{}
		for name := range q {
			v.Set(name, q.Get(name))
		}
		v.Set("paramJson", fmt.Sprintf(`{"pageNo":%d,"pageSize":%d}`, k, jpaasRows))
		return &crawler.Request{URL: gateway + "?" + v.Encode()}
	}
	first, ok := w.open(*request(1), p.folder)
	if !ok {
		return 0
	}
	html, rows, count, err := jpaasPage(first)
	if err != nil {
		w.fail(err)
		return 0
	}
	first.address, first.body, first.doc = p.address, []byte(html), nil
	n := (count + rows - 1) / rows
	return w.pages(first, counted, func(cur *page) []crawler.Link {
		if cur != first {
			html, _, _, err := jpaasPage(cur)
			if err != nil {
				w.fail(err)
				return nil
			}
			cur.address, cur.body, cur.doc = p.address, []byte(html), nil
		}
		return entries(cur, fragment(string(cur.body)))
	}, func(k int, _ *page) *crawler.Request {
		if k >= n {
			return nil
		}
		return request(k + 1)
	})
}

// jpaasPage takes the HTML out of an answer and reads its pager.
func jpaasPage(p *page) (html string, rows, count int, err error) {
	var answer struct {
		Success bool
		Data    struct{ HTML string }
	}
	if err := json.Unmarshal(p.body, &answer); err != nil || !answer.Success {
		return "", 0, 0, crawler.Fail(crawler.FailUnrecognised, p.address, "the API's answer is no list (success %v, %v)", answer.Success, err)
	}
	pager := fragment(answer.Data.HTML).Find(".pagination[count], [rows][count]").First()
	rows, _ = strconv.Atoi(strings.TrimSpace(pager.AttrOr("rows", "")))
	count, _ = strconv.Atoi(strings.TrimSpace(pager.AttrOr("count", "")))
	return answer.Data.HTML, max(rows, 1), min(count, 1_000_000), nil
}
