package discover

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gongkai/crawler"
	"gongkai/crawler/platform"
)

// A Home is where a search begins. Name and Code are what a list of sites says
// of it: the government or agency, and the SiteIDCode or division code.
type Home struct{ URL, Name, Code string }

// Options say how to search. Get is required; it must allow the hosts of the
// home page's registrable domain.
type Options struct {
	Get      crawler.Getter
	Requests int  // for one site, default 60
	Column   int  // of them to try one page as a column, default 25
	Private  bool // the site lies in a private network
	Day      string
}

// A Proposal is what a search found.
type Proposal struct {
	Home     Home
	Site     *crawler.Site // as its file will say; without columns if none was found
	Columns  []*Column
	Identity Identity
	Requests int
	Wall     error // why the search stopped before its end; nil if it did not
	NotTaken []string

	agencies []found
}

// A step is a page that the search may visit, and the clicks that lead there.
type step struct {
	address string
	score   int
	trail   []string
	script  bool
	serial  int
}

// A search is the search on one site.
type search struct {
	ctx     context.Context
	o       Options
	home    Home
	host    string
	domain  string
	cache   map[string]reply
	spent   int
	wall    error
	queue   []*step
	queued  map[string]bool
	columns []*Column
	id      Identity
}

type reply struct {
	page *crawler.Page
	err  error
}

const maxTrail = 6

// Search looks for the lists of reports of a site. The error is that the home
// page could not be had; what went wrong later ends the search early at most.
func Search(ctx context.Context, home Home, o Options) (*Proposal, error) {
	o.Requests, o.Column = cmp.Or(o.Requests, 60), cmp.Or(o.Column, 25)
	address := crawler.Resolve(home.URL, home.URL)
	if address == "" {
		return nil, fmt.Errorf("%q is no http(s) address", home.URL)
	}
	s := &search{
		ctx: ctx, o: o, home: home, host: hostOf(address), domain: crawler.Domain(hostOf(address)),
		cache: map[string]reply{}, queued: map[string]bool{},
	}
	s.add(&step{address: address, score: tryScore, trail: []string{"首页"}})
	first := s.queue[0]
	if _, err := s.fetch(first.address); err != nil {
		return &Proposal{Home: home, Requests: s.spent, Wall: s.wall}, err
	}
	s.run()
	if len(s.columns) == 0 {
		s.guess()
	}
	s.shared()
	return s.proposal(), ctx.Err()
}

// run visits pages until none is left that promises anything.
func (s *search) run() {
	for len(s.queue) > 0 && s.wall == nil && s.spent < s.o.Requests && s.ctx.Err() == nil {
		slices.SortStableFunc(s.queue, func(a, b *step) int {
			return cmp.Or(b.score-a.score, len(a.trail)-len(b.trail), a.serial-b.serial)
		})
		next := s.queue[0]
		s.queue = s.queue[1:]
		s.visit(next)
	}
}

// usual are addresses at which such lists stand, for sites whose menus lead
// nowhere.
var usual = []string{
	"/sitemap.xml", "/zfxxgk/zfxxgknb/", "/zfxxgknb/", "/xxgk/zfxxgknb/", "/zwgk/zfxxgknb/", "/zwgk/xxgknb/", "/xxgk/xxgknb/", "/xxgknb/",
	"/zfxxgk/gknb/", "/gknb/", "/xxgk/gknb/", "/zwgk/gknb/", "/xxgk/ndbg/", "/zwgk/ndbg/", "/zfxxgk/fdzdgknr/zfxxgknb/",
	"/zwgk/zfxxgk/zfxxgknb/", "/zwgk/zfxxgk/gknb/", "/gkmlpt/index", "/xxgk/nb.htm", "/nb/",
}

// guess tries the usual addresses, one by one, until one leads to reports.
func (s *search) guess() {
	for _, path := range usual {
		if len(s.columns) > 0 || s.wall != nil || s.spent >= s.o.Requests || s.ctx.Err() != nil {
			return
		}
		s.add(&step{address: crawler.Resolve(s.home.URL, path), score: surerScore, trail: []string{"首页", "usual address"}})
		s.run()
	}
}

func (s *search) add(st *step) {
	if st.address == "" || s.queued[st.address] || len(st.trail) > maxTrail || !s.ours(st.address) {
		return
	}
	s.queued[st.address] = true
	st.serial = len(s.queued)
	s.queue = append(s.queue, st)
}

// ours reports whether an address belongs to the site: it is on the registrable
// domain of the home page. What a department's site says of the portal above it
// is the portal's.
func (s *search) ours(address string) bool {
	host := hostOf(address)
	switch {
	case host == s.host:
		return true
	case crawler.Domain(host) != s.domain:
		return false
	case isPortal(s.host, s.domain):
		return true
	}
	return !isPortal(host, s.domain)
}

func isPortal(host, domain string) bool {
	name, _, _ := strings.Cut(host, ":")
	return name == domain || name == "www."+domain
}

// visit looks at one page: as a column if it promises reports, and for links.
func (s *search) visit(st *step) {
	p, err := s.fetch(st.address)
	if err != nil {
		return
	}
	if strings.HasSuffix(pathOf(st.address), ".xml") {
		s.sitemap(st, p)
		return
	}
	v, err := newView(p)
	if err != nil {
		return
	}
	if st.script {
		s.follow(st, v.inScript(string(v.body)))
		return
	}
	if to := platform.Moved(p); to != "" && to != st.address {
		s.add(&step{address: to, score: st.score, trail: st.trail})
	}
	if hostOf(v.address) == s.host {
		s.id.read(v)
	}
	if st.score >= tryScore && len(st.trail) > 1 || v.lists() {
		s.try(st, p)
	}
	s.follow(st, v.links())
}

// follow queues the links of a page that promise something.
func (s *search) follow(st *step, links []link) {
	for _, l := range links {
		if l.score <= 0 {
			continue
		}
		trail := st.trail
		if !l.part {
			trail = append(slices.Clone(trail), l.text)
		}
		n := l.score
		if l.part && !l.script { // a frame is what the page is
			n = max(n, st.score-5)
		}
		s.add(&step{address: l.address, score: n, trail: trail, script: l.script})
	}
}

// sitemap queues the addresses of a site map that promise reports.
func (s *search) sitemap(st *step, p *crawler.Page) {
	body := string(p.UTF8)
	for range 20_000 {
		_, rest, ok := strings.Cut(body, "<loc>")
		if !ok {
			return
		}
		address, after, _ := strings.Cut(rest, "</loc>")
		body = after
		if address = crawler.Resolve(st.address, address); address != "" && !platform.Content(address) && score("", address) == pathScore {
			s.add(&step{address: address, score: tryScore, trail: append(slices.Clone(st.trail), "sitemap.xml")})
		}
	}
}

var errSpent = errors.New("the requests of the search are used up")

// fetch gets a page once.
func (s *search) fetch(address string) (*crawler.Page, error) {
	return s.get(s.ctx, crawler.Request{URL: address, Kind: crawler.KindList})
}

// get is the search's Getter: nothing twice, within the domain and the budget,
// and nothing behind the first wall.
func (s *search) get(ctx context.Context, req crawler.Request) (*crawler.Page, error) {
	plain, _, _ := strings.Cut(req.URL, "#")
	key := req.Method + " " + plain + " " + req.Form.Encode()
	if r, ok := s.cache[key]; ok {
		return r.page, r.err
	}
	switch {
	case s.wall != nil:
		return nil, s.wall
	case !s.ours(req.URL):
		return nil, crawler.Fail(crawler.FailOffSite, req.URL, "not on the domain %s", s.domain)
	case s.spent >= s.o.Requests:
		return nil, crawler.Fail(crawler.FailBudget, req.URL, "%w", errSpent)
	}
	s.spent++
	req.Kind = crawler.KindList
	p, err := s.o.Get(ctx, req)
	if err == nil && !s.ours(p.FinalURL) {
		p, err = nil, crawler.Fail(crawler.FailOffSite, req.URL, "it leads to %s", p.FinalURL)
	}
	if err != nil && crawler.FailureOf(err).Walled() {
		s.wall = err
	}
	s.cache[key] = reply{p, err}
	return p, err
}
