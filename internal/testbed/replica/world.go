package replica

import (
	"fmt"
	"slices"
	"strings"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// Night is the state in which the sites are found.
type Night string

// The nights.
const (
	Ordinary   Night = ""           // the first night, and every night on which nothing changed
	Corrected  Night = "corrected"  // one report has new figures at its old address, another a second edition
	Redesigned Night = "redesigned" // then one site has a new look: its list is not where it was
)

// Options choose a world. The zero value is the ordinary one.
type Options struct {
	Seed  uint64
	Night Night
	Only  []string // ids of sites; empty for all
}

// A World is all sites of the replica in one state. It is never changed.
type World struct {
	// Declarations are the site files for the crawler.
	Declarations []Declaration
	// Homes are the home pages of the sites, in the order of the declarations.
	Homes []Home
	// Records are the files that people keep about the agencies.
	Records []Declaration
	// Agencies are the bodies that publish here.
	Agencies []gongkai.Agency
	// Findings are the broken rules that a complete check finds in the current
	// reports, by agency, year and rule.
	Findings []Finding
	// Planted are the errors that agencies made, by agency and year.
	Planted []Planted
	// Late and Missing are reports past their day.
	Late, Missing []Edition
	// Quirks are the links that are no plain report.
	Quirks []Quirk
	// Held are the sites that always fail their assertions.
	Held []string
	// Reports is the number of documents from which a report can be read.
	Reports int

	read  []*fixture.Report // that can be read and are current
	webs  map[string]*web   // by host
	hosts []string          // in the order of places

	numbers map[string]int // of the hosts, in that order
}

// A Home is the home page of a site, with the addresses that its file leads to.
type Home struct {
	ID, URL string
	Entries []string // of the list, sorted
}

// Walled reports whether the list of a site is behind a challenge.
func (h Home) Walled() bool { return h.ID == walledSite }

// A Declaration is a site file, or a file of records.
type Declaration struct{ Name, TOML string }

// An Edition names a report.
type Edition struct {
	Agency string
	Year   int
}

// A Finding is a rule that a report breaks.
type Finding struct {
	Edition
	Rule string // its id, such as T3-BAL-total
}

// A Planted is an error put in on purpose.
type Planted struct {
	Edition
	fixture.Planted
}

// New makes a world. An error means that the tables in place.go ask for
// something impossible.
func New(o Options) (*World, error) {
	w := &World{webs: map[string]*web{}, numbers: map[string]int{}}
	for i, p := range places {
		if len(o.Only) > 0 && !slices.Contains(o.Only, p.id) {
			continue
		}
		h := newWeb(p)
		if err := w.fill(h, o, uint64(i)); err != nil {
			return nil, fmt.Errorf("replica site %s: %w", p.id, err)
		}
		h.quirks(w)
		for _, e := range h.news {
			h.add(e)
			w.Reports++
		}
		h.publish(o)
		w.host(h)
		w.Homes = append(w.Homes, Home{p.id, h.url("/"), h.declared()})
		if h.front != nil {
			w.host(h.front)
			w.Homes[len(w.Homes)-1].URL = h.front.url("/")
		}
		w.Declarations = append(w.Declarations, Declaration{p.id + ".toml", h.declaration()})
	}
	w.Records = w.recorded()
	w.webs[mirror] = mirrorWeb()
	w.Findings = append(w.Findings, copies(w.read)...)
	slices.SortFunc(w.Findings, func(a, b Finding) int {
		return cmpEdition(a.Edition, b.Edition, strings.Compare(a.Rule, b.Rule))
	})
	slices.SortFunc(w.Planted, func(a, b Planted) int {
		return cmpEdition(a.Edition, b.Edition, strings.Compare(string(a.Kind), string(b.Kind)))
	})
	for _, list := range [][]Edition{w.Late, w.Missing} {
		slices.SortFunc(list, func(a, b Edition) int { return cmpEdition(a, b, 0) })
	}
	return w, nil
}

// host gives a web its place among the hosts.
func (w *World) host(h *web) {
	w.webs[h.place.host] = h
	w.numbers[h.place.host] = len(w.hosts)
	w.hosts = append(w.hosts, h.place.host)
}

func cmpEdition(a, b Edition, then int) int {
	if c := strings.Compare(a.Agency, b.Agency); c != 0 {
		return c
	}
	if a.Year != b.Year {
		return a.Year - b.Year
	}
	return then
}

// Hosts returns the hosts of the sites, sorted; without those that must never
// be visited.
func (w *World) Hosts() []string { return slices.Sorted(slices.Values(w.hosts)) }
