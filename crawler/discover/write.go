package discover

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gongkai/crawler"
)

// proposal sums up a search.
func (s *search) proposal() *Proposal {
	s.id.Name, s.id.NameFrom = cmp.Or(s.home.Name, s.id.Name), cmp.Or(condition(s.home.Name != "", "the list of sites"), s.id.NameFrom)
	if len(s.home.Code) >= 6 {
		s.id.Code, s.id.CodeFrom = s.home.Code[:6], "the list of sites"
	}
	s.id.Name = cmp.Or(clean(s.id.Name), s.host)
	s.id.settle()
	p := &Proposal{Home: s.home, Columns: s.remaining(), Identity: s.id, Requests: s.spent, Wall: s.wall}
	p.Site = &crawler.Site{ID: ID(s.home.URL), Name: p.Identity.Name, Unverified: true, AllowPrivate: s.o.Private}
	if len(p.Columns) == 0 {
		return p
	}
	p.Site.Platform = p.Columns[0].Platform
	hosts := []string{s.host}
	for _, c := range p.Columns {
		hosts = append(hosts, c.hosts...)
	}
	slices.Sort(hosts)
	p.Site.Hosts = slices.DeleteFunc(slices.Compact(hosts), func(h string) bool { return h == "" || !s.ours("http://"+h) })
	p.findAgencies()
	return p
}

func condition(holds bool, s string) string {
	if holds {
		return s
	}
	return ""
}

// ID returns the id of a site: its domain's own part, what stands before it and,
// if the home page lies in a folder, that.
func ID(home string) string {
	host, domain := hostOf(home), crawler.Domain(hostOf(home))
	own, _, _ := strings.Cut(domain, ".")
	if domain == host && !strings.ContainsFunc(host, unicode.IsLetter) {
		own = host
	}
	parts := []string{own}
	if before, ok := strings.CutSuffix(host, domain); ok && before != "" && before != "www." {
		parts = append(parts, before)
	}
	folder, _, _ := strings.Cut(strings.TrimSuffix(pathOf(home), "/index.html"), ".")
	parts = append(parts, folder)
	id := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(strings.Join(parts, "-")))
	return strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' }), "-")
}

// clean drops what no name has and a file could not hold.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)), " ")
}

// Confidence says how sure a proposal is.
type Confidence string

// The confidences.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
	None   Confidence = "none" // nothing was found
)

// Confidence is that of the surest column, one less if the search was cut short
// or nobody can tell whose reports they are.
func (p *Proposal) Confidence() Confidence {
	switch {
	case len(p.Columns) == 0:
		return None
	case len(p.agencies) == 0 || p.Wall != nil:
		return Low
	}
	return p.Columns[0].confidence()
}

func (c *Column) confidence() Confidence {
	share := c.Reports * 100 / max(len(c.Links), 1)
	switch {
	case c.Reports >= 3 && share >= 80 && len(c.Failures) == 0 && c.score >= tryScore && !c.Cut:
		return High
	case share >= 50:
		return Medium
	}
	return Low
}

// Agencies returns how many agencies were found.
func (p *Proposal) Agencies() int { return len(p.agencies) }

// Counts returns the links and reports of all columns.
func (p *Proposal) Counts() (links, reports int) {
	for _, c := range p.Columns {
		links += len(c.Links)
		reports += c.Reports
	}
	return links, reports
}

// A Register knows the agencies of other site files: an agency has one site.
type Register struct {
	ids   map[string]bool
	names map[string]string // full name → site
}

// NewRegister makes a register of sites.
func NewRegister(sites []*crawler.Site) *Register {
	r := &Register{ids: map[string]bool{}, names: map[string]string{}}
	for _, s := range sites {
		for i := range s.Agencies {
			r.ids[s.Agencies[i].ID] = true
			r.names[crawler.NormalName(s.Agencies[i].Name)] = s.ID
		}
	}
	return r
}

// File returns the site file of a proposal and enters its agencies in r. What it
// returns passes the linter; an error says why it cannot be.
func (p *Proposal) File(r *Register, day string) ([]byte, error) {
	var others []found
	p.agencies = slices.DeleteFunc(p.agencies, func(a found) bool {
		taken := placeOf(a.Name) != "" && r.names[crawler.NormalName(a.Name)] != ""
		if taken {
			others = append(others, a)
		}
		return taken
	})
	p.number(r.ids)
	for i := range p.agencies {
		r.names[crawler.NormalName(p.agencies[i].Name)] = p.Site.ID
	}
	var b strings.Builder
	p.head(&b, day)
	for i, c := range p.Columns {
		p.column(&b, i, c)
	}
	for i := range p.agencies {
		agency(&b, &p.agencies[i], p.Identity)
	}
	for _, a := range others {
		for _, name := range append([]string{a.Name}, a.Aliases...) {
			fmt.Fprintf(&b, "\n[[lookup]]\ntitle  = %s\nagency = \"\"\nwhy    = %s\n", quoted(name), quoted("it is an agency of site "+r.names[crawler.NormalName(a.Name)]+", where its addresses here belong too"))
		}
	}
	text := []byte(b.String())
	if _, err := crawler.Parse(p.Site.ID+".toml", text); err != nil {
		return nil, fmt.Errorf("the proposal for %s cannot be a site file: %w", p.Home.URL, err)
	}
	return text, nil
}

func (p *Proposal) head(b *strings.Builder, day string) {
	links, reports := p.Counts()
	fmt.Fprintf(b, "# Found from %s on %s with %d requests: %d links, %d reports, %d agencies.\n# Confidence: %s. A person should read every line; gongkai sites verify %s records a good visit.\n",
		clean(p.Home.URL), day, p.Requests, links, reports, len(p.agencies), p.Confidence(), p.Site.ID)
	if p.Wall != nil {
		fmt.Fprintf(b, "# The search was stopped: %s\n", clean(p.Wall.Error()))
	}
	fmt.Fprintf(b, "name       = %s # from %s\n", quoted(p.Site.Name), cmp.Or(p.Identity.NameFrom, "the host: the pages do not say it"))
	fmt.Fprintf(b, "platform   = %q\n", p.Site.Platform)
	fmt.Fprintf(b, "hosts      = [%s]\n", list(p.Site.Hosts))
	fmt.Fprintf(b, "unverified = true\n")
	if p.Site.AllowPrivate {
		fmt.Fprintf(b, "allow_private = true\n")
		if crawler.Loopback(p.Site.Hosts[0]) {
			fmt.Fprintf(b, "delay      = \"1ms\" # this machine\n")
		}
	}
	fmt.Fprintf(b, "evidence   = [%s]\n", quoted("links from the home page "+p.Home.URL+" on "+day))
	for _, name := range p.NotTaken {
		fmt.Fprintf(b, "# not taken for an agency: %s\n", clean(name))
	}
	if p.Identity.Doubt != "" {
		fmt.Fprintf(b, "# %s: left out\n", clean(p.Identity.Doubt))
	}
	fmt.Fprintf(b, "\n[assertions]\nmin_items = %d # 90 %% of the %d links seen\n", max(1, links*9/10), links)
}

func (p *Proposal) column(b *strings.Builder, i int, c *Column) {
	id := "nb"
	if i > 0 {
		id = fmt.Sprintf("nb-%d", i+1)
	}
	fmt.Fprintf(b, "\n# %s: %d links, %d reports, %d requests more; confidence %s\n", clean(strings.Join(c.Trail, " > ")), len(c.Links), c.Reports, c.Requests, c.confidence())
	if c.Cut {
		fmt.Fprintf(b, "# not read to its end: there may be more\n")
	}
	for _, err := range c.Failures[:min(len(c.Failures), 3)] {
		fmt.Fprintf(b, "# %s\n", clean(err.Error()))
	}
	fmt.Fprintf(b, "[[column]]\nid  = %q\nurl = %s\n", id, quoted(c.URL))
	if c.Platform != p.Site.Platform {
		fmt.Fprintf(b, "platform = %q\n", c.Platform)
	}
	if c.Year != 0 {
		fmt.Fprintf(b, "year = %d\n", c.Year)
	}
	if c.Agency != "" {
		fmt.Fprintf(b, "agency = %q # its titles name nobody else\n", c.Agency)
	}
}

func agency(b *strings.Builder, a *found, id Identity) {
	fmt.Fprintf(b, "\n[[agency]]\nid     = %q\nname   = %s # %d titles\n", a.ID, quoted(a.Name), a.titles)
	if len(a.Aliases) > 0 {
		fmt.Fprintf(b, "aliases = [%s]\n", list(a.Aliases))
	}
	if a.Level != "" {
		fmt.Fprintf(b, "level  = %q\n", a.Level)
	}
	if a.Type != "" {
		fmt.Fprintf(b, "type   = %q # from the name\n", a.Type)
	}
	if a.Region != "" {
		fmt.Fprintf(b, "region = %q # from %s\n", a.Region, cmp.Or(condition(a.Region == id.Code, id.CodeFrom), "the name"))
	}
}

func quoted(s string) string { return strconv.Quote(clean(s)) }

func list(all []string) string {
	var out []string
	for _, s := range all {
		out = append(out, quoted(s))
	}
	return strings.Join(out, ", ")
}
