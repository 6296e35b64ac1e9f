package platform

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"

	"gongkai/crawler"
)

// A jsonList says where a list stands in an answer of JSON or JSONP. Paths
// lead through objects: "page.content". Of several names the first one with a
// value counts.
type jsonList struct {
	items string // path of the array of entries
	total string // path of the number of entries, "" if it is not told
	pages string // path of the number of pages, "" if it is not told
	title []string
	url   []string
	date  []string
}

// jsonp is the call around the JSON of a JSONP answer: callback({...});
var jsonp = regexp.MustCompile(`^\s*(?:/\*\*/\s*)?[A-Za-z_$][\w$.]*\s*\(`)

// decodeJSON reads JSON, or the JSON in the one call of a JSONP answer.
func decodeJSON(body []byte) (any, error) {
	body = bytes.TrimSpace(body)
	if call := jsonp.FindIndex(body); call != nil {
		body = bytes.TrimRight(body[call[1]:], "; \r\n\t")
		body = bytes.TrimSuffix(body, []byte(")"))
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

// inJSON follows a path of names through objects, "." being v itself; nil is
// nothing there.
func inJSON(v any, path string) any {
	if path == "." {
		return v
	}
	for name := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// numberAt returns the number at path, as JSON or text, or -1.
func numberAt(v any, path string) int {
	if path == "" {
		return -1
	}
	s := ""
	switch x := inJSON(v, path).(type) {
	case json.Number:
		s = x.String()
	case string:
		s = x
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return -1
	}
	return min(n, 1_000_000)
}

// textAt returns the first of names that has text in v.
func textAt(v any, names []string) string {
	for _, name := range names {
		switch x := inJSON(v, name).(type) {
		case string:
			if x = strings.TrimSpace(x); x != "" {
				return x
			}
		case json.Number:
			return x.String()
		}
	}
	return ""
}

// read takes the entries out of an answer and the number of pages that it
// tells, or -1, given how many entries a page has.
func (f jsonList) read(p *page, size int) (pages int, links []crawler.Link, err error) {
	v, err := decodeJSON(p.body)
	if err != nil {
		return 0, nil, crawler.Fail(crawler.FailUnrecognised, p.address, "the answer is no JSON: %w", err)
	}
	found := inJSON(v, f.items)
	items, ok := found.([]any)
	if !ok && found != nil {
		return 0, nil, crawler.Fail(crawler.FailUnrecognised, p.address, "%s is no list", f.items)
	}
	pages = numberAt(v, f.pages)
	if total := numberAt(v, f.total); pages < 0 && total >= 0 {
		pages = (total + size - 1) / size
	}
	if !ok && pages != 0 {
		return 0, nil, crawler.Fail(crawler.FailUnrecognised, p.address, "the answer has no %s", f.items)
	}
	for _, i := range items {
		title := text(fragment(textAt(i, f.title)))
		address := p.resolve(textAt(i, f.url))
		if title == "" || address == "" {
			return 0, nil, crawler.Fail(crawler.FailUnrecognised, p.address, "an entry without title or address: %q", title)
		}
		links = append(links, crawler.Link{URL: address, Title: title, Published: f.day(i)})
	}
	return pages, links, nil
}

// day returns the date of an entry, which may be text or a Unix time.
func (f jsonList) day(item any) string {
	s := textAt(item, f.date)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > math.MaxInt32/4 {
		var d stamp
		if d.UnmarshalJSON([]byte(s)) == nil {
			return string(d)
		}
	}
	return day(s)
}

// jsonPages reads a list page by page: request gives the k-th, from 1.
func (w *walker) jsonPages(f folder, list jsonList, size int, request func(k int) *crawler.Request) {
	first, ok := w.open(*request(1), f)
	if !ok {
		return
	}
	n, links, err := list.read(first, size)
	if err != nil {
		w.fail(err)
		return
	}
	short := len(links) < size
	w.pages(first, countedIf(n >= 0), func(cur *page) []crawler.Link {
		if cur == first {
			return links
		}
		_, more, err := list.read(cur, size)
		if err != nil {
			w.fail(err)
		}
		short = len(more) < size
		return more
	}, func(k int, _ *page) *crawler.Request {
		if n >= 0 && k >= n || n < 0 && short {
			return nil
		}
		return request(k + 1)
	})
}

// withNumber sets the number of a page in the query of an address, whose
// other parts stay as they are.
func withNumber(address, name string, k int) string {
	form := regexp.MustCompile(`([?&]` + regexp.QuoteMeta(name) + `=)[^&#]*`)
	if form.MatchString(address) {
		return form.ReplaceAllString(address, "${1}"+strconv.Itoa(k))
	}
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	return address + sep + name + "=" + strconv.Itoa(k)
}

// queryNumber returns the number that a parameter has in an address, or other.
func queryNumber(address, name string, other int) int {
	m := regexp.MustCompile(`[?&]` + regexp.QuoteMeta(name) + `=(\d{1,4})(?:&|#|$)`).FindStringSubmatch(address)
	if m == nil {
		return other
	}
	if n, _ := strconv.Atoi(m[1]); n > 0 {
		return n
	}
	return other
}
