package crawler

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"gongkai"
)

// An Index knows the agencies of all sites by their names, those they had
// before included, to tell whose report a file is that no list led to.
type Index struct {
	names    map[string][]string // normal name → ids
	suffixes map[string][]longName
}

// A longName is a name of an agency of which a suffix, without the place in
// front, is looked up.
type longName struct{ id, front string }

// NewIndex makes an index of the agencies of sites and of the names and renames
// that records tell.
func NewIndex(sites []*Site, names []gongkai.AgencyName, events []gongkai.AgencyEvent) *Index {
	x := &Index{names: map[string][]string{}, suffixes: map[string][]longName{}}
	registered := map[string]bool{}
	for _, s := range sites {
		for i := range s.Agencies {
			a := &s.Agencies[i]
			registered[a.ID] = true
			x.add(a.ID, a.Name, true)
			for _, alias := range a.Aliases {
				x.add(a.ID, alias, false)
			}
			for _, key := range a.keys() {
				x.add(a.ID, key, false)
			}
		}
	}
	for _, n := range names {
		if registered[n.Agency] && (n.Kind == gongkai.FullName || n.Kind == gongkai.Alias) {
			x.add(n.Agency, n.Value, n.Kind == gongkai.FullName)
		}
	}
	for i := range events {
		e := &events[i]
		if !e.Continues() || len(e.From) != 1 || len(e.To) != 1 {
			continue
		}
		for _, pair := range [][2]string{{e.From[0], e.To[0]}, {e.To[0], e.From[0]}} {
			if name, ok := strings.CutPrefix(pair[0], "name:"); ok && registered[pair[1]] {
				x.add(pair[1], name, true)
			}
		}
	}
	return x
}

// add enters a name. One that names no place, such as 市财政局, is many
// agencies': it counts only if it is a full name.
func (x *Index) add(id, name string, full bool) {
	n := NormalName(name)
	if n == "" || !full && !placed.MatchString(n) {
		return
	}
	if !slices.Contains(x.names[n], id) {
		x.names[n] = append(x.names[n], id)
	}
	for _, s := range withoutPlace(n) {
		l := longName{id, strings.TrimSuffix(n, s)}
		if !slices.Contains(x.suffixes[s], l) {
			x.suffixes[s] = append(x.suffixes[s], l)
		}
	}
}

// withoutPlace returns name without the province, without the city, … as far as
// what is left still says the place.
func withoutPlace(name string) []string {
	var all []string
	for i, r := range name {
		if !strings.ContainsRune("省市州盟区", r) {
			continue
		}
		rest := name[i+len(string(r)):]
		if i >= 2*len("市") && placed.MatchString(rest) {
			all = append(all, rest)
		}
	}
	return all
}

//go:embed namesakes.txt
var namesakesText string

var namesakes = sync.OnceValue(func() []string {
	var all []string
	for line := range strings.SplitSeq(namesakesText, "\n") {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.Fields(line)...)
		}
	}
	return all
})

// manyPlaces reports whether the place that name begins with is in several cities.
func manyPlaces(name string) bool {
	return slices.ContainsFunc(namesakes(), func(place string) bool { return strings.HasPrefix(name, place) })
}

// Identified is what an Index finds.
type Identified struct {
	ID       string   // of the agency that it is for certain; empty if none
	By       string   // "name" or "suffix"
	Possible []string // ids that it may be, if none is certain
	Shared   bool     // all of Possible bear that very name
}

// Identify finds the agency of that name. Without its city, 洪泽区人民政府 is
// 淮安市洪泽区人民政府 if no other agency ends so. Where several cities have such
// a district, says, which is asked for 淮安市, must confirm it; else it is only
// possible.
func (x *Index) Identify(name string, says func(place string) bool) Identified {
	n := NormalName(name)
	if n == "" {
		return Identified{}
	}
	for _, form := range []string{n, shortName(name)} {
		if ids := x.names[form]; len(ids) == 1 {
			return Identified{ID: ids[0], By: "name"}
		} else if len(ids) > 1 {
			return Identified{Possible: ids, Shared: true}
		}
	}
	if !placed.MatchString(n) {
		return Identified{}
	}
	var possible []string
	certain := ""
	for _, l := range x.suffixes[n] {
		if !slices.Contains(possible, l.id) {
			possible = append(possible, l.id)
		}
		if !manyPlaces(n) || says(l.front) || says(lastPlace(l.front)) {
			certain = l.id
		}
	}
	for _, s := range withoutPlace(n) {
		for _, id := range x.names[s] {
			if !slices.Contains(possible, id) {
				possible = append(possible, id)
			}
		}
	}
	if len(possible) == 1 && certain == possible[0] {
		return Identified{ID: certain, By: "suffix"}
	}
	return Identified{Possible: possible}
}

// lastPlace returns 淮安市 of 江苏省淮安市.
func lastPlace(s string) string {
	for i, r := range s {
		if rest := s[i+len(string(r)):]; strings.ContainsRune("省区", r) && rest != "" {
			return rest
		}
	}
	return s
}

// Link says in r which agency of the register it is of, if it is certain and
// not known: the site's list or the person who gave the file come first. That
// the report names another agency of the register is an issue.
func (x *Index) Link(r *gongkai.Report) {
	if r.Agency == "" || r.AgencyFrom == gongkai.FromContact {
		return
	}
	found := x.Identify(r.Agency, func(place string) bool { return r.Says(place) })
	switch {
	case r.AgencyID == "":
		r.AgencyID, r.LinkedBy = found.ID, found.By
	case found.ID != "" && found.ID != r.AgencyID && r.AgencyFrom != gongkai.FromManifest:
		r.Issues = append(r.Issues, gongkai.Issue{Code: gongkai.IssueAgencies, Detail: "the list names " + r.AgencyID + ", the report " + r.Agency + ", which is " + found.ID})
	}
}
