package platform

import (
	"context"
	"iter"
	"strings"

	"gongkai/crawler"
)

// A system is one publishing system. It reads a column whose first page was
// fetched, or one list with all its pages, of which a column may have many in
// folders.
type system struct {
	read func(w *walker, first *page)
	list func(w *walker, first *page) int // returns how many entries there were
	// start fetches the first page; nil gets the column's address.
	start func(w *walker) (*page, bool)
}

// Links implements crawler.Platform.
func (s system) Links(ctx context.Context, site *crawler.Site, c *crawler.Column, get crawler.Getter) iter.Seq2[crawler.Link, error] {
	return func(yield func(crawler.Link, error) bool) {
		w := &walker{
			ctx: ctx, site: site, col: c, get: get, yield: yield,
			links: map[string]bool{}, opened: map[string]bool{},
		}
		start := s.start
		if start == nil {
			start = openColumn
		}
		if first, ok := start(w); ok && s.list != nil {
			w.tree(first, func(p *page) int { return s.list(w, p) })
		} else if ok {
			s.read(w, first)
		}
		if w.found == 0 && w.failures == 0 {
			w.fail(crawler.Fail(crawler.FailEmpty, c.URL, "no entry in the whole column"))
		}
	}
}

// A walker goes through one column and keeps the rules that hold for all
// systems: nothing twice, no end without limits, nothing wrong in silence.
type walker struct {
	ctx      context.Context
	site     *crawler.Site
	col      *crawler.Column
	get      crawler.Getter
	yield    func(crawler.Link, error) bool
	stopped  bool            // the caller wants no more
	links    map[string]bool // addresses yielded
	opened   map[string]bool // list requests made
	found    int
	failures int
}

// Limits that a healthy list never meets.
const (
	maxAddress = 600 // characters
	maxRepeats = 3   // times that a segment may stand in a path
	maxLists   = 2000
)

func openColumn(w *walker) (*page, bool) {
	return w.open(crawler.Request{URL: w.col.URL}, folder{year: w.col.Year})
}

// open fetches a list page. It returns false after yielding the failure, and
// quietly if the page was opened before.
func (w *walker) open(req crawler.Request, f folder) (*page, bool) {
	p, err := w.try(req, f)
	if err != nil {
		w.fail(err)
	}
	return p, p != nil
}

// try fetches a list page. It returns nil, nil if the page was opened before
// or the caller wants no more.
func (w *walker) try(req crawler.Request, f folder) (*page, error) {
	key := req.Method + " " + req.URL + " " + req.Form.Encode()
	if w.stopped || w.opened[key] {
		return nil, nil
	}
	if err := trap(req.URL); err != nil {
		return nil, err
	}
	if len(w.opened) >= maxLists {
		return nil, crawler.Fail(crawler.FailTrap, req.URL, "more than %d list pages in one column", maxLists)
	}
	w.opened[key] = true
	req.Kind = crawler.KindList
	p, err := w.get(w.ctx, req)
	if err != nil {
		return nil, err
	}
	return newPage(p, req, f), nil
}

// trap refuses addresses that grow from page to page.
func trap(address string) error {
	if len(address) > maxAddress {
		return crawler.Fail(crawler.FailTrap, address[:maxAddress], "address of %d characters", len(address))
	}
	path, _, _ := strings.Cut(address, "?")
	times := map[string]int{}
	for s := range strings.SplitSeq(path, "/") {
		if times[s]++; s != "" && times[s] > maxRepeats {
			return crawler.Fail(crawler.FailTrap, address, "%q stands %d times in the path", s, times[s])
		}
	}
	return nil
}

// fail yields an error.
func (w *walker) fail(err error) {
	w.failures++
	if !w.stopped {
		w.stopped = !w.yield(crawler.Link{}, err)
	}
}

// emit yields the links that were not yielded before and returns how many
// links there were in all.
func (w *walker) emit(p *page, links []crawler.Link) int {
	for _, l := range links {
		key := l.URL
		if l.Entry == crawler.EntryUnlinked {
			key = "unlinked " + l.Unit + l.Title
		}
		if w.stopped || w.links[key] {
			continue
		}
		w.links[key] = true
		w.found++
		l.Page = p.address
		if l.Year == 0 {
			l.Year = p.year
		}
		if l.Unit == "" {
			l.Unit = p.unit
		}
		w.stopped = !w.yield(l, nil)
	}
	return len(links)
}

// A pager gives the request for the page after the k-th (from 1), which is
// cur, or nil if there is none. cur is nil if that page could not be had.
type pager func(k int, cur *page) *crawler.Request

// ending says how a pager knows the end of its list.
type ending int

const (
	probing ending = iota // it asks until there is no page: a missing page is the end
	linked                // each page leads to the next: a missing page is a problem
	counted               // it knows the number: an empty or repeated page is one, too
)

// countedIf is counted if the number of pages is known, else probing.
func countedIf(known bool) ending {
	if known {
		return counted
	}
	return probing
}

// pages reads a list page by page and returns the number of links on all.
func (w *walker) pages(first *page, end ending, items func(*page) []crawler.Link, next pager) int {
	seen := map[string]int{}
	all := 0
	cur := first
	for k := 1; ; k++ {
		if cur != nil {
			links := items(cur)
			key := fingerprint(links)
			if at, again := seen[key]; again {
				if end == counted {
					w.fail(crawler.Fail(crawler.FailTrap, cur.address, "page %d repeats page %d", k, at))
				}
				return all
			}
			if len(links) == 0 && k > 1 {
				if end == counted {
					w.fail(crawler.Fail(crawler.FailEmpty, cur.address, "page %d of the list has no entry", k))
				}
				return all
			}
			seen[key] = k
			all += w.emit(cur, links)
		}
		req := next(k, cur)
		if req == nil || w.stopped {
			return all
		}
		if k >= w.col.MaxPages {
			w.fail(crawler.Fail(crawler.FailTrap, req.URL, "the list goes on after max_pages = %d", w.col.MaxPages))
			return all
		}
		p, err := w.try(*req, first.folder)
		if err != nil {
			if end == probing && gone(err) {
				return all
			}
			w.fail(err)
			if end != counted || crawler.FailureOf(err) == crawler.FailBudget || crawler.FailureOf(err).Walled() {
				return all
			}
		}
		if p == nil && err == nil { // opened before: a loop
			return all
		}
		cur = p
	}
}

func gone(err error) bool {
	k := crawler.FailureOf(err)
	return k == crawler.FailGone || k == crawler.FailSoft404
}

// fingerprint names a page by its entries.
func fingerprint(links []crawler.Link) string {
	var b strings.Builder
	for _, l := range links {
		b.WriteString(l.URL)
		b.WriteByte('\n')
	}
	return b.String()
}

// tree reads a page as a list and then the folders it leads to.
func (w *walker) tree(p *page, list func(*page) int) {
	failures := w.failures
	p = w.follow(p)
	found := list(p)
	w.complete(p, found, failures)
	if w.col.Shape == crawler.ShapeList {
		w.leaf(p, found, failures)
		return
	}
	for _, f := range folders(p, w.col, w.site) {
		if p.depth >= w.col.Depth {
			w.fail(crawler.Fail(crawler.FailTrap, f.address, "folders deeper than depth = %d", w.col.Depth))
			break
		}
		before := len(w.opened)
		q, ok := w.open(crawler.Request{URL: f.address}, f.folder)
		found += len(w.opened) - before
		if ok {
			w.tree(q, list)
		}
	}
	w.leaf(p, found, failures)
}

// leaf reports a page that gave nothing: no entry, no folder and, since
// failures were counted, no failure.
func (w *walker) leaf(p *page, found, failures int) {
	if found > 0 || w.failures > failures || w.stopped {
		return
	}
	if saysEmpty(p) {
		w.fail(crawler.Fail(crawler.FailEmpty, p.address, "the list is empty"))
		return
	}
	if asks := scriptAsks(p); asks != nil {
		w.fail(crawler.Fail(crawler.FailScript, p.address, "the list is made by a script, which asks %s", strings.Join(asks, ", ")))
		return
	}
	hint := ""
	if name := detect(p); name != "" && name != w.site.PlatformOf(w.col) {
		hint = "; it looks like platform " + name
	}
	w.fail(crawler.Fail(crawler.FailUnrecognised, p.address, "no list found%s", hint))
}

// follow goes along once where a page without content sends its reader.
func (w *walker) follow(p *page) *page {
	to := moved(p)
	if to == "" || to == p.address {
		return p
	}
	if q, ok := w.open(crawler.Request{URL: to}, p.folder); ok {
		return q
	}
	return p
}
