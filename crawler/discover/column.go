package discover

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler"
	"gongkai/crawler/platform"
)

// A Column is a list of reports that was found.
type Column struct {
	URL      string
	Platform string
	Trail    []string // the clicks that lead there
	Year     int      // of all its entries, if they do not say their own
	Links    []crawler.Link
	Reports  int // of the links
	Failures []error
	Requests int  // that reading it took
	Cut      bool // reading it ended with the requests
	Agency   string

	score int
	hosts []string
}

var (
	yearlyWords = regexp.MustCompile(`年报|年度报告|年度工作报告`)
	wholeYear   = regexp.MustCompile(`(20[0-3]\d)年?`)
)

const (
	hopeless  = 6 // requests without a report after which a page is no column
	listTitle = 8 // characters of an anchor that may be an entry
)

// lists reports whether the page itself is a list of reports: a third of its
// longer anchors are.
func (v *view) lists() bool {
	all, reports := 0, 0
	v.doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		text := words(a)
		if len([]rune(text)) < listTitle {
			return
		}
		all++
		if t := crawler.ParseTitle(text); t.Kind == crawler.KindReport && t.Year != 0 {
			reports++
		}
	})
	return reports >= 2 && reports*3 >= all
}

// try reads a page as a column with the reader of its system, then with the
// general one, and keeps the better reading if a third of it are reports.
func (s *search) try(st *step, first *crawler.Page) {
	if slices.ContainsFunc(s.columns, func(c *Column) bool { return c.URL == st.address }) {
		return
	}
	var best *Column
	for _, name := range slices.Compact([]string{platform.Detect(first), "generic"}) {
		c := s.read(st, first, name)
		if best == nil || c.Reports > best.Reports || c.Reports == best.Reports && len(c.Failures) < len(best.Failures) {
			best = c
		}
	}
	if best.Reports > 0 && best.Reports*3 >= len(best.Links) {
		s.columns = append(s.columns, best)
	}
}

// read reads a page as a column of one system.
func (s *search) read(st *step, first *crawler.Page, name string) *Column {
	c := &Column{URL: st.address, Platform: name, Trail: st.trail, score: st.score}
	site := &crawler.Site{ID: "discover", Platform: name, Hosts: s.hostsOn(first)}
	col := &crawler.Column{ID: "nb", URL: st.address, MaxPages: crawler.DefaultMaxPages, Depth: crawler.DefaultDepth}
	before, limit := s.spent, s.o.Requests
	s.o.Requests = min(limit, s.spent+s.o.Column)
	defer func() { s.o.Requests = limit }()
	for l, err := range platform.Table()[name].Links(s.ctx, site, col, s.get) {
		switch {
		case err != nil && crawler.FailureOf(err) == crawler.FailBudget:
			c.Cut = true
		case err != nil:
			c.Failures = append(c.Failures, err)
		default:
			c.Links = append(c.Links, l)
			c.hosts = append(c.hosts, hostOf(l.Page), hostOf(l.URL))
			if c.report(l) {
				c.Reports++
			}
		}
		if s.spent-before >= hopeless && c.Reports == 0 {
			break
		}
	}
	c.Requests = s.spent - before
	c.hosts = append(c.hosts, hostOf(st.address), hostOf(first.FinalURL))
	c.year(first)
	return c
}

// hostsOn returns the hosts of the domain that a page leads to.
func (s *search) hostsOn(p *crawler.Page) []string {
	hosts := []string{s.host, hostOf(p.FinalURL)}
	v, err := newView(p)
	if err != nil {
		return hosts
	}
	for _, l := range v.links() {
		if h := hostOf(l.address); s.ours(l.address) && !slices.Contains(hosts, h) {
			hosts = append(hosts, h)
		}
	}
	return hosts
}

// yearly reports whether the clicks that lead to the column speak of reports.
func (c *Column) yearly() bool { return yearlyWords.MatchString(c.Trail[len(c.Trail)-1]) }

// report reports whether a link is a report's. A title that is not sure counts
// where the column is one of reports on disclosure, as does a row of a roster.
func (c *Column) report(l crawler.Link) bool {
	if l.Obliged && l.Title == l.Unit {
		return c.yearly()
	}
	switch t := crawler.ParseTitle(l.Title); t.Kind {
	case crawler.KindReport, crawler.KindCorrection:
		return true
	case crawler.KindUnknown:
		return t.Year != 0 && yearlyWords.MatchString(l.Title) && c.score >= surerScore
	}
	return false
}

// year takes the year of a roster from the words that lead there, or its title.
func (c *Column) year(first *crawler.Page) {
	for _, l := range c.Links {
		if l.Year != 0 || crawler.ParseTitle(l.Title).Year != 0 || !l.Obliged {
			return
		}
	}
	title := ""
	if v, err := newView(first); err == nil {
		title = v.doc.Find("title, h1").Text()
	}
	for _, text := range []string{c.Trail[len(c.Trail)-1], title} {
		if m := wholeYear.FindAllStringSubmatch(text, 2); len(m) == 1 {
			c.Year, _ = strconv.Atoi(m[0][1])
			return
		}
	}
}

// directory returns the folder of an address, and the folder above it.
func directory(address string) (own, above string) {
	u, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	u.RawQuery, u.Fragment = "", ""
	u.Path = u.Path[:strings.LastIndexByte(u.Path, '/')+1]
	own = u.String()
	u.Path = strings.TrimSuffix(u.Path, "/")
	u.Path = u.Path[:strings.LastIndexByte(u.Path, '/')+1]
	return own, u.String()
}
