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

// A jsonAnswer is one page of a list.
type jsonAnswer struct {
	pages, total int // as it tells, or -1
	items        int // entries on it, those counted that are odd
	links        []crawler.Link
	odd          []error // entries without title or address
}

// read takes the entries out of an answer and the number of pages that it
// tells, given how many entries a page has.
func (f jsonList) read(p *page, size int) (*jsonAnswer, error) {
	v, err := decodeJSON(p.body)
	if err != nil {
		return nil, crawler.Fail(crawler.FailUnrecognised, p.address, "the answer is no JSON: %w", err)
	}
	found := inJSON(v, f.items)
	items, ok := found.([]any)
	if !ok && found != nil {
		return nil, crawler.Fail(crawler.FailUnrecognised, p.address, "%s is no list", f.items)
	}
	a := &jsonAnswer{pages: numberAt(v, f.pages), total: numberAt(v, f.total), items: len(items)}
	if a.pages < 0 && a.total >= 0 {
		a.pages = (a.total + size - 1) / size
	}
	if !ok && a.pages != 0 {
		return nil, crawler.Fail(crawler.FailUnrecognised, p.address, "the answer has no %s", f.items)
	}
	for _, i := range items {
		title := text(fragment(textAt(i, f.title)))
		address := p.resolve(textAt(i, f.url))
		if title == "" || address == "" {
			a.odd = append(a.odd, crawler.Fail(crawler.FailEntry, p.address, "an entry without title or address: %q", title))
			continue
		}
		a.links = append(a.links, crawler.Link{URL: address, Title: title, Published: f.day(i)})
	}
	if len(a.links) == 0 && len(a.odd) > 0 {
		return nil, crawler.Fail(crawler.FailUnrecognised, p.address, "no entry has title and address: %w", a.odd[0])
	}
	return a, nil
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
	head, err := list.read(first, size)
	if err != nil {
		w.fail(err)
		return
	}
	n, last, items, failures := head.pages, false, 0, w.failures
	w.pages(first, countedIf(n >= 0), func(cur *page) []crawler.Link {
		a := head
		if cur != first {
			if a, err = list.read(cur, size); err != nil {
				w.fail(err)
				last = true
				return nil
			}
		}
		for _, odd := range a.odd {
			w.fail(odd)
		}
		items, last = items+a.items, a.items < size
		return a.links
	}, func(k int, _ *page) *crawler.Request {
		if n >= 0 && k >= n || n < 0 && last {
			return nil
		}
		return request(k + 1)
	})
	if items < head.total && w.failures == failures && !w.stopped {
		w.fail(short(first.address, head.total, items))
	}
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
