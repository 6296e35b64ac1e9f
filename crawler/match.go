package crawler

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"gongkai"
)

// A matcher finds the agency that a title or address means, within one site.
type matcher struct {
	uscc    map[string]*Agency
	names   map[string]*Agency
	lookups map[string]*Agency // nil value: not one of ours, by decision
}

// A Match is the outcome of matching.
type Match struct {
	Agency  *Agency // nil if there is none
	By      string  // "uscc", "name", "lookup", "column" or ""
	Ignored bool    // a lookup says that the name is none of ours
}

func newMatcher(s *Site) *matcher {
	m := &matcher{uscc: map[string]*Agency{}, names: map[string]*Agency{}, lookups: map[string]*Agency{}}
	byID := map[string]*Agency{}
	var clash []string
	for i := range s.Agencies {
		a := &s.Agencies[i]
		byID[a.ID] = a
		if a.USCC != "" {
			m.uscc[a.USCC] = a
		}
		for _, key := range a.keys() {
			if other := m.names[key]; other != nil && other != a {
				clash = append(clash, key)
			}
			m.names[key] = a
		}
	}
	for i := range s.Agencies { // full names win over short forms of others
		m.names[NormalName(s.Agencies[i].Name)] = &s.Agencies[i]
	}
	for _, key := range clash {
		if a := m.names[key]; a != nil && key != NormalName(a.Name) {
			delete(m.names, key)
		}
	}
	for _, k := range s.Lookups {
		m.lookups[NormalName(k.Title)] = byID[k.Agency]
	}
	return m
}

// match decides whose report a link is. In order: the code in the address, the
// name, the lookups, and last the column if only one agency publishes there.
func (m *matcher) match(name, title, address string, only *Agency) Match {
	if a := m.uscc[FindUSCC(address)]; a != nil {
		return Match{Agency: a, By: "uscc"}
	}
	for _, text := range []string{name, title} {
		if text == "" {
			continue
		}
		if a, ok := m.lookups[NormalName(text)]; ok {
			return Match{Agency: a, By: "lookup", Ignored: a == nil}
		}
		if a := m.names[NormalName(text)]; a != nil {
			return Match{Agency: a, By: "name"}
		}
	}
	if name != "" {
		if a := m.names[shortName(name)]; a != nil {
			return Match{Agency: a, By: "name"}
		}
		if only == nil || !sameAgency(name, only) {
			return Match{}
		}
	}
	if only != nil {
		return Match{Agency: only, By: "column"}
	}
	return Match{}
}

// sameAgency reports whether name can stand for a although it is no alias: a
// column of one agency calls it 我局 or by the tail of its name.
func sameAgency(name string, a *Agency) bool {
	n := NormalName(name)
	return strings.HasSuffix(NormalName(a.Name), n) || strings.HasPrefix(n, "我") || strings.HasPrefix(n, "本")
}

// NormalName returns name without white space, brackets and quotes, in
// half-width characters: what two spellings of one name share.
func NormalName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, width.Fold.String(name))
}

// keys returns the forms under which the names of a are looked up. A report of
// a whole place goes by the place alone: 示例市2023年….
func (a *Agency) keys() []string {
	var keys []string
	for _, n := range append([]string{a.Name}, a.Aliases...) {
		keys = append(keys, NormalName(n), shortName(n))
	}
	if place, ok := strings.CutSuffix(NormalName(a.Name), "人民政府"); ok && a.Type == gongkai.Government {
		keys = append(keys, place)
	}
	return keys
}

// shortName is NormalName with the words shortened that titles shorten.
func shortName(name string) string {
	n := NormalName(name)
	for _, office := range []string{"人民政府办公厅", "人民政府办公室", "政府办公厅", "政府办公室"} {
		if place, ok := strings.CutSuffix(n, office); ok {
			return place + "政府办"
		}
	}
	return strings.Replace(n, "人民政府", "政府", 1)
}
