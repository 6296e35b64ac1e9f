package platform

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strconv"

	"gongkai/crawler"
)

// ucap (开普): the channel's id stands in a meta tag, the list comes as JSON
// from /searchList/ID or /common/search/ID. Addresses may lack their scheme.
var (
	ucapMeta = regexp.MustCompile(`(?i)<meta\s[^>]*name=["']?channelid["']?[^>]*content=["']?([0-9a-z]+)|<meta\s[^>]*content=["']?([0-9a-z]+)["']?[^>]*name=["']?channelid`)
	ucapAPI  = regexp.MustCompile(`(/(?:searchList|common/search)/)([0-9a-zA-Z]+)`)
)

const ucapSize = 18

func readUcap(w *walker, first *page) {
	api, id := "/common/search/", w.col.Params["channelid"]
	if m := ucapAPI.FindSubmatch(first.body); m != nil {
		api, id = string(m[1]), cmp.Or(id, string(m[2]))
	}
	if m := ucapMeta.FindSubmatch(first.body); m != nil {
		id = cmp.Or(w.col.Params["channelid"], string(m[1]), string(m[2]))
	}
	if id == "" {
		w.tree(first, func(p *page) int { return w.emit(p, pageEntries(p)) })
		return
	}
	request := func(k int) *crawler.Request {
		return &crawler.Request{URL: first.resolve(fmt.Sprintf("%s%s?_isAgg=true&_isJson=true&_pageSize=%d&_template=index&page=%d", api, id, ucapSize, k))}
	}
	p, ok := w.open(*request(1), first.folder)
	if !ok {
		return
	}
	total, _, _, err := ucapPage(p, nil)
	if err != nil {
		w.fail(err)
		return
	}
	last := false
	w.pages(p, countedIf(total > 0), func(cur *page) []crawler.Link {
		_, items, links, err := ucapPage(cur, w.fail)
		if err != nil {
			w.fail(err)
		}
		last = total == 0 && items < ucapSize
		return links
	}, func(k int, _ *page) *crawler.Request {
		if last || total > 0 && k*ucapSize >= total {
			return nil
		}
		return request(k + 1)
	})
}

// ucapPage reads an answer. An entry without an address is told to odd, if that
// is not nil, and loses no other.
func ucapPage(p *page, odd func(error)) (total, items int, links []crawler.Link, err error) {
	var answer struct {
		Data *struct {
			Total   json.Number
			Results []struct {
				Title            string
				URL              string
				PublishedTimeStr string
				ResList          []struct{ FilePath, URL, Title, FileName string }
			}
		}
	}
	if err := json.Unmarshal(p.body, &answer); err != nil || answer.Data == nil {
		return 0, 0, nil, crawler.Fail(crawler.FailUnrecognised, p.address, "the answer is no list: %v", err)
	}
	total, _ = strconv.Atoi(answer.Data.Total.String())
	for _, r := range answer.Data.Results {
		title := text(fragment(r.Title))
		l := crawler.Link{URL: p.resolve(r.URL), Title: title, Published: day(r.PublishedTimeStr)}
		if l.URL == "" {
			if odd != nil {
				odd(crawler.Fail(crawler.FailEntry, p.address, "an entry without address: %q", r.Title))
			}
			continue
		}
		links = append(links, l)
		for _, f := range r.ResList {
			address := crawler.Resolve(l.URL, cmp.Or(f.URL, f.FilePath))
			if address == "" || path.Ext(pathOf(address)) == "" || !file.MatchString(address) {
				continue
			}
			links = append(links, crawler.Link{URL: address, Title: title, Published: l.Published, Entry: crawler.EntryFile})
		}
	}
	return min(max(total, 0), 1_000_000), len(answer.Data.Results), links, nil
}
