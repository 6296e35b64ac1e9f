package crawler

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gongkai"
)

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// A linter collects what is wrong with one site file.
type linter struct {
	name, text string
	errs       []error
}

// add records a fault. near is text to look for in the file, so that the
// message can give a line: the first line that holds it.
func (l *linter) add(near, format string, args ...any) {
	place := l.name
	if near != "" {
		if at := strings.Index(l.text, near); at >= 0 {
			place = fmt.Sprintf("%s:%d", l.name, 1+strings.Count(l.text[:at], "\n"))
		}
	}
	l.errs = append(l.errs, fmt.Errorf("%s: %s", place, fmt.Sprintf(format, args...)))
}

func (l *linter) site(s *Site) {
	if !idForm.MatchString(s.ID) {
		l.add("", "file name %q (hint: lower-case letters, digits and single hyphens)", s.ID)
	}
	if s.Name == "" {
		l.add("", "name is missing (hint: name = \"示例市人民政府\")")
	}
	for _, text := range append([]string{s.Name}, s.Evidence...) {
		if strings.HasPrefix(text, todo) {
			l.add(text, "%q is still to be filled in (hint: this is an untouched part of the template of sites new)", text)
		}
	}
	l.platform(s.Platform)
	if len(s.Hosts) == 0 {
		l.add("", "hosts is missing (hint: list every host that may be fetched)")
	}
	for _, h := range s.Hosts {
		if h == "" || h != strings.ToLower(h) || strings.ContainsAny(h, "/ *@") {
			l.add(h, "host %q (hint: lower-case host names, a port only if it is not the usual one)", h)
		}
	}
	if s.Unverified && len(s.Evidence) == 0 {
		l.add("unverified", "unverified site without evidence (hint: say where the address is documented)")
	}
	if s.Delay < 0 || s.Delay > 0 && s.Delay < Duration(200*time.Millisecond) && !s.local() {
		l.add("delay", "delay %s is not polite (hint: 200ms or more, 2s is usual)", time.Duration(s.Delay))
	}
	if s.Budget < 0 {
		l.add("budget", "budget is negative")
	}
	if s.Robots.Ignore && s.Robots.Reason == "" {
		l.add("[robots]", "robots.txt is ignored without a reason (hint: who allowed it, and when)")
	}
	if (s.TLS.Legacy || s.TLS.Insecure) && s.TLS.Reason == "" {
		l.add("[tls]", "TLS exception without a reason (hint: what was seen, and when)")
	}
	if s.EmptyOKUntil != "" {
		if _, err := time.Parse(time.DateOnly, s.EmptyOKUntil); err != nil {
			l.add("empty_ok_until", "empty_ok_until %q is not a date (hint: 2027-01-20)", s.EmptyOKUntil)
		}
	}
	l.columns(s)
	l.agencies(s)
	l.references(s)
}

// local reports whether all hosts of a site are this machine.
func (s *Site) local() bool {
	for _, h := range s.Hosts {
		if !Loopback(h) {
			return false
		}
	}
	return s.AllowPrivate && len(s.Hosts) > 0
}

// todo marks what a person must fill in before a file counts.
const todo = "TODO"

func (l *linter) platform(name string) {
	if !slices.Contains(platforms, name) {
		l.add(fmt.Sprintf("%q", name), "unknown platform %q (hint: one of %s)", name, strings.Join(platforms, ", "))
	}
}

func (l *linter) address(s *Site, what, address string) {
	host, err := hostOf(address)
	switch {
	case err != nil:
		l.add(address, "%s: %v", what, err)
	case !s.Allows(host):
		l.add(address, "%s: host %s is not in hosts (hint: add it if it belongs to this government)", what, host)
	}
}

func (l *linter) columns(s *Site) {
	if len(s.Columns) == 0 && len(s.Pins) == 0 {
		l.add("", "no column and no pin (hint: a [[column]] with id and url)")
	}
	seen := map[string]bool{}
	for _, c := range s.Columns {
		switch {
		case !idForm.MatchString(c.ID):
			l.add(c.URL, "column id %q (hint: lower-case letters, digits and single hyphens)", c.ID)
		case seen[c.ID]:
			l.add(c.URL, "column id %q is used twice", c.ID)
		}
		seen[c.ID] = true
		l.address(s, "column "+c.ID, c.URL)
		if c.Platform != "" {
			l.platform(c.Platform)
		}
		switch c.Shape {
		case ShapeAuto, ShapeList, ShapeTree, ShapeRoster:
		case ShapeReport:
			if !strings.Contains(c.URL, "{year}") {
				l.add(c.URL, "column %s: shape report needs {year} in its url", c.ID)
			}
		default:
			l.add(fmt.Sprintf("%q", c.Shape), "column %s: unknown shape %q (hint: list, tree, roster or report)", c.ID, c.Shape)
		}
		if c.Year != 0 && (c.Year < 2008 || c.Year > 2100) {
			l.add(c.URL, "column %s: year %d cannot be", c.ID, c.Year)
		}
		if c.MaxPages < 0 || c.MaxPages > 2000 || c.Depth < 0 || c.Depth > 8 {
			l.add(c.URL, "column %s: max_pages must lie in 0…2000 and depth in 0…8", c.ID)
		}
	}
}

func (l *linter) agencies(s *Site) {
	seen, names := map[string]bool{}, map[string]string{}
	for _, a := range s.Agencies {
		near := fmt.Sprintf("%q", a.ID)
		if !idForm.MatchString(a.ID) {
			l.add(near, "agency id %q (hint: lower-case letters, digits and single hyphens)", a.ID)
		}
		if seen[a.ID] {
			l.add(near, "agency id %q is used twice", a.ID)
		}
		seen[a.ID] = true
		if a.Name == "" {
			l.add(near, "agency %s has no name", a.ID)
		}
		for _, n := range append([]string{a.Name}, a.Aliases...) {
			key := NormalName(n)
			if key == "" {
				l.add(near, "agency %s: name or alias %q is empty", a.ID, n)
			} else if other, taken := names[key]; taken && other != a.ID {
				l.add(near, "agency %s: name %q is also %s's (hint: an alias must be clear within its site)", a.ID, n, other)
			}
			names[key] = a.ID
		}
		l.kinds(near, a)
	}
}

func (l *linter) kinds(near string, a Agency) {
	switch a.Level {
	case "", gongkai.National, gongkai.Province, gongkai.Prefecture, gongkai.County, gongkai.Township:
	default:
		l.add(near, "agency %s: unknown level %q (hint: national, province, prefecture, county, township)", a.ID, a.Level)
	}
	switch a.Type {
	case "", gongkai.Government, gongkai.GovernmentOffice, gongkai.Department, gongkai.Dispatched,
		gongkai.SubdistrictOffice, gongkai.Vertical, gongkai.Empowered, gongkai.PublicService:
	default:
		l.add(near, "agency %s: unknown type %q (hint: government, government_office, department, dispatched, subdistrict_office, vertical, empowered, public_service)", a.ID, a.Type)
	}
	if a.Region != "" && !ValidRegion(a.Region) {
		l.add(near, "agency %s: region %q is no division code (hint: six digits of GB/T 2260, or leave it out)", a.ID, a.Region)
	}
	if a.USCC != "" && !ValidUSCC(a.USCC) {
		l.add(near, "agency %s: uscc %q fails its check digit", a.ID, a.USCC)
	}
	if a.FirstYear != 0 && (a.FirstYear < 2008 || a.FirstYear > 2100) {
		l.add(near, "agency %s: first_year %d cannot be", a.ID, a.FirstYear)
	}
}

// references checks ids that point to other parts of the file. A parent may
// live on another site, so it is not checked here.
func (l *linter) references(s *Site) {
	known := map[string]bool{"": true}
	for _, a := range s.Agencies {
		known[a.ID] = true
		if a.Column != "" && s.Column(a.Column) == nil {
			l.add(fmt.Sprintf("%q", a.ID), "agency %s: no column %q", a.ID, a.Column)
		}
	}
	for _, c := range s.Columns {
		if !known[c.Agency] {
			l.add(c.URL, "column %s: no agency %q", c.ID, c.Agency)
		}
	}
	for _, k := range s.Lookups {
		if k.Title == "" || !known[k.Agency] {
			l.add(k.Title, "lookup %q: needs a title, and an agency of this site or \"\"", k.Title)
		}
	}
	for _, p := range s.Pins {
		if p.Agency == "" || !known[p.Agency] || p.Why == "" || p.Year == 0 {
			l.add(p.URL, "pin %s: needs agency, year and why", p.URL)
		}
		l.address(s, "pin", p.URL)
	}
}
